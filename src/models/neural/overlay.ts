import type { Schema } from '../../data/schema';
import type { Column, Table } from '../../data/table';
import type { ColumnOverlay } from '../synthesizer';

const MAX_COLUMNS = 24;
const MAX_LEVELS = 12;
const N_BINS = 16;
/** Numeric pictures span these quantiles of train; values beyond fall into the end bins. */
const SPAN = [0.01, 0.99] as const;

interface Picture {
  readonly name: string;
  readonly labels: readonly string[];
  readonly train: readonly number[];
  readonly trainMissing: number;
  share(column: Column): { shares: number[]; missing: number };
}

/** Draws the same small picture of each column for train and for previews: edges and levels are fixed once. */
export class OverlaySource {
  private readonly pictures: Picture[];

  constructor(train: Table, schema: Schema) {
    this.pictures = train.columns.slice(0, MAX_COLUMNS).map((column) => {
      const type = schema.columns.find((entry) => entry.name === column.name)?.type;
      return column.kind === 'level' ? pictureLevels(column) : pictureNumbers(column, type === 'datetime');
    });
  }

  compare(preview: Table): ColumnOverlay[] {
    return this.pictures.flatMap((picture) => {
      const column = preview.columns.find((candidate) => candidate.name === picture.name);
      if (column === undefined) return [];
      const { shares, missing } = picture.share(column);
      return [
        {
          column: picture.name,
          labels: picture.labels,
          train: picture.train,
          synthetic: shares,
          trainMissing: picture.trainMissing,
          syntheticMissing: missing,
        },
      ];
    });
  }
}

function pictureLevels(column: Column & { kind: 'level' }): Picture {
  const order = [...column.levels.keys()];
  const counts = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  order.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const nShown = order.length > MAX_LEVELS ? MAX_LEVELS - 1 : order.length;
  const place = new Map(order.map((code, rank) => [code, Math.min(rank, nShown)]));
  const labels = order.slice(0, nShown).map((code) => column.levels[code] ?? '');
  if (order.length > nShown) labels.push('other levels');
  const share = (other: Column) =>
    other.kind === 'level'
      ? countShares(other.codes, labels.length, (code) => (code < 0 ? -1 : (place.get(code) ?? nShown)))
      : { shares: labels.map(() => 0), missing: 0 };
  return finish(column, labels, share);
}

function pictureNumbers(column: Column & { kind: 'number' }, isDatetime: boolean): Picture {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const at = (q: number) => sorted[Math.floor(q * (sorted.length - 1))] ?? 0;
  const low = at(SPAN[0]);
  const high = at(SPAN[1]);
  const width = (high - low) / N_BINS || 1;
  const nBins = high > low ? N_BINS : 1;
  const labels = Array.from({ length: nBins }, (_, b) => label(low + b * width, isDatetime));
  const share = (other: Column) =>
    other.kind === 'number'
      ? countShares(other.values, nBins, (value) =>
          Number.isNaN(value) ? -1 : Math.min(Math.max(Math.floor((value - low) / width), 0), nBins - 1),
        )
      : { shares: labels.map(() => 0), missing: 0 };
  return finish(column, labels, share);
}

function finish(column: Column, labels: readonly string[], share: Picture['share']): Picture {
  const { shares, missing } = share(column);
  return { name: column.name, labels, train: shares, trainMissing: missing, share };
}

function label(value: number, isDatetime: boolean): string {
  return isDatetime ? new Date(value).toISOString().slice(0, 10) : `${Number(value.toPrecision(3))}`;
}

function countShares(values: ArrayLike<number>, nBins: number, binOf: (value: number) => number) {
  const shares = new Array<number>(nBins).fill(0);
  let missing = 0;
  for (let row = 0; row < values.length; row++) {
    const bin = binOf(values[row] ?? NaN);
    if (bin < 0) missing += 1 / values.length;
    else shares[bin] = (shares[bin] ?? 0) + 1 / values.length;
  }
  return { shares, missing };
}
