import { describe, expect, it } from 'vitest';
import { settleGroupAlert } from '../../src/data/alerts';
import { correlateLevels, separateByNumber } from '../../src/data/association';
import { countDuplicateRows } from '../../src/data/duplicate-rows';
import { applySchemaEdit } from '../../src/data/edits/apply-schema';
import { inferSchema } from '../../src/data/infer-schema';
import { profileTable } from '../../src/data/profile';
import { summariseNumbers } from '../../src/data/profile-column';
import { makeRaw, PLAIN_RULES } from './open-text';

const cells = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));

function profile(columns: Readonly<Record<string, readonly string[]>>) {
  const raw = makeRaw(columns);
  return profileTable(raw, inferSchema(raw, PLAIN_RULES), PLAIN_RULES);
}

function alertsOf(columns: Readonly<Record<string, readonly string[]>>): string[] {
  return profile(columns).alerts.map(({ kind, column }) => `${kind} ${column ?? '*'}`);
}

describe('association', () => {
  it('is 1 for a copy, 0 for independence, NaN without two levels', () => {
    const a = cells(400, (i) => `${i % 2}`).map(Number);
    const b = cells(400, (i) => `${(i >> 1) % 2}`).map(Number);
    expect(correlateLevels(a, 2, a, 2)).toBeCloseTo(1, 2);
    expect(correlateLevels(a, 2, b, 2)).toBe(0);
    expect(
      correlateLevels(
        a,
        2,
        a.map(() => 0),
        2,
      ),
    ).toBeNaN();
  });

  it('matches the area under the curve by hand: values 1 2 3 against 2 4', () => {
    const predictor = { kind: 'number' as const, name: 'p', values: Float64Array.of(1, 2, 3, 2, 4, NaN) };
    const target = {
      kind: 'level' as const,
      name: 't',
      codes: Int32Array.of(0, 0, 0, 1, 1, 1),
      levels: ['a', 'b'],
    };
    // Pairs won by b: (1,2) (1,4) (2,4) (3,4) and half of (2,2): 4.5 of 6.
    expect(separateByNumber(predictor, target)).toBeCloseTo(0.75, 12);
  });
});

describe('summaries', () => {
  it('by hand: 1 2 3 4 and a gap', () => {
    const summary = summariseNumbers(Float64Array.of(4, 1, NaN, 3, 2), true);
    expect(summary).toMatchObject({
      min: 1,
      max: 4,
      mean: 2.5,
      edges: [0.5, 1.5, 2.5, 3.5, 4.5],
      counts: [1, 1, 1, 1],
    });
    expect(summary?.sd).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(summary?.quantiles).toEqual([1.15, 1.75, 2.5, 3.25, 3.8499999999999996]);
    expect(summariseNumbers(Float64Array.of(NaN), false)).toBeNull();
  });

  it('every value falls into a bin', () => {
    const values = Float64Array.from({ length: 999 }, (_, i) => Math.sin(i) * 1e6);
    expect(summariseNumbers(values, false)?.counts.reduce((sum, n) => sum + n, 0)).toBe(999);
  });

  it('counts duplicate rows beyond the first', () => {
    expect(countDuplicateRows(makeRaw({ a: ['1', '1', '2', '1'], b: ['x', 'x', 'x', 'y'] }))).toBe(1);
    expect(countDuplicateRows(makeRaw({ a: cells(5000, String), b: cells(5000, (i) => `${i * 7}`) }))).toBe(
      0,
    );
  });

  it('lists patterns of missing values, the most frequent first', () => {
    const { missingness } = profile({
      a: cells(60, (i) => (i % 3 === 0 ? '' : `${i % 9}.5`)),
      b: cells(60, (i) => (i % 6 === 0 ? '' : `${i % 7}.5`)),
      c: cells(60, (i) => `${i % 5}.5`),
    });
    expect(missingness).toEqual({
      columns: ['a', 'b'],
      patterns: [
        { mask: [0, 0], count: 40 },
        { mask: [1, 1], count: 10 },
        { mask: [1, 0], count: 10 },
      ],
      nPatterns: 3,
    });
  });
});

describe('alerts', () => {
  const plain = { x: cells(600, (i) => `${(i * 37) % 101}.5`), y: cells(600, (i) => `${(i * 53) % 89}.5`) };

  it('has nothing to say about a plain table', () => {
    expect(alertsOf(plain)).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, readonly string[]>>, string]>([
    ['constant', { ...plain, z: cells(600, () => 'k') }, 'constant z'],
    ['empty', { ...plain, z: cells(600, () => '') }, 'empty z'],
    ['identifier', { ...plain, row_id: cells(600, (i) => `${1000 + i}`) }, 'identifier row_id'],
    ['free text', { ...plain, z: cells(600, (i) => `seen on day ${i} by the team`) }, 'free-text z'],
    ['mostly missing', { ...plain, z: cells(600, (i) => (i % 3 === 0 ? `${i}.5` : '')) }, 'mostly-missing z'],
    ['many levels', { ...plain, z: cells(600, (i) => `L${i % 150}`) }, 'high-cardinality z'],
    [
      'rare levels',
      { ...plain, z: cells(600, (i) => (i < 3 ? 'rare' : i % 2 === 0 ? 'A' : 'B')) },
      'rare-levels z',
    ],
    ['duplicates', { x: cells(600, (i) => `${i % 300}.5`) }, 'duplicate-rows *'],
    ['few rows', { x: cells(70, (i) => `${i}.5`) }, 'too-few-rows *'],
    [
      'leak by category',
      {
        ...plain,
        z: cells(600, (i) => 'PQR'[i % 3] ?? ''),
        died: cells(600, (i) => (i % 3 === 0 ? '1' : '0')),
      },
      'target-leak z',
    ],
    [
      'leak by number',
      { ...plain, z: cells(600, (i) => `${i}.5`), died: cells(600, (i) => (i > 200 ? '1' : '0')) },
      'target-leak z',
    ],
    [
      'leak by presence',
      {
        ...plain,
        z: cells(600, (i) => (i % 4 === 0 ? `${i % 13}.5` : '')),
        died: cells(600, (i) => (i % 4 === 0 ? '1' : '0')),
      },
      'target-leak z',
    ],
  ])('%s', (_, columns, alert) => {
    expect(alertsOf(columns)).toContain(alert);
  });

  const rareOf = (z: readonly string[]) =>
    profile({ ...plain, z }).alerts.filter(({ column, kind }) => column === 'z' && kind === 'rare-levels');

  it('warns when pooling would leave one level', () => {
    const [alert] = rareOf(cells(600, (i) => 'PPPPPQQQQRRRRSSS'[i] ?? 'A'));
    expect(alert?.severity).toBe('warning');
    expect(alert?.message).toContain('4 levels have fewer than 5 rows of train');
    expect(alert?.message).toContain('one level, which all rows with a value will get');
    expect(alert?.message).toContain('smaller k, or pool rare levels into one level of their own');
  });

  it('does not advise a level of its own for fewer than k rows', () => {
    for (const rare of ['P', '0']) {
      const [alert] = rareOf(cells(600, (i) => (i < 3 ? rare : rare === '0' ? '1' : 'A')));
      expect(alert?.severity).toBe('warning');
      expect(alert?.message).toMatch(/Choose a smaller k\.$/);
    }
  });

  it('warns when no level is frequent enough', () => {
    const [alert] = rareOf(cells(600, (i) => (i < 8 ? ('PQRS'[i % 4] ?? '') : '')));
    expect(alert).toMatchObject({ severity: 'warning' });
    expect(alert?.message).toContain('all rows with a value will get one level');
  });

  it('only remarks on rare levels next to two frequent ones', () => {
    expect(rareOf(cells(600, (i) => (i < 3 ? 'P' : i % 2 === 0 ? 'A' : 'B')))).toMatchObject([
      { severity: 'info' },
    ]);
  });

  it('warns of an identifier that only its values speak for, until a person chose it', () => {
    const raw = makeRaw({
      ...plain,
      row_id: cells(600, (i) => `K${i * 7919}Q`),
      z: cells(600, (i) => `K${i * 7919}Q`),
    });
    const schema = inferSchema(raw, PLAIN_RULES);
    const kinds = (judged: typeof schema) =>
      profileTable(raw, judged, PLAIN_RULES).alerts.map(
        ({ kind, column, severity }) => `${kind} ${column ?? '*'} ${severity}`,
      );
    expect(kinds(schema)).toEqual(['identifier row_id info', 'identifier-by-values z warning']);
    const again = applySchemaEdit(schema, { column: 'z', set: 'type', value: 'categorical' });
    const chosen = applySchemaEdit(again, { column: 'z', set: 'type', value: 'identifier' });
    expect(kinds(chosen)).toEqual(['identifier row_id info', 'identifier z info']);
  });

  it('asks to cut the holdout by a repeating key only while it is not', () => {
    const { alerts } = profile({ ...plain, patient_id: cells(600, (i) => `P${1000 + (i >> 1)}`) });
    const severities = (groupBy: string | null) =>
      settleGroupAlert(alerts, groupBy).map(({ severity }) => severity);
    expect(severities(null)).toEqual(['warning', 'info']);
    expect(severities('x')).toEqual(['warning', 'info']);
    expect(severities('patient_id')).toEqual(['info', 'info']);
  });

  it('warns of measurements that are left out as text, unless a person chose so', () => {
    const raw = makeRaw({ ...plain, bp: cells(600, (i) => `${90 + (i % 97)}/${50 + (i % 41)}`) });
    const schema = inferSchema(raw, PLAIN_RULES);
    const ofBp = (judged: typeof schema) =>
      profileTable(raw, judged, PLAIN_RULES).alerts.filter(({ column }) => column === 'bp');
    expect(ofBp(schema)).toMatchObject([{ kind: 'free-text', severity: 'warning' }]);
    const again = applySchemaEdit(schema, { column: 'bp', set: 'type', value: 'categorical' });
    const chosen = applySchemaEdit(again, { column: 'bp', set: 'type', value: 'text' });
    expect(ofBp(chosen)).toMatchObject([{ kind: 'free-text', severity: 'info' }]);
  });

  it('holds no cell values', () => {
    const secret = {
      ...plain,
      z: cells(600, (i) => (i < 3 ? 'Mehlwurm' : 'A')),
      outcome: cells(600, (i) => (i < 3 ? 'Zweig' : 'Ast')),
    };
    const { alerts } = profile(secret);
    expect(JSON.stringify(alerts)).not.toMatch(/Mehlwurm|Zweig|Ast/);
  });
});
