import {
  nameDirect,
  sortAsTheyAre,
  type DirectIdentifier,
  type IdentifierAccount,
} from '../data/identifiers/direct-identifiers';
import type { Finding } from './findings';
import type { Criterion } from './policy';

/** Columns that look like direct identifiers, went in as they are, and of which nobody said that they are none: a count. */
export const DIRECT_IDENTIFIERS = 'direct-identifiers';

const UNKNOWN =
  'Not evaluated: it is not on record which columns of this run may hold direct identifiers. What is not evaluated is not met.';
const ANSWER =
  'On the Schema step accept what is proposed for each of them and train again, or say there that it is not an identifier.';

/**
 * What a criterion on direct identifiers comes to. The count is exact, so that it is met or not and never undecided; whether
 * a column that was found is an identifier is not for the count to say, but for a person.
 *
 * @param account null where it is not known what was found
 */
export function weighDirectIdentifiers(criterion: Criterion, account: IdentifierAccount | null): Finding {
  const { id, measure, bound, threshold } = criterion;
  const base = { criterion: id, measure, bound };
  if (account === null)
    return {
      ...base,
      outcome: 'not-evaluated',
      value: null,
      interval: null,
      threshold: null,
      sentence: UNKNOWN,
      next: 'Train again: what is found is kept with the run.',
    };
  const { open, kept } = sortAsTheyAre(account);
  const value = open.length;
  const outcome = judge(criterion, value);
  const words = threshold === null ? 'Stated' : SAYS[outcome];
  return {
    ...base,
    outcome,
    value,
    interval: { low: value, high: value },
    threshold: typeof threshold === 'number' ? threshold : null,
    sentence: `${words}: ${tellOpen(open)}${tellKept(kept)}`,
    next:
      outcome === 'pass'
        ? null
        : outcome === 'fail'
          ? ANSWER
          : 'Give the criterion a number as its threshold.',
  };
}

type Outcome = Exclude<Finding['outcome'], 'inconclusive'>;

const SAYS: Readonly<Record<Outcome, string>> = {
  pass: 'Met',
  fail: 'Not met',
  'not-evaluated': 'Not evaluated, as a count of columns has no ceiling that its threshold could hang on',
};

function judge({ bound, threshold }: Criterion, value: number): Outcome {
  if (threshold === null) return 'pass';
  if (typeof threshold !== 'number') return 'not-evaluated';
  return (bound === 'at-most' ? value <= threshold : value >= threshold) ? 'pass' : 'fail';
}

function tellOpen(open: readonly DirectIdentifier[]): string {
  if (open.length === 0) return 'no column that may hold a direct identifier went in as it is.';
  const columns = open.length === 1 ? '1 column' : `${open.length} columns`;
  return `${columns} may hold direct identifiers and went in as they are, with nobody having said that they hold none: ${open.map(nameDirect).join(', ')}.`;
}

/** A column that a person judged otherwise than the program is named wherever the finding is. */
function tellKept(kept: readonly DirectIdentifier[]): string {
  return kept.length === 0
    ? ''
    : ` A person looked and said that it is none: ${kept.map(nameDirect).join(', ')}.`;
}
