import type { Family } from '../measure/measure';
import type { Foreseen, Wanting } from '../measure/needs';
import { DIRECT_IDENTIFIERS } from './direct-identifier-finding';
import type { Criterion, Policy } from './policy';

/** A criterion that cannot be met as things are, whatever the figures: what is not evaluated is no pass. */
export interface Unmeetable {
  /** Id of the criterion. */
  readonly criterion: string;
  readonly measure: string;
  /** For the end of a sentence. */
  readonly reason: string;
  /** What is wanting; `family`: it is not ticked; `measure`: there is none of that name. */
  readonly wanting: Wanting | 'family' | 'measure';
  /** Family of the measure; null where there is no such measure. */
  readonly family: Family | null;
}

/** What is chosen and what is known before an evaluation. */
export interface Prospect {
  /** Every measure there is. */
  readonly families: Readonly<Record<string, Family>>;
  /** Measures that will be skipped. */
  readonly foreseen: readonly Foreseen[];
  /** Families that will be judged. */
  readonly chosen: readonly Family[];
  readonly hasHoldout: boolean;
  /** Whether it is known which columns of the run may hold direct identifiers; true where left out. */
  readonly knowsIdentifiers?: boolean;
}

/** The criteria that cannot be evaluated with this run and choice, in their order. */
export function findUnmeetable(policy: Policy, prospect: Prospect): readonly Unmeetable[] {
  return policy.criteria.flatMap((criterion) => {
    const { id, measure } = criterion;
    const family = prospect.families[measure] ?? null;
    const found = explain(criterion, family, prospect);
    return found === null ? [] : [{ criterion: id, measure, family, ...found }];
  });
}

function explain(
  { measure, threshold }: Criterion,
  family: Family | null,
  { foreseen, chosen, hasHoldout, knowsIdentifiers = true }: Prospect,
): Pick<Unmeetable, 'reason' | 'wanting'> | null {
  if (measure === DIRECT_IDENTIFIERS)
    return knowsIdentifiers
      ? null
      : {
          reason: 'the run is from before it was kept which of its columns may hold identifiers',
          wanting: 'model',
        };
  if (family === null)
    return { reason: `this program has no measure of the name “${measure}”`, wanting: 'measure' };
  const lack = foreseen.find(({ id }) => id === measure);
  if (lack !== undefined) return { reason: lack.reason, wanting: lack.wanting };
  if (!chosen.includes(family))
    return { reason: `${family} is not ticked under “What to judge”`, wanting: 'family' };
  if (!hasHoldout && threshold !== null && typeof threshold !== 'number')
    return { reason: 'its threshold hangs on the holdout, and there is none', wanting: 'holdout' };
  return null;
}
