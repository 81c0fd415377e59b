import type { ModelAdvice, Purpose } from '../../api/synthesize';
import { fail, type Failure, type Outcome } from '../../data/failure';
import { readDeviceSpeed } from '../../platform/capabilities';
import type { ProjectAccess, Workbench } from './workbench';

/** Which model suits the table as it stands, and why. */
export class Advisor {
  /** What the records are for, where a person has said so for the choice of a model alone. */
  said = $state<Purpose | null>(null);
  /** What the records are for: as the criteria have it, or else as it was said. */
  readonly purpose = $derived.by(() => this.project.record.governance.policy?.purpose ?? this.said);
  /** The latest advice; null before the first. */
  advice = $state.raw<ModelAdvice | null>(null);
  failure = $state.raw<Failure | null>(null);

  private device: ReturnType<typeof readDeviceSpeed> | null = null;

  constructor(
    private readonly bench: Pick<Workbench, 'synthesize'>,
    private readonly project: Pick<ProjectAccess, 'record'>,
    private readonly countTrain: () => number | null,
  ) {}

  /** Asks for the schema, the split and the purpose in force. */
  async ask(): Promise<Outcome<ModelAdvice>> {
    const { schema, source } = this.project.record;
    const nTrain = this.countTrain();
    if (schema === null || source === null || nTrain === null)
      return fail('schema-invalid', 'Open a file first: there is no schema yet.');
    const { purpose } = this;
    this.device ??= readDeviceSpeed();
    const device = await this.device;
    const request = { schema, nRows: source.nRows, nTrain, purpose, device };
    const outcome = await this.bench.synthesize.advise(request);
    this.failure = outcome.ok ? null : outcome.failure;
    if (outcome.ok && purpose === this.purpose) this.advice = outcome.value;
    return outcome;
  }
}
