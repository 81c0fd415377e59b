import { isModelled } from '../../data/schema';
import type { Family } from '../../measure/measure';
import type { RunRecord } from '../../platform/projects/types';
import { FAMILIES } from './evaluation.svelte';
import type { EvaluationChoice } from './kept-evaluation';

/** What a person is choosing of an evaluation, before it begins. */
export class EvaluationDraft {
  /** Column to predict; empty leaves the choice to the measures. */
  target = $state('');
  chosen = $state<Record<Family, boolean>>({ fidelity: true, utility: true, privacy: true });
  /** The target of the schema; empty where it has none. */
  readonly suggested: string;
  readonly families = $derived.by(() => FAMILIES.filter((family) => this.chosen[family]));
  readonly choice = $derived.by<EvaluationChoice>(() => ({
    families: this.families,
    target: this.target === '' ? null : this.target,
  }));

  constructor({ basis }: Pick<RunRecord, 'basis'>) {
    const columns = basis.schema.columns.filter(isModelled);
    this.suggested = columns.find(({ role }) => role === 'target')?.name ?? '';
    this.target = this.suggested;
  }

  tick(family: Family): void {
    this.chosen[family] = true;
  }
}
