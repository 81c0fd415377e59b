import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Rng } from '../../src/math/rng';

/** Different rows of a made table; a longer one repeats them, as a real table repeats its levels. */
const BLOCK_ROWS = 20_000;

/** Writes one cell of row `row`. */
type WriteCell = (rng: Rng, row: number) => string;

/** Ten kinds of column, taken in turn: measurements, counts, levels few and many, dates, missing cells, an identifier. */
const KINDS: readonly WriteCell[] = [
  (_, row) => `R${row}`,
  (rng) => String(18 + Math.floor(72 * rng.float())),
  (rng) => (rng.float() < 0.5 ? 'female' : 'male'),
  (rng) => (140 + 5 * rng.normal()).toFixed(1),
  (rng) => `ward ${Math.floor(12 * rng.float() ** 2)}`,
  (rng) => (rng.float() < 0.2 ? '' : (Math.exp(rng.normal()) * 10).toFixed(2)),
  (rng) => new Date(Date.UTC(2020, 0, 1 + Math.floor(1500 * rng.float()))).toISOString().slice(0, 10),
  (rng) => `D${Math.floor(500 * rng.float() ** 3)}`,
  (rng) => (rng.float() < 0.9 ? 'no' : 'yes'),
  (rng) => String(Math.floor(6 * rng.float() ** 2)),
];

/** Writes a made table of that size as CSV, the same for the same size. Cells are drawn from the program's own streams. */
export async function writeTable(path: string, nRows: number, nColumns: number): Promise<void> {
  const out = createWriteStream(path);
  const rng = Rng.fromSeed(`table/${nColumns}`);
  const kinds = Array.from({ length: nColumns }, (_, i) =>
    i === 0 ? 0 : 1 + ((i - 1) % (KINDS.length - 1)),
  );
  out.write(`${kinds.map((kind, i) => `c${i}_${kind}`).join(',')}\n`);
  const block: string[] = [];
  for (let row = 0; row < nRows; row++) {
    if (row < BLOCK_ROWS)
      block.push(
        kinds
          .slice(1)
          .map((kind) => KINDS[kind]?.(rng, row) ?? '')
          .join(','),
      );
    const line = `R${row},${block[row % block.length] ?? ''}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
