import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../../src/data/handling';
import type { ColumnSchema, Schema } from '../../../src/data/schema';
import type { Evidence, Measure } from '../../../src/measure/measure';
import type { RunRecord } from '../../../src/platform/projects/types';
import { sampleTournament } from '../../platform/projects/sample-record';
import {
  describeRun,
  describeSchema,
  writeRunJson,
  writeSchemaJson,
  type RunJson,
  type RunSurroundings,
} from '../../../src/ui/state/artefacts';
import { NO_GUARANTEE } from '../../../src/ui/state/evaluation-account';
import { writeJson } from '../../../src/ui/state/write-json';
import { makeColumnSchema } from '../../column-schema';

const column = (name: string, { type = 'categorical', ...patch }: Partial<ColumnSchema> = {}): ColumnSchema =>
  makeColumnSchema(name, type, patch);

const schema: Schema = {
  version: 1,
  columns: [
    column('diagnosis', { levels: ['common', 'rare'] }),
    column('age', { type: 'integer', bounds: { min: 0, max: 107, declared: false }, decimals: 0 }),
    column('sparse', { levels: ['once'] }),
    column('left out', { levels: ['secret'], included: false }),
    column('id', { type: 'identifier', role: 'identifier' }),
  ],
};

const handled: Schema = {
  version: 1,
  columns: [
    column('diagnosis', { levels: ['common'] }),
    column('age', { type: 'integer', bounds: { min: 18, max: 90, declared: false }, decimals: 0 }),
  ],
};

const finished: RunRecord = {
  id: 'r1',
  model: 'tvae',
  advice: null,
  tournament: null,
  config: { epochs: 2 },
  seed: 7,
  backend: 'wasm',
  status: 'finished',
  startedAt: 0,
  endedAt: 60_000,
  losses: [{ step: 1, losses: { total: NaN } }],
  scores: [{ step: 1, oneWay: 0.9, twoWay: 0.8, score: 0.85, best: true }],
  overlay: [],
  timings: [],
  step: 1,
  nSteps: 1,
  result: {
    backend: 'wasm',
    timings: [],
    stopReason: 'all epochs done',
    epochs: 2,
    steps: 1,
    encodeMs: 1500,
    trainMs: 2500,
    config: { epochs: 2, batchSize: 500 },
    memorisationControls: ['early stop'],
  },
  handlingLog: [],
  identifiers: [],
  nTrain: 4,
  nHoldout: 2,
  basis: {
    source: {
      id: 's1',
      name: 'a.csv',
      nBytes: 10,
      nRows: 6,
      nColumns: 5,
      encoding: 'utf-8',
      readMs: 20,
    },
    schema,
    handling: DEFAULT_HANDLING,
    split: DEFAULT_SPLIT,
    holdoutFile: null,
    edits: [{ of: 'handling', value: { k: 7 } }],
  },
  stages: { prepareMs: 10, sampleMs: 30, evaluateMs: 40 },
  evidence: { measures: [], skipped: [] },
  look: null,
  synthetic: { nRows: 4, seed: 7, nBytes: 99 },
  failure: null,
};

function makeEvidence(value: number): Evidence {
  const measure: Measure = {
    id: 'sdmetrics-overall',
    value,
    n: 4,
    direction: 'higher-is-better',
    ceiling: null,
    floor: null,
    sentence: '',
    parts: [],
  };
  return { measures: [measure], skipped: [] };
}

const around: RunSurroundings = {
  title: 'Ward 3',
  build: { version: '0.1.0', tfjs: '4.22.0', hash: 'abc' },
  browser: 'Test/1',
  writtenAt: 1000,
  prepared: { holdoutRows: Uint32Array.of(1, 4) },
  whyNotPrepared: null,
  output: { format: 'csv', nRows: 4, seed: 7, nBytes: 99, encoding: 'utf-8', notes: [], wishes: null },
  answers: [],
  evaluation: null,
  release: null,
  tournament: null,
  runs: [],
};

/** Paths of all nulls of a value, list items aside. */
function nullPaths(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value as object).flatMap(([key, item]) =>
    nullPaths(item, path === '' ? key : `${path}.${key}`),
  );
}

/** Nulls that are choices, not gaps in what is known. */
const CHOICES = [
  'split.stratifyBy',
  'split.groupBy',
  'split.holdoutFile',
  'run.endedAt',
  'model.advice',
  'tournament',
  'output.wishes',
  'release',
];

function gaps(json: RunJson): string[] {
  return nullPaths(json).filter((path) => !CHOICES.includes(path));
}

describe('run.json', () => {
  it('gives the figures of the run', () => {
    const json = describeRun(finished, around);
    expect(json.seconds).toEqual({
      read: 0.02,
      prepare: 0.01,
      encode: 1.5,
      train: 2.5,
      sample: 0.03,
      evaluate: 0.04,
    });
    expect(json.split).toMatchObject({ fraction: 0.2, seed: 1, nTrain: 4, nHoldout: 2, holdoutRows: [1, 4] });
    expect(json.model).toEqual({
      id: 'tvae',
      seed: 7,
      settings: { epochs: 2, batchSize: 500 },
      changed: { epochs: 2 },
      advice: null,
    });
    expect(json.program).toEqual({ name: 'Understudy', version: '0.1.0', tfjs: '4.22.0', buildHash: 'abc' });
    expect(json.statement).toMatch(/^The records that this run drew are synthetic: /);
    expect(json.statement).toContain(NO_GUARANTEE);
    expect(json.statement).toContain('no formal guarantee');
    expect(json.unknown).toEqual({});
    expect(json.edits?.edits).toEqual([{ of: 'handling', value: { k: 7 } }]);
    expect(gaps(json)).toEqual([]);
  });

  it('says why for everything it does not know', () => {
    const bare: RunRecord = {
      ...finished,
      status: 'failed',
      result: null,
      evidence: null,
      synthetic: null,
      endedAt: null,
      stages: { prepareMs: null, sampleMs: null, evaluateMs: null },
    };
    const json = describeRun(bare, {
      ...around,
      prepared: null,
      whyNotPrepared: 'the file is gone',
      output: null,
    });
    expect(Object.keys(json.unknown).sort()).toEqual(gaps(json).sort());
    expect(json.unknown['split.holdoutRows']).toBe('the file is gone');
    expect(json.unknown['backend.used']).toBe('the run is failed');
  });

  it('says where the edits of an old run are not known', () => {
    const { source, handling, split, holdoutFile } = finished.basis;
    const old = { ...finished, basis: { source, schema, handling, split, holdoutFile } };
    const json = describeRun(old, around);
    expect([json.edits, json.unknown['edits']]).toEqual([null, expect.stringContaining('before')]);
  });

  it('does not take rows of the source for a holdout that came in its own file', () => {
    const run = { ...finished, basis: { ...finished.basis, holdoutFile: 'holdout.csv' } };
    const json = describeRun(run, around);
    expect(json.split).toMatchObject({ holdoutRows: null, holdoutFile: 'a file of its own' });
    expect(json.unknown).toEqual({ 'split.holdoutRows': 'the holdout came in a file of its own' });
  });

  it('is JSON, with null for a loss that is not a number', () => {
    const text = writeRunJson(describeRun(finished, around));
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toMatchObject({
      format: 'understudy-run',
      training: { losses: [{ losses: { total: null } }] },
    });
  });

  it('tells why the program chose the model, and every run of the tournament it was taken from', () => {
    const advice = { model: 'tvae', purpose: null, reasons: ['a'], against: ['b'], cautions: ['c'] } as const;
    const run = { ...finished, advice, tournament: 't1', evidence: makeEvidence(0.9) };
    const json = describeRun(run, { ...around, tournament: sampleTournament('t1'), runs: [run] });
    expect(json.model.advice).toEqual(advice);
    expect(json.tournament).toMatchObject({ budgetSeconds: 60, suggested: { runId: 'r1' }, chosen: null });
    expect(json.tournament?.entries).toMatchObject([
      {
        model: 'tvae',
        runId: 'r1',
        outcome: 'judged',
        figures: { 'sdmetrics-overall': 0.9 },
        spentSeconds: 1,
      },
      { model: 'ctgan', runId: null, outcome: 'out-of-time', figures: {}, spentSeconds: null },
    ]);
  });

  it('has every field in its documentation', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../../docs/run-json.md'), 'utf8');
    for (const key of Object.keys(describeRun(finished, around))) {
      if (key !== 'format' && key !== 'version') expect(text).toMatch(new RegExp(`\`${key}[.\`]`));
    }
  });
});

describe('the figures of run.json', () => {
  it('leave out losses of a model that reports none, and seconds have three decimals', () => {
    const { basis } = finished;
    const run: RunRecord = {
      ...finished,
      losses: [{ step: 1, losses: {} }],
      basis: { ...basis, source: { ...basis.source, readMs: 442.8100000000559 } },
    };
    const json = describeRun(run, around);
    expect([json.training.losses, json.seconds.read]).toEqual([[], 0.443]);
  });
});

describe('schema.json', () => {
  it('gives bounds read off the table with the decimals of the column, declared ones as they were typed', () => {
    const of = (declared: boolean) => ({
      version: 1 as const,
      columns: [
        column('ratio', {
          type: 'continuous',
          decimals: 10,
          bounds: { min: 0, max: 0.9557373048000001, declared },
        }),
      ],
    });
    const max = (declared: boolean) =>
      describeSchema(of(declared), { schema: of(declared) }).columns[0]?.bounds?.max;
    expect([max(false), max(true)]).toEqual([0.9557373048, 0.9557373048000001]);
  });

  it('names no level and no extreme that handling hid', () => {
    const text = writeSchemaJson(schema, { schema: handled });
    for (const hidden of ['rare', 'once', 'secret', '107']) expect(text).not.toContain(hidden);
    const columns = describeSchema(schema, { schema: handled }).columns;
    expect(columns.map(({ name, included }) => [name, included])).toEqual([
      ['diagnosis', true],
      ['age', true],
      ['sparse', false],
      ['left out', false],
      ['id', true],
    ]);
    expect(columns[1]?.bounds).toEqual({ min: 18, max: 90, declared: false });
  });

  it('keeps the columns in the order of the source and can be read back', () => {
    const back = JSON.parse(writeSchemaJson(schema, { schema: handled })) as Schema;
    expect(back).toEqual(describeSchema(schema, { schema: handled }));
  });
});

describe('writeJson', () => {
  it('keeps lists of numbers on one line and leaves out what is undefined', () => {
    expect(writeJson({ a: [1, 2], b: [], c: [{ d: undefined }], e: {}, f: 'ä"' })).toBe(
      '{\n  "a": [1,2],\n  "b": [],\n  "c": [\n    {}\n  ],\n  "e": {},\n  "f": "ä\\""\n}',
    );
  });
});
