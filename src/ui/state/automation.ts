import type { OutputFormat } from '../../api/ingest';
import type { BackendChoice, ModelAdvice, Purpose } from '../../api/synthesize';
import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { SplitChoice } from '../../data/handling';
import { readWishesFile } from '../../data/wishes/check-wishes';
import { learnCombinations } from '../../data/wishes/learn-combinations';
import type { Wishes } from '../../data/wishes/wishes';
import type { ModelConfig, ModelId } from '../../models/synthesizer';
import type { Family } from '../../measure/measure';
import type { RunRecord } from '../../platform/projects/types';
import { commitmentHmac } from '../../platform/signing';
import { titleMeasure } from '../../release/measure-titles';
import type { AppState } from './app.svelte';
import { judgeFiles, type JudgeRequest } from './automation-judge';
import { packRun, takeStatements, type PackageRequest } from './automation-package';
import {
  describeMeasuring,
  readSchema,
  STAGE_EVERY_MS,
  type AutomationPlace,
  type AutomationStage,
} from './automation-shared';
import { Delivery } from './delivery.svelte';
import { groundOf } from './grant-wishes';
import { readPolicyFile } from './policy-file';
import type { Journey } from './journey.svelte';
import { matchNames } from './schema-names';

/** One run from a file to synthetic records, as the command line asks for it. */
export interface AutomationRequest {
  readonly input: File;
  /** Share of the rows to hold out (0–0.5), or a file with the holdout; where left out that of the edits, or 0.2. */
  readonly holdout?: number | File;
  /** `auto` takes the one that suits the table; the reasons are in run.json. */
  readonly model?: ModelId | 'auto';
  /** What the records are for; counts where the model is `auto`. */
  readonly purpose?: Purpose;
  /** Settings that differ from the model's defaults, e.g. `{ epochs: 50 }`. */
  readonly config?: ModelConfig;
  /** Rows to write; as many as train where left out. */
  readonly rows?: number;
  /** Seeds split, training and drawing; 1 where left out, and for the split that of the edits. */
  readonly seed?: number;
  /** Text of a schema.json to use in place of the inferred one. */
  readonly schema?: string;
  /** Text of a file of edits, or of a run.json that has them, to replay on the input. */
  readonly edits?: string;
  readonly backend?: BackendChoice;
  /** Text of a file of wishes, or of a run.json that has some, for the records that are written. */
  readonly wishes?: string;
  /** Format of the records; CSV as in the source where left out. */
  readonly format?: OutputFormat;
  /** Text of a file of criteria, locked before training; run.json then tells what they come to. */
  readonly policy?: string;
  /** Asks for an unsigned package. */
  readonly package?: PackageRequest;
  /** Families of measures for evaluation.json; none where left out. */
  readonly families?: readonly Family[];
  /** Column that models are taught to predict; chosen by its measure where left out. */
  readonly target?: string;
}

export interface AutomationFiles {
  readonly records: Blob;
  readonly schemaJson: string;
  readonly runJson: string;
  readonly dictionaryCsv: string;
  readonly dictionaryMarkdown: string;
  /** What the page would have shown of the input as noticed while reading, a sentence each. */
  readonly noticed: readonly string[];
  /** Null where no family was asked for. */
  readonly evaluationJson: string | null;
  /** Null where none was asked for. */
  readonly package: Blob | null;
}

export type AutomationResult = Outcome<AutomationFiles>;

export interface Automation {
  run(request: AutomationRequest, onStage?: (stage: AutomationStage) => void): Promise<AutomationResult>;
  /** Judges files that were made elsewhere; answers evaluation.json. */
  evaluate(request: JudgeRequest, onStage?: (stage: AutomationStage) => void): Promise<Outcome<string>>;
  /** What the page calls a measure. */
  titleMeasure(id: string): string;
}

declare global {
  /** The way in for `npm run synthesize`; it drives the same state as the page's buttons. */
  var understudy: Automation | undefined;
}

/** Offers the page's own work to a script that drives this browser; it can do nothing that a person cannot. */
export function installAutomation(app: AppState, place: AutomationPlace): void {
  globalThis.understudy = {
    run: (request, onStage) => {
      app.takeAllCores();
      return runAll(app, place, request, onStage);
    },
    evaluate: (request, onStage) => {
      app.takeAllCores();
      return judgeFiles(app, place, request, onStage);
    },
    titleMeasure,
  };
}

async function runAll(
  app: AppState,
  place: AutomationPlace,
  request: AutomationRequest,
  onStage: (stage: AutomationStage) => void = () => undefined,
): Promise<AutomationResult> {
  if (!place.mayOpenRecords)
    return fail('not-locked', 'The page is not locked, so it opens no records but the sample cohort.');
  const created = await app.create(null, 'file');
  if (!created.ok) return created;
  const journey = created.value;
  const timer = setInterval(() => {
    onStage(describeStage(journey));
  }, STAGE_EVERY_MS);
  try {
    const prepared = await prepareProject(journey, request);
    if (!prepared.ok) return prepared;
    const criteria = await takeCriteria(journey, request);
    if (!criteria.ok) return criteria;
    const stated = takeStatements(journey.release, request.package);
    if (!stated.ok) return stated;
    const wishes = await readWishes(journey, request);
    if (!wishes.ok) return wishes;
    const trained = await train(journey, request);
    if (!trained.ok) return trained;
    const judged = await judge(journey, trained.value, request);
    if (!judged.ok) return judged;
    const ground = {
      journey,
      delivery: new Delivery(journey, { ...place, isUnattended: true }),
      openHmac: () => commitmentHmac(place.scope),
    };
    const packed = await packRun(ground, trained.value, request.package);
    if (!packed.ok) return packed;
    const delivered = await deliver(ground.delivery, trained.value, request, wishes.value);
    const noticed = journey.source.opened?.notices.map(({ message }) => message) ?? [];
    return delivered.ok ? succeed({ ...delivered.value, noticed, package: packed.value }) : delivered;
  } finally {
    clearInterval(timer);
  }
}

/** Reads the source and puts schema and holdout in place. */
async function prepareProject(journey: Journey, request: AutomationRequest): Promise<Outcome<null>> {
  const taken = await journey.source.take(request.input, request.input.name, 'file');
  if (!taken.ok) return taken;
  const { editing, source } = journey;
  if (request.edits !== undefined) {
    const replayed = await replayAll(journey, request.edits);
    if (!replayed.ok) return replayed;
  }
  if (request.schema !== undefined) {
    const read = readSchema(request.schema);
    const schema = read.ok ? matchNames(read.value, source.opened?.headers ?? []) : read;
    const edits = schema.ok ? await source.findEdits(schema.value) : schema;
    const adopted = edits.ok ? await editing.apply(edits.value) : edits;
    if (!adopted.ok) return adopted;
  }
  const split = chooseSplit(request);
  if (Object.keys(split).length > 0) {
    const cut = await editing.edit({ of: 'split', value: split });
    if (!cut.ok) return cut;
  }
  const { holdout } = request;
  return holdout instanceof File ? source.holdOut(holdout, holdout.name) : succeed(null);
}

/** Nobody looks on, so edits that this table does not admit are a mistake and not something to point out. */
async function replayAll({ editing }: Journey, text: string): Promise<Outcome<null>> {
  const applied = await editing.applyText(text);
  if (!applied.ok) return applied;
  const idle = editing.inForce.flatMap((edit, i) =>
    editing.idle[i] === null ? [] : [edit.of === 'schema' ? `“${edit.column}”` : 'the holdout'],
  );
  if (idle.length === 0) return applied;
  const names = [...new Set(idle)].join(', ');
  return fail('schema-invalid', `The table does not admit the edits of ${names}. Take them out of the file.`);
}

function chooseSplit({ holdout, seed }: AutomationRequest): Partial<SplitChoice> {
  const fraction = holdout instanceof File ? 0 : holdout;
  return { ...(fraction === undefined ? {} : { fraction }), ...(seed === undefined ? {} : { seed }) };
}

/** Wishes are read, and combinations learnt, before training, so that a mistake in them costs no training. */
async function readWishes(
  { source, record }: Journey,
  { wishes }: AutomationRequest,
): Promise<Outcome<Wishes | null>> {
  if (wishes === undefined) return succeed(null);
  const prepared = await source.prepare();
  if (!prepared.ok) return prepared;
  const read = readWishesFile(wishes, prepared.value.schema);
  return read.ok ? learnCombinations(read.value, groundOf(prepared.value, record.handling)) : read;
}

async function train(journey: Journey, request: AutomationRequest): Promise<Outcome<RunRecord>> {
  const { config = {}, seed = 1, backend = 'auto' } = request;
  const advice = await advise(journey, request);
  if (!advice.ok) return advice;
  const model = advice.value?.model ?? (request.model === 'auto' ? undefined : request.model) ?? 'tvae';
  await journey.trainAndJudge({ model, config, seed, backend }, advice.value);
  const run = journey.finishedRun;
  const failure: Failure | null = journey.training.failure ?? journey.output.failure;
  if (failure !== null) return { ok: false, failure };
  return run?.synthetic ? succeed(run) : fail('cancelled', 'The run was cancelled.');
}

/** The model to take and why; null where one was named. */
async function advise(
  { training: { advisor } }: Journey,
  { model, purpose }: AutomationRequest,
): Promise<Outcome<ModelAdvice | null>> {
  if (model !== 'auto') return succeed(null);
  advisor.said = purpose ?? null;
  return advisor.ask();
}

/** Criteria are read before training, so that a mistake in them costs none. */
async function takeCriteria({ governance }: Journey, { policy }: AutomationRequest): Promise<Outcome<null>> {
  if (policy === undefined) return succeed(null);
  const read = readPolicyFile(policy);
  const set = read.ok ? await governance.setPolicy(read.value, '', 'file') : read;
  if (set.ok) await governance.lock();
  return set;
}

/** Computes the evidence that was asked for; criteria are locked only where some were given. */
async function judge(
  journey: Journey,
  run: RunRecord,
  { families = [], target, policy }: AutomationRequest,
): Promise<Outcome<unknown>> {
  if (families.length === 0) return succeed(null);
  const choice = { families, target: target ?? null };
  return policy === undefined ? journey.evaluation.evaluate(run, choice) : journey.evaluate(run, choice);
}

async function deliver(
  delivery: Delivery,
  run: RunRecord,
  request: AutomationRequest,
  wishes: Wishes | null,
): Promise<Outcome<Omit<AutomationFiles, 'package' | 'noticed'>>> {
  const { rows: nRows = run.nTrain, format = 'csv' } = request;
  const made = await delivery.makeRecords(run, { nRows, seed: run.seed, format, wishes });
  if (!made.ok) return made;
  const schemaJson = await delivery.makeSchemaJson(run);
  if (!schemaJson.ok) return schemaJson;
  const dictionary = await delivery.makeDictionary(run);
  if (!dictionary.ok) return dictionary;
  return succeed({
    records: made.value.blob,
    schemaJson: schemaJson.value,
    runJson: await delivery.makeRunJson(run, made.value.written),
    dictionaryCsv: dictionary.value.csv,
    dictionaryMarkdown: dictionary.value.markdown,
    evaluationJson: delivery.makeEvaluationJson(run),
  });
}

function describeStage({ source, training, output, evaluation }: Journey): AutomationStage {
  if (source.status === 'reading') {
    const { bytesRead: nDone, bytesTotal: nTotal } = source.progress ?? { bytesRead: null, bytesTotal: null };
    return { stage: 'read', note: 'Reading', nDone, nTotal };
  }
  if (training.busy) {
    const { step: nDone, nSteps: nTotal } = training.progress ?? { step: null, nSteps: null };
    return { stage: 'train', note: training.note, nDone, nTotal };
  }
  if (evaluation.status === 'measuring') return describeMeasuring(evaluation.news);
  const stages = { sampling: 'sample', writing: 'write', evaluating: 'evaluate' } as const;
  const stage = output.busy ? stages[output.status as keyof typeof stages] : 'prepare';
  const counts = output.busy && output.nRows > 0;
  return {
    stage,
    note: stage,
    nDone: counts ? output.nDone : null,
    nTotal: counts ? output.nRows : null,
  };
}
