import type { Table } from '../../data/table';
import { estimateLogistic, estimateRidge, type LinearFit } from '../../math/learners/coefficient-errors';
import { designRows, fitDesign, placeLevel, type Design } from '../../math/learners/design-matrix';
import type { Target } from '../../math/learners/features';
import { fitLogistic, fitRidge } from '../../math/learners/linear-models';
import { Z95 } from '../../math/proportions';
import type { Bounded } from '../measure';
import type { Task } from './read-target';

/** A coefficient that a regression would report: a number's slope, or a level against the most frequent one. */
export interface Term {
  readonly column: string;
  /** For a level, e.g. "sex = female"; null for the slope of a number. */
  readonly level: string | null;
  /** Place of the coefficient, and of the one it is held against; −1 = none. */
  readonly at: number;
  readonly against: number;
}

/** How train's columns become terms, the same for every table. */
export interface Regression {
  readonly design: Design;
  readonly terms: readonly Term[];
  /** Class that is told from all others; unused for numbers. */
  readonly wanted: number;
}

/** Rows that a level needs in train to be reported. */
const MIN_LEVEL_ROWS = 10;

/** The regression that train calls for: terms are levels with enough rows, against the most frequent one of their column. */
export function planRegression({ features, target }: Task): Regression {
  const rows = Int32Array.from({ length: features.nRows }, (_, row) => row);
  const design = fitDesign(features.columns, rows);
  const terms = design.columns.flatMap((rule, c): Term[] => {
    const column = features.columns[c];
    if (column === undefined) return [];
    if (rule.kind === 'number') {
      const missing = {
        column: column.name,
        level: `${column.name} is missing`,
        at: rule.missingAt,
        against: -1,
      };
      const slope = { column: column.name, level: null, at: rule.at, against: -1 };
      // A number that never varies has no slope.
      return [
        ...(rule.scale > 0 ? [slope] : []),
        ...(rule.missingAt >= 0 && countMissing(column) >= MIN_LEVEL_ROWS ? [missing] : []),
      ];
    }
    return column.kind === 'level' ? listLevels(column, rule.placeOfLevel, rule.missingAt) : [];
  });
  return { design, terms, wanted: target.kind === 'number' ? -1 : chooseClass(target) };
}

function listLevels(
  column: Extract<Table['columns'][number], { kind: 'level' }>,
  placeOfLevel: Int32Array,
  missingAt: number,
): Term[] {
  const counts = new Int32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const most = counts.reduce((best, n, code) => (n > (counts[best] ?? 0) ? code : best), 0);
  const against = placeOfLevel[most] ?? -1;
  const terms = column.levels.flatMap((level, code): Term[] => {
    const at = placeOfLevel[code] ?? -1;
    if (code === most || at < 0 || (counts[code] ?? 0) < MIN_LEVEL_ROWS) return [];
    return [{ column: column.name, level: `${column.name} = ${level}`, at, against }];
  });
  if (countMissing(column) < MIN_LEVEL_ROWS) return terms;
  return [...terms, { column: column.name, level: `${column.name} is missing`, at: missingAt, against }];
}

function countMissing(column: Table['columns'][number]): number {
  return column.kind === 'number'
    ? column.values.filter((value) => Number.isNaN(value)).length
    : column.codes.filter((code) => code < 0).length;
}

/** The second of two classes; of more, the most frequent one. */
function chooseClass({ classes, nClasses }: Extract<Target, { kind: 'class' }>): number {
  if (nClasses === 2) return 1;
  const counts = new Int32Array(nClasses);
  for (const c of classes) counts[c] = (counts[c] ?? 0) + 1;
  return counts.reduce((best, n, c) => (n > (counts[best] ?? 0) ? c : best), 0);
}

/** The terms of a regression as fitted to one table. */
export interface FittedTerms {
  readonly estimates: readonly Bounded[];
  /** Covariance of the estimates, row after row. */
  readonly covariance: Float64Array;
  /** Terms of which the table says nothing: it lacks the level or what it is held against, or the number never varies. */
  readonly isLost: readonly boolean[];
}

/** The terms' coefficients with 95 % intervals, fitted to the rows of a task. */
export function fitTerms(plan: Regression, task: Task): readonly Bounded[] {
  return estimateTerms(plan, task).estimates;
}

/** {@link fitTerms}, with how the estimates hang together and which of them the rows say nothing of. */
export function estimateTerms({ design, terms, wanted }: Regression, task: Task): FittedTerms {
  const fit = fitRegression(design, wanted, task);
  const size = fit.beta.length;
  const between = (a: number, b: number) => (a < 0 || b < 0 ? 0 : (fit.covariance[a * size + b] ?? 0));
  const covariance = new Float64Array(terms.length * terms.length);
  terms.forEach((one, i) =>
    terms.forEach((other, j) => {
      covariance[i * terms.length + j] =
        between(one.at, other.at) -
        between(one.at, other.against) -
        between(one.against, other.at) +
        between(one.against, other.against);
    }),
  );
  const estimates = terms.map(({ at, against }, i) => {
    const value = (fit.beta[at] ?? 0) - (against >= 0 ? (fit.beta[against] ?? 0) : 0);
    const reach = Z95 * Math.sqrt(Math.max(0, covariance[i * terms.length + i] ?? 0));
    return { value, interval: { low: value - reach, high: value + reach } };
  });
  return { estimates, covariance, isLost: findLost({ design, terms }, task) };
}

function findLost({ design, terms }: Pick<Regression, 'design' | 'terms'>, { features }: Task): boolean[] {
  const told = new Set<number>();
  design.columns.forEach((rule, c) => {
    const column = features.columns[c];
    if (rule.kind === 'number' && column?.kind === 'number') {
      const present = column.values.filter((value) => !Number.isNaN(value));
      if (present.some((value) => value !== present[0])) told.add(rule.at);
      if (present.length > 0 && present.length < features.nRows) told.add(rule.missingAt);
    }
    if (rule.kind === 'level' && column?.kind === 'level')
      for (const code of new Set(column.codes)) told.add(placeLevel(rule, code));
  });
  return terms.map(({ at, against }) => !told.has(at) || (against >= 0 && !told.has(against)));
}

function fitRegression(design: Design, wanted: number, { features, target }: Task): LinearFit {
  const rows = Int32Array.from({ length: features.nRows }, (_, row) => row);
  const entries = designRows(design, features.columns, rows);
  const { width } = design;
  if (target.kind === 'number')
    return estimateRidge(entries, width, fitRidge(entries, width, target.values), target.values);
  const isPositive = Uint8Array.from(target.classes, (c) => (c === wanted ? 1 : 0));
  return estimateLogistic(entries, width, fitLogistic(entries, width, isPositive));
}

/** Karr's overlap of two intervals: 1 = the same, 0 = they touch, negative and without bound = apart. Karr et al. 2006. */
export function overlapIntervals({ interval: a }: Bounded, { interval: b }: Bounded): number {
  const both = Math.min(a.high, b.high) - Math.max(a.low, b.low);
  return 0.5 * (both / Math.max(a.high - a.low, 1e-300) + both / Math.max(b.high - b.low, 1e-300));
}
