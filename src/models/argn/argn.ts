import { FailureError } from '../../data/failure';
import type { Rng } from '../../math/rng';
import { awaitTurn, checkTrainingInput } from '../copula-settings';
import type { NetKernel } from '../kernels/net-kernel';
import { openKernel } from '../kernels/open-kernel';
import type {
  ModelConfig,
  ModelState,
  Synthesizer,
  TrainedModel,
  TrainingInput,
  TrainingRun,
} from '../synthesizer';
import { LEAST_BOOSTED_ROWS } from '../trees/boost-settings';
import { canBoost, fitBoostedTarget, type Learnt } from './boosted-target';
import { fitFeature } from '../trees/features';
import { fitClasses, type ColumnClasses } from './column-classes';
import { layInput } from './column-input';
import { drawRows, openArgn, type ArgnState } from './draw-rows';
import type { NetsDevice } from './nets-device';
import { pairColumns } from './pair-columns';
import { planParents } from './parents';
import { isReadable, VERSION } from './nets-so-far';
import { scoreRows } from './score-rows';
import {
  ARGN_DEFAULTS,
  chooseDecay,
  chooseSize,
  countRounds,
  readArgnSettings,
  type ArgnSettings,
} from './settings';
import { trainNets, type ColumnTask } from './train-nets';
import { trainNet } from './train-net';

/**
 * Autoregressive nets: each column from a small net of its own over the columns before it, over classes that many rows
 * share (Tiwald et al. 2025, "TabularARGN"); a target of few levels from boosted trees over values. The nets share nothing,
 * so that a row's path through one tells nothing to the others, and each can be learnt on a thread of its own. Measured
 * recipe: docs/argn.md.
 */
export const argn: Synthesizer = createArgn(null);

/**
 * @param device what learns the nets side by side where it is faster; null = they are learnt one by one on threads. The model
 *   is the same but for rounding.
 */
export function createArgn(device: NetsDevice | null): Synthesizer {
  return {
    id: 'argn',
    defaults: ARGN_DEFAULTS,
    train: (input, config, rng, run) => train(device, { input, config, rng }, run),
    fitPart,
    restore,
  };
}

interface Lesson {
  readonly input: TrainingInput;
  readonly config: ModelConfig;
  readonly rng: Rng;
}

async function train(
  device: NetsDevice | null,
  { input, config, rng }: Lesson,
  run: TrainingRun,
): Promise<TrainedModel> {
  const settings = readArgnSettings(config);
  checkTrainingInput(input, settings.k);
  run.emit({ kind: 'phase', phase: 'encode', note: 'Finding values that many rows share' });
  await awaitTurn(run);
  const laid = layOut(input, settings);
  const tasks = listTasks(input, settings, laid, rng);
  run.emit({ kind: 'phase', phase: 'train', note: 'Teaching a net for each column' });
  const kernel = openKernel();
  const lessons = { tasks, nRows: input.table.nRows, stream: rng.save() };
  const nets = await trainNets({ kernel, device }, lessons, run);
  run.emit({ kind: 'phase', phase: 'finish', note: 'Ready to sample' });
  return openModel(gather(input, laid, nets), kernel);
}

function fitPart(payload: unknown): Learnt {
  const task = payload as ColumnTask;
  return task.kind === 'boost' ? fitBoostedTarget(task) : trainNet(openKernel(), task);
}

function restore(state: ModelState): Promise<TrainedModel> {
  if (state.model !== 'argn' || !isReadable(state.version)) {
    const message = `This model (${state.model}, version ${state.version}) cannot be opened as "argn" version ${VERSION}; train it again.`;
    return Promise.reject(new FailureError({ code: 'project-corrupt', message }));
  }
  return Promise.resolve(openModel(state.payload as ArgnState, openKernel()));
}

type LaidOut = ReturnType<typeof layOut>;

function layOut({ table, schema }: TrainingInput, settings: ArgnSettings) {
  const size = chooseSize(settings, table.nRows);
  const columns = table.columns.map((column, i) => {
    const entry = schema.columns[i];
    if (entry === undefined) throw new RangeError('the schema lists every column');
    const { classes, classed } = fitClasses(
      column,
      entry,
      { ...settings, binRows: size.binRows },
      size.groups,
    );
    const input = layInput(classes.counts.length, column.kind === 'number' ? size.knots : null);
    return { classes, classed, input };
  });
  const target = schema.columns.findIndex(({ role }) => role === 'target');
  const plan = planParents(
    columns.map(({ classed }) => classed),
    table.columns.map(({ kind }) => kind === 'level'),
    target < 0 ? null : target,
    size.parents,
  );
  return { size, columns, plan, target, pairs: pairColumns(table, columns, plan.order) };
}

function listTasks(
  { table }: TrainingInput,
  settings: ArgnSettings,
  { size, columns, plan, target }: LaidOut,
  rng: Rng,
): ColumnTask[] {
  return table.columns.flatMap((_, index): ColumnTask[] => {
    const own = columns[index];
    const parents = plan.parents[index] ?? new Int32Array();
    const before = Array.from(parents).flatMap((parent) => columns[parent] ?? []);
    if (own === undefined) return [];
    const { classes, classed } = own;
    const shared = { counts: classes.counts, target: classed, parents };
    if (index === target && isBoostedTarget(settings, own.classes, table.nRows)) {
      const seen = Array.from(parents).flatMap((parent) => table.columns[parent] ?? []);
      const features = seen.map(fitFeature);
      return [
        { kind: 'boost', ...shared, columns: seen, features, nRounds: countRounds(settings, table.nRows) },
      ];
    }
    const nInputRows = before.reduce((sum, { input }) => sum + input.nRows, 0);
    return [
      {
        kind: 'net',
        ...shared,
        hidden: size.hidden,
        inputs: before.map(({ input }) => input),
        columns: before.map(({ classed }) => classed),
        batchSize: size.batchSize,
        epochs: size.epochs,
        learningRate: size.learningRate,
        weightDecay: chooseDecay(settings, table.nRows, nInputRows),
        stream: rng.fork(`net/${index}`).save(),
        from: null,
      },
    ];
  });
}

function isBoostedTarget(
  { boostRounds }: ArgnSettings,
  { codes, counts }: ColumnClasses,
  nRows: number,
): boolean {
  return boostRounds > 0 && codes.kind === 'level' && canBoost(counts) && nRows >= LEAST_BOOSTED_ROWS;
}

function gather(
  { table }: TrainingInput,
  { columns, plan, pairs }: LaidOut,
  nets: readonly Learnt[],
): ArgnState {
  return {
    names: table.columns.map(({ name }) => name),
    order: plan.order,
    columns: columns.flatMap(({ classes, input }, index) => {
      const net = nets[index];
      return net === undefined ? [] : { classes, input, net, pairs: pairs[index] ?? [] };
    }),
  };
}

function openModel(payload: ArgnState, kernel: NetKernel): TrainedModel {
  const open = openArgn(payload);
  return {
    id: 'argn',
    stopReason: 'all epochs done',
    sample: (nRows, rng) => Promise.resolve(drawRows(open, kernel, nRows, rng)),
    score: (table) => Promise.resolve(scoreRows(open, kernel, table)),
    state: () => Promise.resolve({ model: 'argn', version: VERSION, payload }),
    dispose: () => undefined,
  };
}
