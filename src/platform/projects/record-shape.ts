import { isGeneralisations } from '../../data/identifiers/generalise/check-generalisations';
import type { DialectChoice, Encoding } from '../../api/ingest';
import type { ModelAdvice, Purpose, TrainResult } from '../../api/synthesize';
import { findEditProblems, findHistoryProblems } from '../../data/edits/check-edits';
import { isDirectList } from '../../data/identifiers/direct-identifiers';
import type { Handling, HandlingEntry, SplitChoice } from '../../data/handling';
import type { ThousandsMark } from '../../data/number-text';
import { findWishesProblems } from '../../data/wishes/wishes-shape';
import type { Evidence, RowSample, RowsUsed } from '../../measure/measure';
import type { BackendTiming, ColumnOverlay, StopScore } from '../../models/synthesizer';
import { governance } from './governance-shape';
import { backend, model } from './model-shapes';
import { release } from './release-shape';
import { schema } from './schema-shape';
import {
  anything,
  count,
  fields,
  flag,
  listOf,
  nullable,
  number,
  oneOf,
  optional,
  text,
  valuesOf,
} from './shape';
import type {
  EntryOutcome,
  JourneyStep,
  KeptFile,
  LossPoint,
  ProjectOrigin,
  ProjectRecord,
  RunBasis,
  RunRecord,
  RunStatus,
  SourceNote,
  StageTimes,
  TournamentEntry,
  TournamentRecord,
} from './types';

const encoding = oneOf<Encoding>({
  'utf-8': true,
  'utf-16le': true,
  'utf-16be': true,
  'windows-1252': true,
  'windows-1250': true,
  'windows-1251': true,
  'windows-1253': true,
  'windows-1254': true,
  'windows-1255': true,
  'windows-1256': true,
  'windows-1257': true,
  'iso-8859-2': true,
  'iso-8859-15': true,
  'koi8-r': true,
  macintosh: true,
  shift_jis: true,
  'euc-jp': true,
  gb18030: true,
  big5: true,
  'euc-kr': true,
});

const origin = oneOf<ProjectOrigin>({ file: true, paste: true, sample: true, demo: true });

const step = oneOf<JourneyStep>({
  data: true,
  schema: true,
  train: true,
  synthetic: true,
  evidence: true,
  export: true,
  release: true,
});

const source = fields<SourceNote>({
  id: text,
  name: text,
  nBytes: count,
  nRows: count,
  nColumns: count,
  encoding,
  readMs: number,
  suggestedGroup: optional(nullable(text)),
});

const dialect = fields<DialectChoice>({
  part: optional(text),
  encoding: optional(encoding),
  delimiter: optional(text),
  quote: optional(nullable(oneOf<'"' | "'">({ '"': true, "'": true }))),
  escape: optional(oneOf<'double' | 'backslash'>({ double: true, backslash: true })),
  skippedRows: optional(count),
  everyNthRow: optional(count),
  header: optional(flag),
  comment: optional(nullable(text)),
  thousandsMark: optional(
    oneOf<ThousandsMark>({
      '': true,
      ',': true,
      '.': true,
      "'": true,
      ' ': true,
      '\u00a0': true,
      '\u202f': true,
    }),
  ),
  decimalMark: optional(oneOf<'.' | ','>({ '.': true, ',': true })),
  missingTokens: optional(listOf(text)),
  generalise: optional((value, path) =>
    isGeneralisations(value) ? [] : [`${path} is not a list of coarsenings`],
  ),
});

const handling = fields<Handling>({
  k: number,
  poolRareLevels: flag,
  pooledAs: oneOf<Handling['pooledAs']>({ redistribute: true, label: true, 'by-share': true }),
  pooledLabel: text,
  capExtremes: flag,
});

const split = fields<SplitChoice>({
  fraction: number,
  seed: number,
  stratifyBy: nullable(text),
  groupBy: nullable(text),
});

const basis = fields<RunBasis>({
  source,
  schema,
  handling,
  split,
  holdoutFile: nullable(text),
  dialect: optional(dialect),
  edits: optional(findEditProblems),
});

const stages = fields<StageTimes>({
  prepareMs: nullable(number),
  sampleMs: nullable(number),
  evaluateMs: nullable(number),
});

const handlingEntry = fields<HandlingEntry>({
  column: text,
  action: oneOf<HandlingEntry['action']>({
    generalised: true,
    pooled: true,
    capped: true,
    dropped: true,
    regenerated: true,
    repeated: true,
  }),
  nRows: count,
  nItems: count,
  note: text,
});

const score = fields<StopScore>({ step: count, oneWay: number, twoWay: number, score: number, best: flag });

const overlay = fields<ColumnOverlay>({
  column: text,
  labels: listOf(text),
  train: listOf(number),
  synthetic: listOf(number),
  trainMissing: number,
  syntheticMissing: number,
  holdout: optional(
    fields<NonNullable<ColumnOverlay['holdout']>>({ shares: listOf(number), missing: number }),
  ),
});

const timing = fields<BackendTiming>({
  backend: oneOf<BackendTiming['backend']>({ webgpu: true, wasm: true, cpu: true }),
  available: flag,
  msPerStep: nullable(number),
  reason: text,
});

const result = fields<Omit<TrainResult, 'state'>>({
  backend: text,
  timings: listOf(timing),
  stopReason: text,
  epochs: number,
  steps: number,
  encodeMs: number,
  trainMs: number,
  config: valuesOf(anything),
  memorisationControls: listOf(text),
});

const rowsUsed = fields<RowsUsed>({ nRows: count, nUsed: count });

const rowSample = fields<RowSample>({
  train: rowsUsed,
  holdout: nullable(rowsUsed),
  synthetic: rowsUsed,
  seed: number,
  sentence: text,
});

const evidence = fields<Evidence>({
  measures: listOf(valuesOf(anything)),
  skipped: listOf(valuesOf(text)),
  sample: optional(rowSample),
});

const advice = fields<ModelAdvice>({
  model,
  purpose: nullable(
    oneOf<Purpose>({
      testing: true,
      analytics: true,
      'model-training': true,
      sharing: true,
      'public-release': true,
    }),
  ),
  reasons: listOf(text),
  against: listOf(text),
  cautions: listOf(text),
});

const run = fields<RunRecord>({
  id: text,
  model,
  advice: nullable(advice),
  tournament: nullable(text),
  config: valuesOf(anything),
  seed: number,
  backend,
  status: oneOf<RunStatus>({
    training: true,
    paused: true,
    interrupted: true,
    finished: true,
    cancelled: true,
    failed: true,
  }),
  startedAt: number,
  endedAt: nullable(number),
  losses: listOf(fields<LossPoint>({ step: count, losses: valuesOf(number) })),
  scores: listOf(score),
  overlay: listOf(overlay),
  timings: listOf(timing),
  step: number,
  nSteps: number,
  result: nullable(result),
  handlingLog: listOf(handlingEntry),
  nTrain: count,
  nHoldout: count,
  basis,
  identifiers: optional((value, path) =>
    isDirectList(value) ? [] : [`${path} is not a list of identifiers`],
  ),
  stages,
  evidence: nullable(evidence),
  look: nullable(evidence),
  synthetic: nullable(
    fields<KeptFile>({
      nRows: count,
      seed: number,
      nBytes: count,
      encoding: optional(encoding),
      notes: optional(listOf(text)),
    }),
  ),
  drawing: optional(flag),
  failure: nullable(valuesOf(text)),
});

const tournament = fields<TournamentRecord>({
  id: text,
  startedAt: number,
  endedAt: nullable(number),
  budgetMs: number,
  spentMs: number,
  seed: number,
  backend,
  entries: listOf(
    fields<TournamentEntry>({
      model,
      config: valuesOf(anything),
      forecastMs: nullable(number),
      restMs: nullable(number),
      shareMs: nullable(number),
      runId: nullable(text),
      outcome: oneOf<EntryOutcome>({
        waiting: true,
        running: true,
        judged: true,
        skipped: true,
        cancelled: true,
        failed: true,
        'out-of-time': true,
        interrupted: true,
      }),
      reason: text,
      spentMs: nullable(number),
    }),
  ),
  suggestion: nullable(fields<NonNullable<TournamentRecord['suggestion']>>({ runId: text, why: text })),
  advised: optional(model),
  chosen: nullable(text),
});

/** A project record of the present version. */
export const recordShape = fields<ProjectRecord>({
  version: count,
  id: text,
  name: text,
  origin,
  createdAt: number,
  updatedAt: number,
  step,
  source: nullable(source),
  dialect,
  schema: nullable(schema),
  edits: nullable(findHistoryProblems),
  handling,
  split,
  wishes: nullable(findWishesProblems),
  runs: listOf(run),
  tournaments: listOf(tournament),
  currentRun: nullable(text),
  governance,
  release,
});
