import { estimateRate } from '../../math/proportions';
import type { EvaluationSpec, Finding } from '../evaluate';
import type { JudgeId } from '../judge-ids';
import type { Bounded, Measured, MeasurePart } from '../measure';
import { foreseeAll } from '../needs';
import { boundRate, show, showBounded } from '../tell';
import { fitTerms, overlapIntervals, planRegression, type Term } from './coefficients';
import { foreseeTask, openTask, tellTarget, type UtilityTask } from './utility-task';

const IDS = ['coefficient-overlap', 'coefficient-sign-flips'] as const satisfies readonly JudgeId[];
const MIN_TERMS = 5;

/** One regression of the target, fitted to every table: for those who publish coefficients. */
export const COEFFICIENTS: EvaluationSpec = {
  family: 'utility',
  ids: IDS,
  foresee: (ground) => foreseeAll(IDS, foreseeTask(ground)),
  measure: (context) => {
    const whole = openTask(context);
    const task =
      'reason' in whole ? whole : openTask(context, { ...context.equal, train: context.compared.train });
    if ('reason' in task) return IDS.map((id) => ({ id, reason: task.reason }));
    const plan = planRegression(task.train);
    if (plan.terms.length < MIN_TERMS)
      return IDS.map((id) => ({
        id,
        reason: `the regression has ${plan.terms.length} coefficients, and a share takes at least ${MIN_TERMS}`,
      }));
    const own = fitTerms(plan, task.train);
    const compare = (name: 'synthetic' | 'holdout' | 'shuffled') => {
      const other = fitTerms(plan, task[name]);
      return plan.terms.flatMap((term, i): ComparedTerm[] => {
        const [a, b] = [own[i], other[i]];
        return a === undefined || b === undefined ? [] : [{ term, own: a, other: b }];
      });
    };
    const compared = {
      synthetic: compare('synthetic'),
      holdout: compare('holdout'),
      shuffled: compare('shuffled'),
    };
    return [reportOverlap(task, compared), reportFlips(task, compared)];
  },
};

interface ComparedTerm {
  readonly term: Term;
  readonly own: Bounded;
  readonly other: Bounded;
}

interface Compared {
  readonly synthetic: readonly ComparedTerm[];
  readonly holdout: readonly ComparedTerm[];
  readonly shuffled: readonly ComparedTerm[];
}

const overlaps = ({ own, other }: ComparedTerm) => overlapIntervals(own, other) >= 0;
const isClear = ({ own: { interval } }: ComparedTerm) => interval.low > 0 || interval.high < 0;
const isFlipped = ({ own, other }: ComparedTerm) => own.value * other.value < 0;

function shareOf(terms: readonly ComparedTerm[], isSo: (term: ComparedTerm) => boolean): number {
  return terms.filter(isSo).length / terms.length;
}

function reportOverlap(task: UtilityTask, { synthetic, holdout, shuffled }: Compared): Finding {
  const n = synthetic.length;
  const found = boundRate(estimateRate(synthetic.filter(overlaps).length, n));
  const parts = synthetic
    .map((each) => describe(each, overlapIntervals(each.own, each.other)))
    .sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const apart = parts.filter(({ value }) => (value ?? 0) < 0).slice(0, 3);
  const named = apart.length === 0 ? '' : `; furthest apart: ${apart.map(nameOf).join(', ')}`;
  return {
    id: 'coefficient-overlap',
    ...found,
    n,
    direction: 'higher-is-better',
    floor: shareOf(shuffled, overlaps),
    ceiling: shareOf(holdout, overlaps),
    sentence:
      `In a regression of "${task.target.name}", the intervals of ${show(found.value)} of ${n} coefficients from synthetic rows ` +
      `overlap those from train${named}.${tellTarget(task)}`,
    parts,
  };
}

function reportFlips(task: UtilityTask, { synthetic, holdout, shuffled }: Compared): Measured<Finding> {
  const id: JudgeId = 'coefficient-sign-flips';
  const clear = synthetic.filter(isClear);
  const n = clear.length;
  if (n < MIN_TERMS)
    return {
      id,
      reason: `${n} coefficients differ clearly from 0 in train, and a share takes at least ${MIN_TERMS}`,
    };
  const flipped = clear.filter(isFlipped);
  const found = boundRate(estimateRate(flipped.length, n));
  const parts = flipped.map((each) => describe(each, each.other.value - each.own.value));
  const named = parts.length === 0 ? '' : `: ${parts.slice(0, 3).map(nameOf).join(', ')}`;
  return {
    id,
    ...found,
    n,
    direction: 'lower-is-better',
    floor: shareOf(shuffled.filter(isClear), isFlipped),
    ceiling: shareOf(holdout.filter(isClear), isFlipped),
    sentence:
      `Of ${n} coefficients that differ clearly from 0 in train, in a regression of "${task.target.name}", ${flipped.length} have ` +
      `the opposite sign from synthetic rows${named}.`,
    parts,
  };
}

function describe({ term, own, other }: ComparedTerm, value: number): MeasurePart {
  return {
    columns: [term.column],
    ...(term.level === null ? {} : { group: term.level }),
    value,
    note: `train ${showBounded(own)}, synthetic ${showBounded(other)}`,
    sides: { train: own.value, other: other.value },
  };
}

function nameOf({ columns, group }: MeasurePart): string {
  return group ?? columns.join();
}
