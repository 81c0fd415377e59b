import type { FeatureColumn } from './features';

/** How columns become numbers for a linear model. */
export interface Design {
  readonly columns: readonly DesignColumn[];
  /** Coefficients without the intercept. */
  readonly width: number;
}

type DesignColumn =
  | {
      readonly kind: 'number';
      readonly mean: number;
      readonly scale: number;
      readonly at: number;
      /** Place of the "is missing" column; −1 = nothing was missing. */
      readonly missingAt: number;
    }
  | {
      readonly kind: 'level';
      /** Place of each level; levels that are rare or unknown share the last place. */
      readonly placeOfLevel: Int32Array;
      readonly missingAt: number;
      readonly otherAt: number;
    };

/** Rows of a design, each as the same number of (place, value) entries. */
export interface DesignRows {
  readonly nRows: number;
  readonly nEntries: number;
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** Levels of one column that get a coefficient of their own. */
const MAX_LEVELS = 60;

/**
 * Learns a design from `rows` of the columns: numbers are standardised, with the mean for missing and a column that says
 * "is missing"; levels are one column each (the 60 most frequent; the others share one), missing being a level.
 */
export function fitDesign(columns: readonly FeatureColumn[], rows: Int32Array): Design {
  let width = 0;
  const built = columns.map((column): DesignColumn => {
    if (column.kind === 'number') {
      const { mean, scale, nMissing } = describe(column.values, rows);
      const at = width++;
      return { kind: 'number', mean, scale, at, missingAt: nMissing > 0 ? width++ : -1 };
    }
    const placeOfLevel = new Int32Array(column.levels.length).fill(-1);
    for (const level of frequentLevels(column.codes, column.levels.length, rows))
      placeOfLevel[level] = width++;
    return { kind: 'level', placeOfLevel, missingAt: width++, otherAt: width++ };
  });
  return { columns: built, width };
}

function describe(values: Float64Array, rows: Int32Array): { mean: number; scale: number; nMissing: number } {
  let [n, mean, squares] = [0, 0, 0];
  for (const row of rows) {
    const value = values[row] ?? NaN;
    if (Number.isNaN(value)) continue;
    n++;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  const deviation = Math.sqrt(squares / Math.max(1, n));
  return { mean, scale: deviation > 0 ? 1 / deviation : 0, nMissing: rows.length - n };
}

function frequentLevels(codes: Int32Array, nLevels: number, rows: Int32Array): number[] {
  const counts = new Float64Array(nLevels);
  for (const row of rows) {
    const code = codes[row] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return Array.from(counts.keys())
    .filter((level) => (counts[level] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, MAX_LEVELS);
}

/** The given rows of columns under a design. */
export function designRows(design: Design, columns: readonly FeatureColumn[], rows: Int32Array): DesignRows {
  const nEntries = design.columns.reduce(
    (n, column) => n + (column.kind === 'number' && column.missingAt >= 0 ? 2 : 1),
    0,
  );
  const places = new Int32Array(rows.length * nEntries);
  const values = new Float64Array(rows.length * nEntries);
  let entry = 0;
  design.columns.forEach((rule, c) => {
    const column = columns[c];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      const at = i * nEntries + entry;
      if (rule.kind === 'level') {
        places[at] = placeLevel(rule, column?.kind === 'level' ? (column.codes[row] ?? -1) : -1);
        values[at] = 1;
        continue;
      }
      const value = column?.kind === 'number' ? (column.values[row] ?? NaN) : NaN;
      const isMissing = Number.isNaN(value);
      places[at] = rule.at;
      values[at] = isMissing ? 0 : (value - rule.mean) * rule.scale;
      if (rule.missingAt < 0) continue;
      places[at + 1] = rule.missingAt;
      values[at + 1] = isMissing ? 1 : 0;
    }
    entry += rule.kind === 'number' && rule.missingAt >= 0 ? 2 : 1;
  });
  return { nRows: rows.length, nEntries, places, values };
}

/** Place of a level under a design; −1 is missing, and rare or unknown levels share one place. */
export function placeLevel(rule: DesignColumn & { kind: 'level' }, code: number): number {
  if (code < 0) return rule.missingAt;
  const place = rule.placeOfLevel[code] ?? -1;
  return place < 0 ? rule.otherAt : place;
}
