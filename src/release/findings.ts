import type { IdentifierAccount } from '../data/identifiers/direct-identifiers';
import type { Evaluation } from '../measure/evaluate';
import type { FinishedMeasure, Interval } from '../measure/measure';
import { DIRECT_IDENTIFIERS, weighDirectIdentifiers } from './direct-identifier-finding';
import type { Criterion, Policy } from './policy';

/** What a criterion came to. Only `pass` is a pass. */
export type FindingOutcome = 'pass' | 'fail' | 'inconclusive' | 'not-evaluated';

/** One criterion held against an evaluation. */
export interface Finding {
  readonly criterion: string;
  readonly measure: string;
  readonly outcome: FindingOutcome;
  readonly bound: Criterion['bound'];
  /** Null where it was not evaluated. */
  readonly value: number | null;
  readonly interval: Interval | null;
  /** The number that counts, worked out where it is relative; null where the figure only has to be there. */
  readonly threshold: number | null;
  /** What it says, in one sentence. */
  readonly sentence: string;
  /** What to try next; null for a pass. */
  readonly next: string | null;
}

/**
 * What a policy's criteria come to, in their order.
 *
 * @param evaluation null where there is none
 * @param identifiers direct identifiers of the run's source; null where they are not known
 */
export function findFindings(
  policy: Policy,
  evaluation: Pick<Evaluation, 'measures' | 'skipped'> | null,
  identifiers: IdentifierAccount | null,
): readonly Finding[] {
  const { measures, skipped } = evaluation ?? { measures: [], skipped: null };
  return policy.criteria.map((criterion) => {
    if (criterion.measure === DIRECT_IDENTIFIERS) return weighDirectIdentifiers(criterion, identifiers);
    const measure = measures.find(({ id }) => id === criterion.measure);
    if (measure === undefined) return missing(criterion, skipped);
    return weigh(criterion, measure);
  });
}

/** True when every criterion is met. */
export function allPass(findings: readonly Finding[]): boolean {
  return findings.length > 0 && findings.every(({ outcome }) => outcome === 'pass');
}

/** @param skipped null where nothing was evaluated at all */
function missing({ id, measure, bound }: Criterion, skipped: Evaluation['skipped'] | null): Finding {
  const reason =
    skipped === null
      ? 'nothing was measured of these records'
      : (skipped.find((each) => each.id === measure)?.reason ?? 'the evaluation does not hold this measure');
  return {
    criterion: id,
    measure,
    outcome: 'not-evaluated',
    bound,
    value: null,
    interval: null,
    threshold: null,
    sentence: `Not evaluated: ${reason}. What is not evaluated is not met.`,
    next: skipped === null ? 'Evaluate the records.' : 'Mend the reason and evaluate again.',
  };
}

function weigh(criterion: Criterion, measure: FinishedMeasure): Finding {
  const { id, measure: name, bound } = criterion;
  const { value, interval } = measure;
  const threshold = resolve(criterion.threshold, measure);
  const base = { criterion: id, measure: name, bound, value, interval };
  const figures = `${show(value)} (95 % CI ${show(interval.low)} to ${show(interval.high)})`;
  if (criterion.threshold === null)
    return { ...base, outcome: 'pass', threshold: null, sentence: `Stated: ${figures}.`, next: null };
  if (threshold === null)
    return {
      ...base,
      outcome: 'not-evaluated',
      threshold,
      sentence:
        'Not evaluated: its threshold hangs on the holdout, and there is none. What is not evaluated is not met.',
      next: 'Cut off a holdout, train and evaluate again.',
    };
  const outcome = judge(bound, interval, threshold);
  const limit = `${bound === 'at-most' ? 'at most' : 'at least'} ${show(threshold)}`;
  return {
    ...base,
    outcome,
    threshold,
    sentence: `${SAYS[outcome]}: ${figures}, wanted ${limit}.`,
    next: adviseOn(outcome, measure),
  };
}

const SAYS: Readonly<Record<FindingOutcome, string>> = {
  pass: 'Met with its whole interval',
  fail: 'Not met, and the interval leaves no doubt',
  inconclusive: 'Undecided: the interval holds the threshold, and undecided is not met',
  'not-evaluated': 'Not evaluated',
};

/** The whole interval has to lie on the right side: an uncertain figure is not a pass. */
function judge(bound: Criterion['bound'], { low, high }: Interval, threshold: number): FindingOutcome {
  if (bound === 'at-most' ? high <= threshold : low >= threshold) return 'pass';
  return (bound === 'at-most' ? low > threshold : high < threshold) ? 'fail' : 'inconclusive';
}

function resolve(threshold: Criterion['threshold'], { ceiling }: FinishedMeasure): number | null {
  if (threshold === null || typeof threshold === 'number') return threshold;
  return ceiling === null ? null : threshold.times * ceiling + threshold.plus;
}

function adviseOn(outcome: FindingOutcome, { family }: FinishedMeasure): string | null {
  if (outcome === 'pass') return null;
  if (outcome === 'inconclusive')
    return 'More rows of holdout, or of synthetic records, narrow the interval.';
  return family === 'privacy'
    ? 'Try a model that keeps less of single records (trees with larger groups), stronger handling of rare values, or more rows of train.'
    : 'Try another model or a tournament, more rows of train, or fewer columns.';
}

function show(value: number): string {
  return Number(value.toPrecision(3)).toString().replace('-', '−');
}
