import { describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING } from '../../src/data/handling';
import { independent } from '../../src/models/independent';
import { Rng } from '../../src/math/rng';
import { openBytes, unwrap } from '../data/open-text';
import { IDENTIFYING, makeEnglish, makeGerman } from '../data/several-rows';
import { recordRun } from '../models/copula-run';

/** Cells of a text file column by column. */
function readColumns(text: string, mark: string): ReadonlyMap<string, readonly string[]> {
  const [header = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(mark));
  return new Map(header.map((name, i) => [name, rows.map((row) => row[i] ?? '')]));
}

async function synthesize(text: string, groupBy: string): Promise<string> {
  const { service, opened } = await openBytes(text);
  const { schema, dialect } = opened;
  const split = { fraction: 0.2, seed: 1, stratifyBy: null, groupBy };
  const { train, schema: handled } = unwrap(
    await service.prepare({ schema, handling: DEFAULT_HANDLING, split }),
  );
  const model = await independent.train({ table: train, schema: handled }, {}, Rng.fromSeed(1), recordRun());
  const modelled = await model.sample(train.nRows, Rng.fromSeed(2));
  const order = {
    schema,
    handling: DEFAULT_HANDLING,
    format: 'csv',
    dialect,
    seed: 3,
    nRows: train.nRows,
  } as const;
  const begun = unwrap(await service.beginWriting(order));
  const rows = unwrap(await service.writeRows(modelled));
  const end = unwrap(await service.endWriting());
  return Buffer.concat([begun.bytes, rows, end]).toString();
}

describe('a table of patients with several rows each', () => {
  it.each([
    ['English', makeEnglish(), ',', 'pid'],
    ['German', makeGerman(), ';', 'kvnr'],
  ])('comes back in %s without one value of an identifying column', async (_, source, mark, key) => {
    const real = readColumns(source, mark);
    const synthetic = readColumns(await synthesize(source, key), mark);
    expect([...synthetic.keys()]).toEqual(expect.arrayContaining([key, 'visit', 'pulse', 'smoker']));
    const kept = [...synthetic].filter(([name]) => IDENTIFYING.includes(name));
    expect(kept.length).toBeGreaterThan(4);
    for (const [name, cells] of kept) {
      const known = new Set(real.get(name));
      expect([name, cells.filter((cell) => known.has(cell))]).toEqual([name, []]);
    }
  });
});
