import { makeIdentifierAccount, type IdentifierAccount } from '../../data/identifiers/direct-identifiers';
import type { IdentifierAnswer } from '../../data/identifiers/answers';
import { makeEditsFile, type EditsFile } from '../../data/edits/edits-file';
import { describeHandlingControls } from '../../data/handling-controls';
import { findCountedKey } from '../../data/row-groups';
import type { Encoding, OutputFormat, Prepared } from '../../api/ingest';
import { MAX_DECIMALS } from '../../data/number-text';
import { isModelled, type ColumnSchema, type Schema } from '../../data/schema';
import type { Evaluation } from '../../measure/evaluate';
import type { GrantedWishes } from '../../data/wishes/wishes-account';
import { tellUse } from '../../release/tell-use';
import { OWN_FILE } from '../../release/withhold';
import type { RunAccount } from '../../release/run-account';
import type { BackendTiming, ModelConfig, StopScore } from '../../models/synthesizer';
import type { HandlingEntry, Handling } from '../../data/handling';
import type { BackendChoice, ModelAdvice } from '../../api/synthesize';
import type {
  LossPoint,
  RunRecord,
  RunStatus,
  SourceNote,
  TournamentRecord,
} from '../../platform/projects/types';
import { statePrivacy } from './evaluation-account';
import type { ReleaseAccount } from './governance.svelte';
import type { ToldEvidence } from './results-shown';
import { describeTournament, type TournamentAccount } from './tournament-account';
import { writeJson } from './write-json';
import { writeMoment } from './write-moment';

/** Version of the layout of run.json; docs/run-json.md describes it. */
export const RUN_JSON_VERSION = 1;

/** Said where records are looked at and taken out: what the measures of this version do not see. */
export const RELATIONS_UNCHECKED =
  'Rules across columns, such as a discharge after its admission or a code with its own description, have not been checked: a model keeps them only as far as it learned them.';

/** A synthetic file as an account names it. */
export interface OutputAccount {
  readonly format: OutputFormat;
  readonly nRows: number;
  readonly seed: number;
  readonly nBytes: number;
  readonly encoding: Encoding;
  /** What could not be written as in the source. */
  readonly notes: readonly string[];
  /** What the records were drawn to meet, and how often that was met; null where they are as the model has them. */
  readonly wishes: GrantedWishes | null;
}

/** Said at the head of an account that may be read without the records. */
const NONE_REAL =
  'The records that this run drew are synthetic: none of them stands for a person of the source.';

/** Things around a run that it does not hold itself. */
export interface RunSurroundings {
  /** What the source is called: the title of the project, since names of files may name somebody. */
  readonly title: string;
  readonly build: { readonly version: string; readonly tfjs: string; readonly hash: string };
  /** The browser as it names itself. */
  readonly browser: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  /** Train and holdout as the run had them; null, with the reason, when they cannot be cut again. */
  readonly prepared: Pick<Prepared, 'holdoutRows'> | null;
  readonly whyNotPrepared: string | null;
  /** The synthetic file this account goes with. */
  readonly output: OutputAccount | null;
  /** How the run stands to the purpose that was chosen; null where none was. */
  readonly release: ReleaseAccount | null;
  /** What a person said to be no identifier, whenever it was said. */
  readonly answers: readonly IdentifierAnswer[];
  /** What the attacks of the evidence step found; null where they were not run. */
  readonly evaluation: Evaluation | null;
  /** Where the run is one of several: the tournament, and all runs of the project. */
  readonly tournament: TournamentRecord | null;
  readonly runs: readonly RunRecord[];
}

/** The account of one run, as run.json holds it. Null where something is not known; `unknown` then says why. */
export interface RunJson {
  readonly format: 'understudy-run';
  readonly version: typeof RUN_JSON_VERSION;
  readonly statement: string;
  readonly program: {
    readonly name: 'Understudy';
    readonly version: string;
    /** Version of TensorFlow.js. */
    readonly tfjs: string;
    readonly buildHash: string;
  };
  readonly browser: string;
  readonly writtenAt: string;
  readonly run: {
    readonly id: string;
    readonly status: RunStatus;
    readonly startedAt: string;
    readonly endedAt: string | null;
  };
  readonly source: Omit<SourceNote, 'id' | 'readMs'>;
  readonly split: {
    readonly fraction: number;
    readonly seed: number;
    readonly stratifyBy: string | null;
    readonly groupBy: string | null;
    readonly holdoutFile: string | null;
    readonly nTrain: number;
    readonly nHoldout: number;
    /** Rows of the source, counted from 0 after the header, ascending. */
    readonly holdoutRows: readonly number[] | null;
  };
  readonly handling: { readonly choices: Handling; readonly log: readonly HandlingEntry[] };
  /** What a person changed between the file and training, as a file of edits holds it (docs/edits.md). */
  readonly edits: EditsFile | null;
  /** Columns that may hold direct identifiers, and which of them a person said to hold none; null where that is not known. */
  readonly identifiers: IdentifierAccount | null;
  readonly model: {
    readonly id: string;
    readonly seed: number;
    readonly settings: ModelConfig | null;
    readonly changed: ModelConfig;
    /** Why the model was chosen, where the program chose it; null where a person did. */
    readonly advice: ModelAdvice | null;
  };
  /** The tournament the run was taken from, with all runs beside it; null for a run of its own. */
  readonly tournament: TournamentAccount | null;
  readonly backend: {
    readonly asked: BackendChoice;
    readonly used: string | null;
    readonly timings: readonly BackendTiming[];
  };
  readonly training: {
    readonly epochs: number | null;
    readonly steps: number | null;
    readonly stopReason: string | null;
    readonly losses: readonly LossPoint[];
    readonly scores: readonly StopScore[];
  };
  readonly memorisationControls: readonly string[] | null;
  readonly seconds: Readonly<
    Record<'read' | 'prepare' | 'encode' | 'train' | 'sample' | 'evaluate', number | null>
  >;
  readonly output: RunSurroundings['output'];
  readonly evidence: ToldEvidence | null;
  /** What the records may be used for, in one sentence. */
  readonly use: string;
  /** How it stands to the purpose that was chosen: criteria, findings, what is in the way, and overrides; null where none was. */
  readonly release: ReleaseAccount | null;
  /** Path of each null above that stands for something not known → why. */
  readonly unknown: Readonly<Record<string, string>>;
}

/** The account of a run, every figure that of the run itself. */
export function describeRun(run: RunRecord, around: RunSurroundings): RunJson {
  const { result, basis } = run;
  const { nBytes, nRows, nColumns, encoding, readMs } = basis.source;
  return {
    format: 'understudy-run',
    version: RUN_JSON_VERSION,
    statement: `${NONE_REAL} ${statePrivacy(around.evaluation)}`,
    program: {
      name: 'Understudy',
      version: around.build.version,
      tfjs: around.build.tfjs,
      buildHash: around.build.hash,
    },
    browser: around.browser,
    writtenAt: writeMoment(around.writtenAt),
    run: {
      id: run.id,
      status: run.status,
      startedAt: writeMoment(run.startedAt),
      endedAt: run.endedAt === null ? null : writeMoment(run.endedAt),
    },
    source: { name: around.title, nBytes, nRows, nColumns, encoding },
    split: describeSplit(run, around),
    handling: { choices: basis.handling, log: run.handlingLog },
    edits: basis.edits === undefined ? null : makeEditsFile(basis.edits),
    identifiers:
      run.identifiers === undefined ? null : makeIdentifierAccount(run.identifiers, around.answers),
    model: {
      id: run.model,
      seed: run.seed,
      settings: result?.config ?? null,
      changed: run.config,
      advice: run.advice,
    },
    tournament: around.tournament && describeTournament(around.tournament, around.runs),
    backend: { asked: run.backend, used: result?.backend ?? null, timings: run.timings },
    training: {
      epochs: result?.epochs ?? null,
      steps: result?.steps ?? null,
      stopReason: result?.stopReason ?? null,
      losses: run.losses.filter(({ losses }) => Object.keys(losses).length > 0),
      scores: run.scores,
    },
    memorisationControls: listControls(run),
    seconds: {
      read: seconds(readMs),
      prepare: seconds(run.stages.prepareMs),
      encode: seconds(result?.encodeMs),
      train: seconds(result?.trainMs),
      sample: seconds(run.stages.sampleMs),
      evaluate: seconds(run.stages.evaluateMs),
    },
    output: around.output,
    evidence: run.evidence,
    use: tellUse(around.release),
    release: around.release,
    unknown: listUnknown(run, around),
  };
}

/** Controls against memorisation that were in force, those of the handling first; null while the run is unfinished. */
export function listControls({ basis, result }: RunRecord): readonly string[] | null {
  return (
    result && [
      ...describeHandlingControls(basis.handling, findCountedKey(basis.schema, basis.split)),
      ...result.memorisationControls,
    ]
  );
}

/** run.json as text, ending with a line break. */
export function writeRunJson(account: RunAccount): string {
  return `${writeJson(account)}\n`;
}

function describeSplit(run: RunRecord, around: RunSurroundings): RunJson['split'] {
  const { split, holdoutFile } = run.basis;
  return {
    ...split,
    holdoutFile: holdoutFile === null ? null : OWN_FILE,
    nTrain: run.nTrain,
    nHoldout: run.nHoldout,
    holdoutRows:
      around.prepared === null || holdoutFile !== null ? null : Array.from(around.prepared.holdoutRows),
  };
}

function listUnknown(run: RunRecord, around: RunSurroundings): RunJson['unknown'] {
  const unfinished = `the run is ${run.status}`;
  const unjudged = 'the synthetic records have not been judged yet';
  const { holdoutFile } = run.basis;
  const reasons: (readonly [string, string | null])[] = [
    ['split.holdoutRows', holdoutFile === null ? null : 'the holdout came in a file of its own'],
    [
      'split.holdoutRows',
      around.prepared === null ? (around.whyNotPrepared ?? 'train was not cut again') : null,
    ],
    ['edits', run.basis.edits === undefined ? BEFORE_KEPT : null],
    ['identifiers', run.identifiers === undefined ? BEFORE_KEPT : null],
    ...['model.settings', 'backend.used', 'training.epochs', 'training.steps', 'training.stopReason'].map(
      (path) => [path, run.result === null ? unfinished : null] as const,
    ),
    ...['memorisationControls', 'seconds.encode', 'seconds.train'].map(
      (path) => [path, run.result === null ? unfinished : null] as const,
    ),
    ['seconds.prepare', run.stages.prepareMs === null ? 'not timed' : null],
    ['seconds.sample', run.stages.sampleMs === null ? 'no synthetic file has been kept yet' : null],
    ['seconds.evaluate', run.stages.evaluateMs === null ? unjudged : null],
    ['evidence', run.evidence === null ? unjudged : null],
    ['output', around.output === null ? 'no synthetic file has been written yet' : null],
  ];
  return Object.fromEntries(reasons.filter((entry): entry is readonly [string, string] => entry[1] !== null));
}

const BEFORE_KEPT = 'the run is from before they were kept with it';

function seconds(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Math.round(ms) / 1000;
}

/**
 * The schema a run was trained under, safe to hand out beside the records: modelled columns with the levels and bounds
 * that handling left, so that it names no level and no extreme that was pooled or capped. Modelled columns that handling
 * dropped are marked as not included; columns that are not learnt from carry neither levels nor bounds.
 */
export function describeSchema(schema: Schema, prepared: Pick<Prepared, 'schema'>): Schema {
  const handled = new Map(prepared.schema.columns.map((column) => [column.name, column]));
  const columns = schema.columns.map((column) => {
    const bare = { ...column, levels: null, bounds: null };
    return isModelled(column) ? (handled.get(column.name) ?? { ...bare, included: false }) : bare;
  });
  return { version: schema.version, columns: columns.map(roundBounds) };
}

/** Bounds read off the table, with the decimals of the column; those that a person declared stand as they were typed. */
function roundBounds(column: ColumnSchema): ColumnSchema {
  const { bounds, decimals } = column;
  if (bounds === null || bounds.declared || decimals === null || decimals > MAX_DECIMALS) return column;
  const round = (value: number): number => Number(value.toFixed(decimals));
  return { ...column, bounds: { ...bounds, min: round(bounds.min), max: round(bounds.max) } };
}

/** schema.json as text, ending with a line break; with marks where a refusal was set aside. */
export function writeSchemaJson(
  schema: Schema,
  prepared: Pick<Prepared, 'schema'>,
  marks: readonly string[] = [],
): string {
  const described = describeSchema(schema, prepared);
  return `${writeJson(marks.length === 0 ? described : { ...described, marks })}\n`;
}
