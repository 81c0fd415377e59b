import { describe, expect, it } from 'vitest';
import type { IngestClient } from '../../../src/client/ingest';
import type { Outcome } from '../../../src/data/failure';
import { ComparedReader, type ComparedFiles } from '../../../src/ui/state/read-compared';
import { createIngestService } from '../../../workers/ingest-service';

let nEnded = 0;
const reader = new ComparedReader(() => {
  const service = createIngestService({ nowMs: () => 0 });
  return { ...service, end: () => nEnded++ } as unknown as IngestClient;
});

/** A CSV of 60 rows, one cell by each of `cells`. */
function file(name: string, header: string, ...cells: readonly ((row: number) => string)[]): File {
  const rows = Array.from({ length: 60 }, (_, row) => cells.map((cell) => cell(row)).join(','));
  return new File([[header, ...rows].join('\n')], name);
}

const age = (row: number) => String(20 + ((row * 7) % 60));
const ward = (row: number) => ['a', 'b', '?'][row % 3] ?? '';
const born = (row: number) => `19${10 + row}-03-${13 + (row % 9)}`;
const train = file('train.csv', 'age,ward,born', age, ward, born);

function mustSucceed(outcome: Outcome<ComparedFiles>): ComparedFiles {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

describe('files of other programs', () => {
  it('are matched by name in any order, with decimals and dates of their own', async () => {
    const german = (row: number) => `${13 + (row % 9)}/03/19${10 + row}`;
    const synthetic = file('s.csv', 'born,extra,ward,age', german, age, ward, (row) => `${age(row)}.0`);
    const {
      schema,
      train: own,
      synthetic: made,
      holdout,
    } = mustSucceed(await reader.read({ train, holdout: null, synthetic }, null));
    expect(schema.columns.map(({ name, type }) => [name, type])).toEqual([
      ['age', 'integer'],
      ['ward', 'categorical'],
      ['born', 'datetime'],
    ]);
    expect(holdout).toBeNull();
    const numbersOf = (table: typeof own, name: string) => {
      const column = table.columns.find((each) => each.name === name);
      return column?.kind === 'number' ? [...column.values] : null;
    };
    expect(numbersOf(made, 'age')).toEqual(numbersOf(own, 'age'));
    expect(numbersOf(made, 'born')).toEqual(numbersOf(own, 'born'));
  });

  it('keep a mark such as ? as a value among categories, and as missing among numbers', async () => {
    const marked = (row: number) => (row % 5 === 0 ? '?' : age(row));
    const levelsOf = async (given: File) => {
      const { train: own } = mustSucceed(
        await reader.read({ train: given, holdout: null, synthetic: given }, null),
      );
      const column = own.columns.find(({ name }) => name === 'ward');
      return column?.kind === 'level' ? column.levels : null;
    };
    expect(await levelsOf(train)).toContain('?');
    expect(await levelsOf(file('t.csv', 'age,ward', marked, ward))).not.toContain('?');
  });

  it('are compared on what they share, and the rest is named', async () => {
    const synthetic = file('s.csv', 'age,ward', age, ward);
    const { schema, notes } = mustSucceed(await reader.read({ train, holdout: train, synthetic }, null));
    expect(schema.columns.map(({ name }) => name)).toEqual(['age', 'ward']);
    expect(notes).toEqual(['1 column not in every file, so not compared: "born".']);
  });

  it('that share nothing are refused', async () => {
    const synthetic = file('s.csv', 'x', age);
    expect(await reader.read({ train, holdout: null, synthetic }, null)).toMatchObject({
      ok: false,
      failure: { code: 'schema-invalid', message: expect.stringContaining('share no column') as string },
    });
  });

  it('may be short: nothing is trained, so a few rows are read as they are', async () => {
    const short = new File(['age,ward,born\n31,a,1950-03-14\n,b,1951-03-15'], 's.csv');
    const read = mustSucceed(await reader.read({ train: short, holdout: short, synthetic: short }, null));
    expect([read.train.nRows, read.holdout?.nRows, read.synthetic.nRows]).toEqual([2, 2, 2]);
    const few = mustSucceed(await reader.read({ train, holdout: short, synthetic: short }, null));
    expect([few.train.nRows, few.holdout?.nRows, few.schema.columns.length]).toEqual([60, 2, 3]);
  });

  it('that cannot be read name the file, and every worker is let go', async () => {
    nEnded = 0;
    const broken = file('s.csv', 'age,ward,born', () => 'old', ward, born);
    const outcome = await reader.read({ train, holdout: train, synthetic: broken }, null);
    expect(outcome.ok ? '' : outcome.failure.message).toMatch(/^The synthetic file: column "age"/);
    const empty = await reader.read({ train, holdout: new File([''], 'h.csv'), synthetic: train }, null);
    expect(empty.ok ? '' : empty.failure.message).toMatch(/^The holdout file: the file has no rows/);
    expect(nEnded).toBe(6);
  });

  it('that share patients say so, with the rows of the holdout that do', async () => {
    const key = (from: number) => (row: number) => String(70_000 + 3 * (from + Math.floor(row / 2)));
    const part = (name: string, from: number) => file(name, 'patient_nbr,age,ward', key(from), age, ward);
    const cautionsOf = async (holdout: File) =>
      mustSucceed(await reader.read({ train: part('t.csv', 0), holdout, synthetic: train }, null)).cautions;
    expect(await cautionsOf(part('h.csv', 30))).toEqual([]);
    expect(await cautionsOf(part('h.csv', 20))).toEqual([
      expect.stringMatching(/^20 of the 60 rows of the holdout \(33\.3 %\) have a value of "patient_nbr"/),
    ]);
  });
});
