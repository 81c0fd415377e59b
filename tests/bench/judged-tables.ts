import type { Column, Table } from '../../src/data/table';
import type { ColumnKind } from '../../src/measure/fidelity/column-kinds';
import { Rng } from '../../src/math/rng';

/** Draws one cell of a person who is that ill and that old; NaN or −1 is missing. */
type DrawCell = (rng: Rng, ill: number, old: number) => number;

interface MadeKind {
  /** Levels of a column of categories; null makes a column of numbers. */
  readonly nLevels: number | null;
  readonly draw: DrawCell;
}

/** Nine kinds of column, taken in turn, each of which goes with how ill or how old a person is. */
const KINDS: readonly MadeKind[] = [
  { nLevels: null, draw: (rng, _, old) => Math.round(50 + 12 * old + 8 * rng.normal()) },
  { nLevels: 2, draw: (rng, ill) => (rng.float() < 1 / (1 + Math.exp(2 - ill)) ? 1 : 0) },
  { nLevels: null, draw: (rng, ill) => Math.round(10 * (140 - 4 * ill + 5 * rng.normal())) / 10 },
  { nLevels: 12, draw: (rng, ill) => pickLevel(12, ill + rng.normal()) },
  {
    nLevels: null,
    draw: (rng, ill) => (rng.float() < 0.2 ? NaN : Math.round(100 * Math.exp(2 + ill + rng.normal())) / 100),
  },
  { nLevels: null, draw: (rng, _, old) => 86_400_000 * Math.round(18_000 + 300 * old + 400 * rng.normal()) },
  { nLevels: 500, draw: (rng, ill) => pickLevel(500, ill + 2 * rng.normal()) },
  { nLevels: 2, draw: (rng, _, old) => (rng.float() < 0.05 ? -1 : old + rng.normal() > 1 ? 1 : 0) },
  { nLevels: null, draw: (rng, ill) => Math.max(0, Math.round(2 + ill + rng.normal())) },
];

function pickLevel(nLevels: number, score: number): number {
  return Math.min(nLevels - 1, Math.floor(nLevels / (1 + Math.exp(2 - score))));
}

/** A column of two levels, for models to predict. */
export const JUDGED_TARGET = 'c1_1';

/** Kinds of the columns of {@link makeJudgedTable}. */
export function judgedKinds(nColumns: number): readonly ColumnKind[] {
  return Array.from({ length: nColumns }, (_, at) => ({
    name: nameColumn(at),
    kind: kindAt(at).nLevels === null ? 'numerical' : 'categorical',
  }));
}

/** A made table of people whose columns go with each other; another seed gives other people of the same population. */
export function makeJudgedTable(nRows: number, nColumns: number, seed: string): Table {
  const rng = Rng.fromSeed(seed);
  const [ill, old] = [new Float64Array(nRows), new Float64Array(nRows)];
  for (let row = 0; row < nRows; row++) {
    ill[row] = rng.normal();
    old[row] = 0.5 * (ill[row] ?? 0) + rng.normal();
  }
  const columns = Array.from({ length: nColumns }, (_, at): Column => {
    const { nLevels, draw } = kindAt(at);
    const cells = ill.map((score, row) => draw(rng, score, old[row] ?? 0));
    const name = nameColumn(at);
    return nLevels === null
      ? { kind: 'number', name, values: cells }
      : {
          kind: 'level',
          name,
          codes: Int32Array.from(cells),
          levels: Array.from({ length: nLevels }, (__, level) => `L${level}`),
        };
  });
  return { nRows, columns };
}

function kindAt(at: number): MadeKind {
  const kind = KINDS[at % KINDS.length];
  if (kind === undefined) throw new RangeError(`there is no column ${at}`);
  return kind;
}

function nameColumn(at: number): string {
  return `c${at}_${at % KINDS.length}`;
}
