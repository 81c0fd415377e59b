import type { ModelId } from '../../models/synthesizer';
import type { RunRecord } from '../../platform/projects/types';
import { findUnmeetable, type Unmeetable } from '../../release/unmeetable';
import { EvaluationDraft } from './evaluation-draft.svelte';
import { describeGround, pickAblest } from './foresee-criteria';
import type { GovernanceState } from './governance.svelte';
import type { EvaluationChoice } from './kept-evaluation';
import type { SourceState } from './source.svelte';
import type { TrainingState } from './training.svelte';
import type { Workbench } from './workbench';

/** Criteria that are out of reach whatever the figures, told before they are locked; none where that could not be asked. */
export class Foresight {
  constructor(
    private readonly bench: Pick<Workbench, 'evaluate'>,
    private readonly governance: Pick<GovernanceState, 'policy'>,
    private readonly source: Pick<SourceState, 'profile'>,
    private readonly training: Pick<TrainingState, 'sketch'>,
  ) {}

  /** Those that this run and choice cannot meet. */
  async ofRun(run: RunRecord, choice: EvaluationChoice): Promise<readonly Unmeetable[]> {
    const request = describeGround(run, this.source.profile, choice.target);
    const asked = await this.bench.evaluate.foresee(request);
    if (!asked.ok) return [];
    const hasHoldout = run.nHoldout > 0;
    const knowsIdentifiers = run.identifiers !== undefined;
    const prospect = { ...asked.value, chosen: choice.families, hasHoldout, knowsIdentifiers };
    return findUnmeetable(this.governance.policy, prospect);
  }

  /** Those that no run of these models could meet, judged as the Evidence step proposes. */
  async ofModels(models: readonly ModelId[]): Promise<readonly Unmeetable[]> {
    const model = pickAblest(models);
    const sketch = model === null ? null : await this.training.sketch(model);
    return sketch?.ok === true ? this.ofRun(sketch.value, new EvaluationDraft(sketch.value).choice) : [];
  }
}
