import { describe, expect, it } from 'vitest';
import { guessMissingTokens } from '../../src/data/guess-missing';
import { inferSchema } from '../../src/data/infer-schema';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../src/data/handling';
import { prepareTables } from '../../src/data/prepare';
import { profileTable } from '../../src/data/profile';
import { makeRaw, PLAIN_RULES } from './open-text';

const cells = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));

function judge(columns: Readonly<Record<string, readonly string[]>>, name: string) {
  const raw = makeRaw(columns);
  const missingTokens = guessMissingTokens(raw).value;
  const rules = { ...PLAIN_RULES, missingTokens };
  const schema = inferSchema(raw, rules);
  const alerts = profileTable(raw, schema, rules).alerts.filter(({ column }) => column === name);
  return { column: schema.columns.find((column) => column.name === name), alerts, missingTokens };
}

const day = (i: number) => `20${10 + (i % 10)}-0${1 + (i % 9)}-1${i % 7}`;

describe('values that a few cells spoil', () => {
  it.each(['0000-00-00', '00/00/0000', '0000-00-00 00:00:00'])('reads %s among dates as missing', (zero) => {
    const found = judge({ d: cells(300, (i) => (i % 40 === 0 ? zero : day(i))) }, 'd');
    expect(found.column).toMatchObject({ type: 'datetime', nMissing: 8 });
  });

  it('only points out dates that stand for never', () => {
    const raw = makeRaw({ d: cells(300, (i) => (i % 40 === 0 ? '9999-12-31' : day(i))) });
    const { value, reason } = guessMissingTokens(raw);
    expect(value).toEqual([]);
    expect(reason).toContain('"9999-12-31" stands apart');
  });

  it('warns of dates that a few words spoil', () => {
    const { column, alerts } = judge({ d: cells(300, (i) => (i % 40 === 0 ? 'see note' : day(i))) }, 'd');
    expect(column?.reason).toContain('Nearly all values are dates but 8 cells are not');
    expect(alerts).toContainEqual(expect.objectContaining({ kind: 'mixed-values', severity: 'warning' }));
  });

  it('does not advise reading values below a detection limit as missing', () => {
    const { column, alerts } = judge(
      { x: cells(600, (i) => (i % 20 === 0 ? '<0.5' : `${1 + (i % 30)}.5`)) },
      'x',
    );
    expect(column?.reason).toContain('detection limit: decide what they stand for');
    expect(column?.reason).not.toContain('missing');
    expect(alerts.map(({ kind }) => kind)).toContain('mixed-values');
  });

  it('names one word in a quarter of a column of numbers', () => {
    const { column } = judge({ x: cells(600, (i) => (i % 4 === 0 ? 'ND' : `${1 + (i % 30)}.5`)) }, 'x');
    expect(column?.reason).toContain('Most values are numbers but 150 cells are not');
  });

  it('leaves blood pressures out, also where each comes several times', () => {
    const { column, alerts } = judge({ bp: cells(3000, (i) => `${90 + (i % 97)}/${50 + (i % 5)}`) }, 'bp');
    expect(column).toMatchObject({ type: 'text', included: false });
    expect(alerts).toMatchObject([{ kind: 'free-text', severity: 'warning' }]);
  });
});

describe('levels', () => {
  it('says how many are rare, and none where none is', () => {
    const message = (x: readonly string[]) =>
      judge({ x }, 'x').alerts.find(({ kind }) => kind === 'high-cardinality')?.message;
    expect(message(cells(4500, (i) => `L${i % 150}`))).toContain(
      '150 levels, 0 of them with fewer than 5 rows',
    );
    expect(message(cells(4540, (i) => (i < 40 ? `r${i % 10}` : `L${i % 150}`)))).toContain(
      '10 of them with fewer than 5 rows of train',
    );
  });

  it('are told in the figures that pooling then puts on record, rows or persons', () => {
    const raw = makeRaw({
      pid: cells(640, (i) => `p${i >> 3}`),
      x: cells(640, (i) => (i < 160 ? `r${(i >> 3) % 5}` : i < 200 ? `s${i % 20}` : `L${i % 3}`)),
      y: cells(640, (i) => `${i % 7}`),
    });
    const schema = inferSchema(raw, PLAIN_RULES);
    for (const groupBy of [null, 'pid']) {
      const choices = { handling: DEFAULT_HANDLING, split: { ...DEFAULT_SPLIT, groupBy } };
      const { alerts } = profileTable(raw, schema, PLAIN_RULES, choices);
      const told = alerts.find(({ kind, column }) => kind === 'rare-levels' && column === 'x')?.message ?? '';
      const { handlingLog } = prepareTables(raw, PLAIN_RULES, { schema, ...choices });
      const done = handlingLog.find(({ column, action }) => column === 'x' && action === 'pooled');
      expect(done?.nRows).toBeGreaterThan(0);
      expect(told).toContain(`${done?.nItems ?? 0} levels have fewer than 5 `);
      expect(told).toContain(/\(([^)]+)\)/.exec(done?.note ?? '')?.[1] ?? 'a share');
      expect(told.includes('different values of "pid" in train')).toBe(groupBy !== null);
    }
  });

  it('are told to stay where a person chose not to pool', () => {
    const raw = makeRaw({ x: cells(600, (i) => (i < 9 ? `r${i % 3}` : `L${i % 3}`)), y: cells(600, String) });
    const handling = { ...DEFAULT_HANDLING, poolRareLevels: false };
    const choices = { handling, split: DEFAULT_SPLIT };
    const { alerts } = profileTable(raw, inferSchema(raw, PLAIN_RULES), PLAIN_RULES, choices);
    expect(alerts.find(({ kind }) => kind === 'rare-levels')).toMatchObject({ severity: 'warning' });
    expect(alerts.find(({ kind }) => kind === 'rare-levels')?.message).toContain(
      'not pooled, by your choice',
    );
  });

  it('warns where pooling would replace more than a tenth of the rows once the holdout is cut', () => {
    const { alerts } = judge(
      { x: cells(620, (i) => (i < 140 ? `r${i % 40}` : i < 144 ? 'z' : `L${i % 3}`)) },
      'x',
    );
    const rare = alerts.find(({ kind }) => kind === 'rare-levels');
    expect(rare?.severity).toBe('warning');
    expect(rare?.message).toContain('pooled, these rows lose their value');
  });
});

describe('types by name', () => {
  it('keeps seconds since 1970 as numbers', () => {
    const ts = cells(400, (i) => `${1_600_000_000 + i * 997}`);
    expect(judge({ ts }, 'ts').column?.type).toBe('integer');
    expect(judge({ code_x: ts }, 'code_x').column?.type).toBe('identifier');
  });

  it('takes 0 and 1 for kinds of persons where the name says so', () => {
    const x = cells(200, (i) => `${i % 2}`);
    expect(judge({ gender: x }, 'gender').column?.type).toBe('categorical');
    expect(judge({ smoker: x }, 'smoker').column?.type).toBe('boolean');
  });

  it.each(['Jan 5 2021', '5 Jan 2021', '05-Jan-2021', 'Jan 15, 2021'])('reads dates like %s', (text) => {
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];
    const d = cells(60, (i) =>
      text.replace('Jan', months[i % 6] ?? '').replace('2021', `20${10 + (i % 10)}`),
    );
    expect(judge({ d }, 'd').column?.type).toBe('datetime');
  });
});

describe('leaks of the target', () => {
  const leaks = (x: (i: number) => string, died: (i: number) => string) =>
    judge({ x: cells(1000, x), died: cells(1000, died) }, 'x').alerts.filter(
      ({ kind }) => kind === 'target-leak',
    );

  it('warns of a frequent level with one outcome', () => {
    const died = (i: number) => (i < 150 || i % 3 === 0 ? '1' : '0');
    const x = (i: number) => (i < 150 ? 'hospice' : (['home', 'ward'][i % 2] ?? ''));
    expect(leaks(x, died)[0]?.message).toContain('One frequent level');
    expect(leaks(x, (i) => (i % 3 === 0 ? '1' : '0'))).toEqual([]);
  });

  it('is not alarmed by an outcome that nearly all rows have', () => {
    const x = (i: number) => (i < 150 ? 'a' : 'b');
    expect(leaks(x, (i) => (i % 40 === 0 && i >= 150 ? '1' : '0'))).toEqual([]);
  });
});
