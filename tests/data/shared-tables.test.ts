import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../src/data/handling';
import { takeRows } from '../../src/data/table';
import { openBytes, unwrap } from './open-text';

/** Public tables opened as a new user would, without one setting. */
const folder = join(import.meta.dirname, '../../../shared/data');

interface Expected {
  readonly file: string;
  readonly nRows: number;
  readonly target: string | null;
  readonly missingTokens?: readonly string[];
  readonly types: Readonly<Record<string, string>>;
}

const TABLES: readonly Expected[] = [
  {
    file: 'adult/adult_train.csv.gz',
    nRows: 32_561,
    target: 'income',
    missingTokens: ['?'],
    types: {
      age: 'integer',
      workclass: 'categorical',
      fnlwgt: 'integer',
      'education-num': 'integer',
      'capital-gain': 'integer',
    },
  },
  {
    file: 'adult/adult_test_raw.csv.gz',
    nRows: 16_281,
    target: 'column_15',
    missingTokens: ['?'],
    types: { column_1: 'integer', column_2: 'categorical' },
  },
  {
    file: 'actg175/ACTG175_joined.csv',
    nRows: 2139,
    target: 'cens',
    types: {
      time: 'integer',
      trt: 'categorical',
      wtkg: 'continuous',
      hemo: 'boolean',
      karnof: 'integer',
      cd40: 'integer',
    },
  },
  {
    file: 'support2/support2.csv.gz',
    nRows: 9105,
    target: 'death',
    types: {
      sno: 'identifier',
      age: 'continuous',
      sex: 'categorical',
      slos: 'integer',
      prg2m: 'continuous',
      income: 'categorical',
    },
  },
  {
    file: 'diabetes130/diabetic_data.csv.gz',
    nRows: 101_766,
    target: 'readmitted',
    missingTokens: ['?'],
    types: {
      encounter_id: 'identifier',
      patient_nbr: 'identifier',
      admission_type_id: 'categorical',
      admission_source_id: 'categorical',
      time_in_hospital: 'integer',
      max_glu_serum: 'categorical',
      diag_1: 'categorical',
      examide: 'constant',
      diabetesMed: 'boolean',
    },
  },
  {
    file: 'mimic3_demo/ADMISSIONS.csv',
    nRows: 129,
    target: 'hospital_expire_flag',
    types: {
      subject_id: 'identifier',
      hadm_id: 'identifier',
      admittime: 'datetime',
      diagnosis: 'text',
      religion: 'categorical',
    },
  },
  {
    file: 'mimic3_demo/INPUTEVENTS_MV.csv.gz',
    nRows: 13_224,
    target: null,
    types: {
      icustay_id: 'identifier',
      cgid: 'identifier',
      linkorderid: 'identifier',
      itemid: 'categorical',
      amount: 'continuous',
    },
  },
  {
    file: 'synthea_unmc/patients.csv',
    nRows: 111,
    target: null,
    types: {
      Id: 'identifier',
      SSN: 'identifier',
      FIRST: 'identifier',
      BIRTHDATE: 'datetime',
      FIPS: 'categorical',
      LAT: 'continuous',
    },
  },
  {
    file: 'synthea_unmc/encounters.csv.gz',
    nRows: 7584,
    target: null,
    types: {
      PATIENT: 'identifier',
      PAYER: 'categorical',
      START: 'datetime',
      CODE: 'categorical',
      REASONCODE: 'categorical',
    },
  },
];

describe.skipIf(!existsSync(folder))('public tables (skipped where ../shared/data is absent)', () => {
  it.each(TABLES)('$file', async ({ file, nRows, target, missingTokens, types }) => {
    const { service, opened } = await openBytes(readFileSync(join(folder, file)));
    expect(opened.nRows).toBe(nRows);
    expect(opened.notices.filter(({ kind }) => kind !== 'blank-lines')).toEqual([]);
    expect(opened.dialect.missingTokens.value).toEqual(missingTokens ?? []);
    const found = Object.fromEntries(opened.schema.columns.map(({ name, type }) => [name, type]));
    expect(found).toMatchObject(types);
    expect(opened.schema.columns.find(({ role }) => role === 'target')?.name ?? null).toBe(target);
    unwrap(await service.revise(opened.schema));
    const prepared = unwrap(
      await service.prepare({ schema: opened.schema, handling: DEFAULT_HANDLING, split: DEFAULT_SPLIT }),
    );
    expect(prepared.holdoutRows).toHaveLength(Math.round(0.2 * nRows));
    unwrap(
      await service.beginWriting({
        schema: opened.schema,
        handling: DEFAULT_HANDLING,
        format: 'csv' as const,
        dialect: opened.dialect,
        seed: 1,
        nRows: prepared.train.nRows,
      }),
    );
    const nWritten = Math.min(2000, prepared.train.nRows);
    const rows = Uint32Array.from({ length: nWritten }, (_, i) => i);
    const bytes = unwrap(await service.writeRows(takeRows(prepared.train, rows)));
    const again = await openBytes(new Uint8Array(bytes), {
      header: false,
      delimiter: opened.dialect.delimiter.value,
    });
    expect(again.opened.nRows).toBe(nWritten);
  });

  it('opens BRFSS, which writes 1.0 and 0.0', async () => {
    const file = join(folder, 'brfss2015/diabetes_binary_health_indicators_BRFSS2015.csv.gz');
    const { opened } = await openBytes(readFileSync(file));
    const types = Object.fromEntries(opened.schema.columns.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      Diabetes_binary: 'boolean',
      HighBP: 'boolean',
      BMI: 'integer',
      GenHlth: 'integer',
    });
    expect(opened.schema.columns.find(({ role }) => role === 'target')?.name).toBe('Diabetes_binary');
  });
});
