import type { Table } from '../../data/table';
import { estimateLogistic, estimateRidge, type LinearFit } from '../../math/learners/coefficient-errors';
import { designRows, fitDesign, type Design } from '../../math/learners/design-matrix';
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
      return [slope, ...(rule.missingAt >= 0 && countMissing(column) >= MIN_LEVEL_ROWS ? [missing] : [])];
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

/** The terms' coefficients with 95 % intervals, fitted to the rows of a task. */
export function fitTerms({ design, terms, wanted }: Regression, task: Task): readonly Bounded[] {
  const fit = fitRegression(design, wanted, task);
  const size = fit.beta.length;
  const covariance = (a: number, b: number) => fit.covariance[a * size + b] ?? 0;
  return terms.map(({ at, against }) => {
    const isContrast = against >= 0;
    const value = (fit.beta[at] ?? 0) - (isContrast ? (fit.beta[against] ?? 0) : 0);
    const variance =
      covariance(at, at) + (isContrast ? covariance(against, against) - 2 * covariance(at, against) : 0);
    const reach = Z95 * Math.sqrt(Math.max(0, variance));
    return { value, interval: { low: value - reach, high: value + reach } };
  });
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

/** Karr's overlap of two intervals: 1 = the same, 0 = they touch, negative = apart. Karr et al. 2006. */
export function overlapIntervals({ interval: a }: Bounded, { interval: b }: Bounded): number {
  const both = Math.min(a.high, b.high) - Math.max(a.low, b.low);
  return 0.5 * (both / Math.max(a.high - a.low, 1e-300) + both / Math.max(b.high - b.low, 1e-300));
}
