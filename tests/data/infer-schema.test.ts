import { describe, expect, it } from 'vitest';
import { inferSchema } from '../../src/data/infer-schema';
import type { ColumnType } from '../../src/data/schema';
import { findColumn, makeRaw, PLAIN_RULES } from './open-text';

const repeat = (texts: readonly string[], n: number) =>
  Array.from({ length: n }, (_, i) => texts[i % texts.length] ?? '');
const number = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));

const pad = (n: number) => `${n % 60}`.padStart(2, '0');

function inferOne(name: string, cells: readonly string[], rules: Partial<typeof PLAIN_RULES> = {}) {
  const schema = inferSchema(makeRaw({ [name]: cells }), { ...PLAIN_RULES, ...rules });
  return findColumn(schema.columns, name);
}

describe('types', () => {
  const cases: readonly [string, string, readonly string[], ColumnType][] = [
    ['whole numbers', 'heart_rate', number(60, (i) => `${60 + (i % 40)}`), 'integer'],
    ['whole numbers with a decimal mark', 'BMI', number(60, (i) => `${20 + (i % 20)}.0`), 'integer'],
    ['decimals', 'lactate', number(60, (i) => `${i % 7}.${i % 10}`), 'continuous'],
    ['scientific notation', 'prg', repeat(['2.500000e-01', '1.0', '0.003'], 60), 'continuous'],
    ['padded with spaces', 'slos', repeat(['  5', ' 14', '107'], 60), 'integer'],
    ['grades', 'karnofsky', repeat(['70', '80', '90', '100'], 60), 'integer'],
    ['0/1', 'event_flag', repeat(['0', '1'], 60), 'boolean'],
    ['1.0/0.0', 'HighBP', repeat(['1.0', '0.0'], 60), 'boolean'],
    ['yes/no in any case', 'smoker', repeat(['Yes', 'no'], 60), 'boolean'],
    ['1/2 is not yes/no', 'grade', repeat(['1', '2'], 60), 'integer'],
    ['words', 'ward_name_x', repeat(['A', 'B', 'C'], 60), 'categorical'],
    ['a constant', 'source', repeat(['x'], 60), 'constant'],
    ['one value and gaps', 'flag', repeat(['x', ''], 60), 'categorical'],
    ['nothing', 'blank', repeat([''], 60), 'empty'],
    ['leading zeros', 'gsn', repeat(['004567', '014568', '104569'], 60), 'categorical'],
    ['a lone zero is a number', 'count', repeat(['0', '10', '20'], 60), 'integer'],
    [
      'twelve digits',
      'snomed_ref',
      repeat(['443165006000', '72892002000', '162673000000'], 60),
      'categorical',
    ],
    ['numbers named code', 'admission_type_id', repeat(['1', '2', '3', '6'], 90), 'categorical'],
    ['numbers named arm', 'trt', repeat(['0', '1', '2', '3'], 90), 'categorical'],
    ['a word of amount wins', 'time_in_hospital', repeat(['1', '2', '3', '4'], 90), 'integer'],
    ['num at the end is a count', 'education-num', repeat(['9', '10', '13'], 90), 'integer'],
    ['blood pressure is no blood group', 'blood_pressure', repeat(['120', '130', '140'], 90), 'integer'],
    ['ICD-9 codes that look like decimals', 'icd9_dx', repeat(['250.01', '428', '401.9'], 90), 'categorical'],
    [
      'codes glued to a word',
      'REASONCODE',
      repeat(['195662009', '444814009', '10509002'], 90),
      'categorical',
    ],
    ['patient key that repeats', 'patient_nbr', number(200, (i) => `${8000000 + (i % 90)}`), 'identifier'],
    ['row key', 'row_id', number(100, (i) => `${500 + 3 * i}`), 'identifier'],
    ['glued key', 'subjectid', number(100, (i) => `${500 + (i % 30)}`), 'identifier'],
    [
      'UUID that repeats',
      'PATIENT',
      number(100, (i) => `63873e89-efbe-2cfc-9a1b-2d297a37a${100 + (i % 30)}`),
      'identifier',
    ],
    [
      'UUID of a few payers',
      'PAYER',
      number(400, (i) => `63873e89-efbe-2cfc-9a1b-2d297a37a${100 + (i % 5)}`),
      'categorical',
    ],
    ['row counter without a name', 'x', number(100, (i) => `${i + 1}`), 'identifier'],
    ['unique one-word codes', 'barcode_x', number(100, (i) => `K${i * 7919}Q`), 'identifier'],
    ['ten-digit numbers', 'hotline', number(100, (i) => `${2095257564 + i * 997}`), 'identifier'],
    ['e-mail', 'contact', number(100, (i) => `p${i}@example.org`), 'identifier'],
    ['person names', 'last_name', number(100, (i) => `Smith${i % 40}`), 'identifier'],
    [
      'free text',
      'note',
      number(100, (i) => `Patient ${i} seen today, reports mild pain since day ${i}, advised rest.`),
      'text',
    ],
    ['short free text', 'diagnosis', number(100, (i) => `CHEST PAIN ${i}`), 'text'],
    ['ISO dates', 'admitted', repeat(['2021-03-09', '2020-12-31', '2019-01-01'], 60), 'datetime'],
    ['yyyyMMdd', 'visit', number(60, (i) => `202103${10 + (i % 20)}`), 'datetime'],
    ['times of day', 'Time', number(100, (i) => `${pad(i % 24)}:${pad((i * 7) % 60)}`), 'datetime'],
    ['times with seconds', 'Time', number(100, (i) => `${i % 24}:${pad(i)}:${pad(i * 7)}`), 'datetime'],
    ['a few times', 'round', repeat(['08:00', '12:00', '18:00'], 60), 'categorical'],
    ['eight digits that are no dates', 'amount', number(60, (i) => `${10000000 + i * 12345}`), 'integer'],
    ['years under that name', 'birth_year', number(60, (i) => `${1930 + (i % 60)}`), 'datetime'],
    ['four digits under another name', 'charges', number(60, (i) => `${1930 + (i % 60)}`), 'integer'],
  ];
  it.each(cases)('%s', (_, name, cells, type) => {
    const column = inferOne(name, cells);
    expect([column.type, column.reason]).toEqual([type, column.reason]);
    expect(column.reason).toMatch(/^[A-Z].*\.$/);
  });

  it('says that a few words spoil a column of numbers, which becomes one when they are missing', () => {
    const cells = [...number(99, (i) => `${i * 3}`), 'n.d.'];
    expect(inferOne('lab', cells).reason).toContain('1 cell');
    const { type, nMissing, missingToken } =
      inferSchema(makeRaw({ lab: cells }), {
        ...PLAIN_RULES,
        missingTokens: ['n.d.'],
      }).columns[0] ?? {};
    expect({ type, nMissing, missingToken }).toEqual({ type: 'integer', nMissing: 1, missingToken: 'n.d.' });
  });

  const spread = (make: (i: number) => string) => number(120, make);
  const MEASURED: readonly [string, readonly string[], string][] = [
    ['bp', spread((i) => `${90 + i}/${50 + (i % 40)}`), 'slash'],
    ['bp', spread((i) => `${90 + i} / ${50 + (i % 40)} mmHg`), 'slash'],
    ['ref_range', spread((i) => `${i}.5-${i + 3}.5`), 'ranges'],
    ['charge', spread((i) => `$${6 + i},196.50`), 'money'],
    ['charge', spread((i) => `${6 + i}.196,50 €`), 'money'],
    ['volume', spread((i) => `${1 + i},234.5`), 'numbers with marks'],
    ['crp', spread((i) => `<${i}.5`), 'numbers with marks'],
    ['weight', spread((i) => `${50 + i} kg`), 'numbers with marks'],
    ['spo2', spread((i) => `${i}.5%`), 'numbers with marks'],
    ['titre', spread((i) => `1:${i + 2}00`), 'ratios'],
    ['duration', spread((i) => `${20 + i}:${pad(i % 60)}`), 'times or durations'],
  ];
  it.each(MEASURED)('leaves %s out and says what it looks like (%#)', (name, cells, what) => {
    const column = inferOne(name, cells);
    expect(column).toMatchObject({ type: 'text', included: false });
    expect(column.reason).toContain(what);
    expect(column.reason).toContain('read the column as categories');
  });

  it.each<[string, string, readonly string[]]>([
    ['a name that says identifier', 'case_id', spread((i) => `${100 + i}/22`)],
    ['a name that says code', 'zip', spread((i) => `${100 + i}-12`)],
    ['case numbers', 'x', spread((i) => `${1000 + i}/2022`)],
    ['local telephone numbers', 'x', spread((i) => `555-${1000 + i * 7}`)],
    ['telephone numbers with a slash', 'x', spread((i) => `0341/${100000 + i * 7}`)],
    ['social security numbers', 'x', spread((i) => `123-45-${1000 + i * 7}`)],
    ['CPR numbers', 'x', spread((i) => `${100190 + i}-${1000 + i * 7}`)],
    ['CPF numbers', 'x', spread((i) => `${100 + i}.456.789-${10 + (i % 80)}`)],
    ['AHV numbers', 'x', spread((i) => `756.${1000 + i}.5678.97`)],
    ['DNI numbers', 'x', spread((i) => `12.${100 + i}.678`)],
    ['codes with a letter', 'x', spread((i) => `${1000 + i}B`)],
  ])('still takes %s for an identifier', (_, name, cells) => {
    expect(inferOne(name, cells).type).toBe('identifier');
  });

  it.each(['diag_1', 'diag1', 'icd9', 'billing_code', 'zip', 'PLZ'])(
    'does not advise reading the letters of %s as missing',
    (name) => {
      const column = inferOne(name, [...number(95, (i) => `${401 + i * 3}`), 'V27', 'E849', 'V58']);
      expect(column.type).toBe('categorical');
      expect(column.reason).not.toContain('missing');
    },
  );
});

describe('what is read off the data', () => {
  it('fills bounds, decimals, levels, format, missing', () => {
    const raw = makeRaw({
      temp: ['36.50', '?', '38.1', '39.25'],
      sex: [' F', ' M', ' F', ' ?'],
      born: ['01/02/1950', '31/12/1999', '?', '?'],
    });
    const { columns } = inferSchema(raw, { ...PLAIN_RULES, missingTokens: ['?'] });
    expect(findColumn(columns, 'temp')).toMatchObject({
      decimals: 2,
      bounds: { min: 36.5, max: 39.25, declared: false },
      nMissing: 1,
      missingToken: '?',
    });
    expect(findColumn(columns, 'sex')).toMatchObject({ levels: ['F', 'M'], nMissing: 1 });
    expect(findColumn(columns, 'born')).toMatchObject({
      format: 'dd/MM/yyyy',
      bounds: { min: Date.UTC(1950, 1, 1), max: Date.UTC(1999, 11, 31) },
      nMissing: 2,
    });
  });
});

describe('roles', () => {
  const base = { age: repeat(['40', '50', '60'], 60), x: repeat(['1.5', '2.5', '3.1'], 60) };
  const roles = (columns: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(
      inferSchema(makeRaw(columns), PLAIN_RULES).columns.map(({ name, role }) => [name, role]),
    );

  it('knows identifiers, quasi-identifiers and sensitive columns by name', () => {
    const hiv = repeat(['0', '1'], 60);
    expect(
      roles({ patient_id: number(60, (i) => `P${1000 + i}`), ...base, hiv_status: hiv, death: hiv }),
    ).toEqual({
      patient_id: 'identifier',
      age: 'quasi-identifier',
      x: 'none',
      hiv_status: 'sensitive',
      death: 'target',
    });
  });

  it('suggests one target at most: by name before place', () => {
    const flag = repeat(['0', '1'], 60);
    expect(roles({ Diabetes_binary: flag, ...base, Smoker: flag })).toMatchObject({
      Diabetes_binary: 'target',
      Smoker: 'none',
    });
    expect(roles({ ...base, Smoker: flag })).toMatchObject({ Smoker: 'target' });
    expect(roles({ Smoker: flag, ...base })).toMatchObject({ Smoker: 'none', x: 'none' });
    expect(roles({ outcome: flag, died: flag, ...base })).toMatchObject({ outcome: 'target', died: 'none' });
    expect(roles({ ...base, income: repeat(['1', '2', '3'], 60) })).toMatchObject({ income: 'none' });
  });
});
