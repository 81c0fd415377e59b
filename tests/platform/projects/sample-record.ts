import type { Schema } from '../../../src/data/schema';
import type { Policy } from '../../../src/release/policy';
import type {
  Governance,
  ProjectRecord,
  Release,
  RunRecord,
  RunStatus,
  SourceNote,
  TournamentRecord,
} from '../../../src/platform/projects/types';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../../src/data/handling';

const SOURCE: SourceNote = {
  id: 's1',
  name: 'cohort.csv',
  nBytes: 28,
  nRows: 3,
  nColumns: 2,
  encoding: 'utf-8',
  readMs: 4,
};

const SCHEMA: Schema = {
  version: 1,
  columns: [
    {
      name: 'age',
      type: 'integer',
      role: 'quasi-identifier',
      reason: 'Every value is a whole number.',
      included: true,
      decimals: 0,
      bounds: { min: 18, max: 99, declared: false },
      levels: null,
      format: null,
      constant: null,
      missingToken: 'NA',
      nMissing: 1,
    },
  ],
};

/** A small project with every field filled in. */
export function sampleRecord(id = 'p1', changes: Partial<ProjectRecord> = {}): ProjectRecord {
  return {
    version: 7,
    id,
    name: 'Heart failure cohort',
    origin: 'file',
    createdAt: 1_700_000_000_000,
    updatedAt: 1_700_000_100_000,
    step: 'train',
    source: SOURCE,
    dialect: { delimiter: ';', missingTokens: ['', 'NA'] },
    schema: SCHEMA,
    edits: {
      version: 3,
      edits: [
        { of: 'dialect', value: { delimiter: ';', missingTokens: ['', 'NA'] } },
        { of: 'schema', column: 'age', set: 'role', value: 'quasi-identifier' },
        { of: 'handling', value: { k: 7 } },
      ],
      cursor: 2,
    },
    handling: DEFAULT_HANDLING,
    split: DEFAULT_SPLIT,
    wishes: {
      version: 1,
      conditions: [{ kind: 'within', column: 'age', min: 40, max: null }],
      shares: { column: 'sex', shares: [{ level: 'f', share: 1 }] },
      rules: [
        { kind: 'order', before: 'age', after: 'days', orEqual: true },
        { kind: 'combinations', columns: ['sex', 'age'], k: 5, allowed: [['f', 61]] },
      ],
    },
    runs: [sampleRun('r1', 'finished')],
    tournaments: [sampleTournament('t1')],
    currentRun: 'r1',
    governance: sampleGovernance(),
    release: sampleReleaseRecord(),
    ...changes,
  };
}

/** A locked policy of one criterion, and a log of its lock. */
function sampleGovernance(): Governance {
  const policy: Policy = {
    format: 'understudy-policy',
    version: 1,
    purpose: 'sharing',
    name: 'Ours',
    criteria: [
      {
        id: 'c1',
        measure: 'exact-copies',
        bound: 'at-most',
        threshold: { of: 'ceiling', times: 1, plus: 0.001 },
        source: 'ours',
      },
      { id: 'c2', measure: 'linkability', bound: 'at-most', threshold: 0.1, source: 'ours' },
    ],
  };
  const entry = {
    version: 1,
    index: 0,
    at: '2026-11-28T00:00:00.000Z',
    act: 'policy-locked',
    detail: { n: [1] },
  } as const;
  return { policy, lockedAt: 1_700_000_000_000, log: [{ ...entry, previous: null, hash: 'ab' }] };
}

/** Something stated, and a package that somebody rejected. */
function sampleReleaseRecord(): Release {
  const files = [{ name: 'dossier.json', nBytes: 2, sha256: 'cd' }];
  const log = { length: 1, hash: 'ab' };
  return {
    statements: { purpose: 'to teach' },
    packages: [
      {
        run: 'r1',
        builtAt: 1_700_000_000_000,
        files,
        log,
        basis: { title: 'Heart failure cohort', statements: {}, evaluatedAt: null },
        signOffs: [
          {
            statement: {
              format: 'understudy-sign-off',
              version: 1,
              role: 'reviewer',
              name: 'R. Eader',
              at: '2026-11-28T00:00:00.000Z',
              decision: 'reject',
              reason: 'too small',
              hashes: { 'dossier.json': 'cd' },
              log,
            },
            publicKey: 'AA==',
            signature: 'AA==',
          },
        ],
        releasedAt: null,
      },
    ],
  };
}

/** A tournament of two models, of which one was trained. */
export function sampleTournament(id: string): TournamentRecord {
  const entry = {
    config: {},
    forecastMs: 900,
    restMs: 300,
    shareMs: 2000,
    reason: 'It took 1 s.',
    spentMs: 1000,
  };
  return {
    id,
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_090_000,
    budgetMs: 60_000,
    spentMs: 2000,
    seed: 7,
    backend: 'auto',
    entries: [
      { ...entry, model: 'tvae', runId: 'r1', outcome: 'judged' },
      { ...entry, model: 'ctgan', runId: null, outcome: 'out-of-time', shareMs: null, spentMs: null },
    ],
    suggestion: { runId: 'r1', why: 'It is the only one.' },
    chosen: null,
  };
}

export function sampleRun(id: string, status: RunStatus): RunRecord {
  return {
    id,
    model: 'tvae',
    advice: {
      model: 'tvae',
      purpose: 'analytics',
      reasons: ['Two records of train.'],
      against: ['CTGAN: slower.'],
      cautions: [],
    },
    tournament: 't1',
    config: { epochs: 300, layers: [128, 128] },
    seed: 7,
    backend: 'auto',
    status,
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_090_000,
    losses: [{ step: 10, losses: { reconstruction: 3.5, kl: NaN } }],
    scores: [{ step: 10, oneWay: 0.9, twoWay: 0.8, score: 0.85, best: true }],
    overlay: [
      {
        column: 'age',
        labels: ['18–58', '58–99'],
        train: [0.5, 0.25],
        synthetic: [0.4, 0.4],
        trainMissing: 0.25,
        syntheticMissing: 0.2,
      },
    ],
    timings: [{ backend: 'wasm', available: true, msPerStep: 20, reason: 'The faster of two.' }],
    step: 10,
    nSteps: 10,
    result: {
      backend: 'wasm',
      timings: [],
      stopReason: 'All epochs are done.',
      epochs: 300,
      steps: 10,
      encodeMs: 5,
      trainMs: 200,
      config: { epochs: 300 },
      memorisationControls: ['early stop'],
    },
    handlingLog: [{ column: 'age', action: 'capped', nRows: 2, nItems: 2, note: 'Both ends were capped.' }],
    nTrain: 2,
    nHoldout: 1,
    identifiers: [],
    basis: {
      source: SOURCE,
      schema: SCHEMA,
      handling: DEFAULT_HANDLING,
      split: DEFAULT_SPLIT,
      holdoutFile: null,
    },
    stages: { prepareMs: 3, sampleMs: null, evaluateMs: null },
    evidence: { measures: [], skipped: [{ id: 'quality', reason: 'Too few rows.' }] },
    look: { measures: [], skipped: [] },
    synthetic: { nRows: 2, seed: 3, nBytes: 12 },
    failure: null,
  };
}
