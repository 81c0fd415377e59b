import { estimateRate } from '../../math/proportions';
import type { Rng } from '../../math/rng';
import type { EvaluationSpec, Finding } from '../evaluate';
import { takeFirst, type ComparedTables, type EvaluationContext } from '../evaluation-context';
import type { JudgeId } from '../judge-ids';
import { NO_HOLDOUT, type Measured, type MeasurePart } from '../measure';
import { foreseeAll } from '../needs';
import { boundRate, show, showBounded } from '../tell';
import { estimateTerms, planRegression } from './coefficients';
import { boundOverlap, compareFits, isClear, meanOverlap, overlapOf } from './karr-overlap';
import type { ComparedFits, ComparedTerm } from './karr-overlap';
import { apart } from '../watch';
import { foreseeTaught, openTask, openTaught, tellTarget, type TaughtTask } from './utility-task';

const IDS = [
  'coefficient-overlap',
  'coefficient-overlap-clear',
  'coefficient-sign-flips',
] as const satisfies readonly JudgeId[];
const MIN_TERMS = 5;

/** One regression of the target, fitted to every table: for those who publish coefficients. */
export const COEFFICIENTS: EvaluationSpec = {
  family: 'utility',
  ids: IDS,
  foresee: (ground) => foreseeAll(IDS, foreseeTaught(ground)),
  measure: (context, rng) => {
    const whole = openTaught(context);
    if ('reason' in whole) return IDS.map((id) => ({ id, reason: whole.reason }));
    const task = openTaught(context, takeAlike(context, 'synthetic'));
    if ('reason' in task) return IDS.map((id) => ({ id, reason: task.reason }));
    const plan = planRegression(task.train);
    if (plan.terms.length < MIN_TERMS)
      return IDS.map((id) => ({
        id,
        reason: `the regression has ${plan.terms.length} coefficients, and a mean takes at least ${MIN_TERMS}`,
      }));
    const own = estimateTerms(plan, task.train);
    const compared: Compared = {
      synthetic: compareFits(plan.terms, own, estimateTerms(plan, task.synthetic)),
      shuffled: apart(task, 'floor', () => compareFits(plan.terms, own, estimateTerms(plan, task.shuffled))),
      holdout: apart(task, 'ceiling', () => fitHoldout(context)),
    };
    return [
      reportOverlap(task, compared, rng.fork('overlap')),
      reportClear(task, compared, rng.fork('clear')),
      reportFlips(task, compared),
    ];
  },
};

interface Compared {
  readonly synthetic: ComparedFits;
  readonly shuffled: ComparedFits;
  /** The holdout and as many rows of train, or why they have no such regression. */
  readonly holdout: ComparedFits | { readonly reason: string };
}

/** Train and the table to hold against it, cut to as many rows as the smaller one has: intervals narrow with rows. */
function takeAlike({ compared }: EvaluationContext, other: 'synthetic' | 'holdout'): ComparedTables {
  const nRows = Math.min(compared.train.nRows, compared[other]?.nRows ?? 0);
  return {
    ...compared,
    train: takeFirst(compared.train, nRows),
    shuffled: takeFirst(compared.shuffled, nRows),
    ...(compared[other] === null ? {} : { [other]: takeFirst(compared[other], nRows) }),
  };
}

function fitHoldout(context: EvaluationContext): Compared['holdout'] {
  if (context.compared.holdout === null) return { reason: NO_HOLDOUT };
  const whole = openTask(context);
  if ('reason' in whole) return whole;
  const task = openTask(context, takeAlike(context, 'holdout'));
  if ('reason' in task) return { reason: 'as many rows of train as the holdout has give no such regression' };
  const plan = planRegression(task.train);
  return compareFits(plan.terms, estimateTerms(plan, task.train), estimateTerms(plan, task.holdout));
}

const isAny = () => true;

/** Value with interval and yardsticks of the mean over the terms that are wanted. */
function figuresOf(
  task: TaughtTask,
  { synthetic, shuffled, holdout }: Compared,
  wanted: typeof isClear,
  rng: Rng,
) {
  const found = apart(task, 'interval', () => boundOverlap(synthetic, wanted, rng));
  return found === null
    ? null
    : {
        ...found,
        n: synthetic.terms.filter(wanted).length,
        direction: 'higher-is-better' as const,
        floor: meanOverlap(shuffled, wanted),
        ...ceilingOf(holdout, (fits) => meanOverlap(fits, wanted)),
        parts: synthetic.terms
          .filter(wanted)
          .map((each) => describe(each, overlapOf(each)))
          .sort((a, b) => (a.value ?? 0) - (b.value ?? 0)),
      };
}

function ceilingOf(
  holdout: Compared['holdout'],
  read: (fits: ComparedFits) => number | null,
): Pick<Finding, 'ceiling' | 'noYardstick'> {
  if ('reason' in holdout) return { ceiling: null, noYardstick: { ceiling: holdout.reason } };
  const ceiling = read(holdout);
  const reason = 'as many rows of train as the holdout has give no such coefficient';
  return ceiling === null ? { ceiling, noYardstick: { ceiling: reason } } : { ceiling };
}

const SCALE =
  '1 = the same interval, 0.5 = each estimate lies at the end of the other interval, below 0 = apart';

function reportOverlap(task: TaughtTask, compared: Compared, rng: Rng): Measured<Finding> {
  const id: JudgeId = 'coefficient-overlap';
  const found = figuresOf(task, compared, isAny, rng);
  if (found === null) return { id, reason: 'the regression has no coefficients' };
  return {
    id,
    ...found,
    sentence:
      `In a regression of "${task.target.name}", the intervals of ${found.n} coefficients from synthetic rows and from train ` +
      `overlap to ${show(found.value)} on average (${SCALE})${tellWorst(compared, isAny)}.${tellTarget(task)}`,
  };
}

function reportClear(task: TaughtTask, compared: Compared, rng: Rng): Measured<Finding> {
  const id: JudgeId = 'coefficient-overlap-clear';
  const found = figuresOf(task, compared, isClear, rng);
  if (found === null) return { id, reason: 'no coefficient differs clearly from 0 in train' };
  return {
    id,
    ...found,
    sentence:
      `Of the ${found.n} coefficients that differ clearly from 0 in train, in a regression of "${task.target.name}", the ` +
      `intervals overlap to ${show(found.value)} on average (${SCALE})${tellWorst(compared, isClear)}.`,
  };
}

function tellWorst({ synthetic }: Compared, wanted: typeof isClear): string {
  const counted = synthetic.terms.filter(wanted);
  const apart = counted
    .filter((each) => overlapOf(each) < 0)
    .sort((a, b) => overlapOf(a) - overlapOf(b))
    .slice(0, 3);
  const lost = counted.filter(({ isLost }) => isLost);
  const named = (terms: readonly ComparedTerm[]) => terms.map(nameOf).join(', ');
  return [
    apart.length === 0 ? '' : `; furthest apart: ${named(apart)}`,
    lost.length === 0
      ? ''
      : `; ${lost.length} lost, which count as 0, since the synthetic table has no such row or value: ${named(lost.slice(0, 3))}`,
  ].join('');
}

function reportFlips(task: TaughtTask, { synthetic, holdout, shuffled }: Compared): Measured<Finding> {
  const id: JudgeId = 'coefficient-sign-flips';
  const clear = synthetic.terms.filter(isClear);
  const n = clear.length;
  if (n < MIN_TERMS)
    return {
      id,
      reason: `${n} coefficients differ clearly from 0 in train, and a share takes at least ${MIN_TERMS}`,
    };
  const flipped = clear.filter(isFlipped);
  const found = boundRate(estimateRate(flipped.length, n));
  const parts = flipped.map((each) => describe(each, each.other.value - each.own.value));
  const named = flipped.length === 0 ? '' : `: ${flipped.slice(0, 3).map(nameOf).join(', ')}`;
  return {
    id,
    ...found,
    n,
    direction: 'lower-is-better',
    floor: shareFlipped(shuffled),
    ...ceilingOf(holdout, shareFlipped),
    sentence:
      `Of ${n} coefficients that differ clearly from 0 in train, in a regression of "${task.target.name}", ${flipped.length} have ` +
      `the opposite sign from synthetic rows${named}.`,
    parts,
  };
}

/** A coefficient that the other table says nothing of has no sign there. */
const isFlipped = ({ own, other, isLost }: ComparedTerm) => !isLost && own.value * other.value < 0;

function shareFlipped({ terms }: ComparedFits): number | null {
  const clear = terms.filter(isClear);
  return clear.length === 0 ? null : clear.filter(isFlipped).length / clear.length;
}

function describe({ term, own, other, isLost }: ComparedTerm, value: number): MeasurePart {
  return {
    columns: [term.column],
    ...(term.level === null ? {} : { group: term.level }),
    value,
    note: isLost
      ? `train ${showBounded(own)}; lost: the synthetic table has no such row or value, which counts as 0`
      : `train ${showBounded(own)}, synthetic ${showBounded(other)}`,
    sides: { train: own.value, other: other.value },
  };
}

const nameOf = ({ term }: ComparedTerm) => term.level ?? term.column;
