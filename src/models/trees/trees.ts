import { FailureError } from '../../data/failure';
import { awaitTurn, checkTrainingInput } from '../copula-settings';
import { describeFitProgress } from '../fit-progress';
import type { Synthesizer, TrainedModel, TrainingInput, TrainingRun } from '../synthesizer';
import { drawRows, openTrees, type TreesState } from './draw-rows';
import { drawWishedRows } from './draw-wished';
import { codeFeature, fitFeature, type Feature } from './features';
import { fitColumn, type ColumnModel } from './fit-column';
import { LEVELS_FIRST_FROM, MAX_PARENTS, orderColumns, type ColumnOrder } from './order';
import { makeReference, type Reference } from './reference';
import type { EarlierNumbers } from './relations';
import { scoreRows } from './score-rows';
import { chooseLimits, readTreesSettings, TREES_DEFAULTS, type TreesSettings } from './settings';
import type { SplitFeature } from './split-target';

const VERSION = 3;

/**
 * Sequential trees: each column from a tree over the columns before it, as synthpop does (Nowok et al. 2016), but leaves
 * hold codes that many rows share instead of values, so that no row's own value is repeated. Numbers are split by a
 * truncated energy distance; the target is boosted. Measured recipe: docs/trees.md.
 */
export const trees: Synthesizer = {
  id: 'trees',
  defaults: TREES_DEFAULTS,

  async train(input, config, _rng, run) {
    const settings = readTreesSettings(config);
    checkTrainingInput(input, settings.k);
    run.emit({ kind: 'phase', phase: 'encode', note: 'Finding which columns depend on each other' });
    await awaitTurn(run);
    const layout = layOut(input);
    run.emit({ kind: 'phase', phase: 'train', note: 'Growing a tree for each column' });
    const columns = await fitAll(input, settings, layout, run);
    run.emit({ kind: 'phase', phase: 'finish', note: 'Ready to sample' });
    const names = input.table.columns.map(({ name }) => name);
    return openModel({ names, order: layout.order, columns, features: layout.features });
  },

  fitPart: (payload) => {
    const { input, settings, steps } = payload as TreesPart;
    return [...fitColumns(input, settings, layOut(input), new Set(steps))];
  },

  restore(state) {
    if (state.model !== 'trees' || state.version !== VERSION) {
      const message = `This model (${state.model}, version ${state.version}) cannot be opened as "trees" version ${VERSION}; train it again.`;
      return Promise.reject(new FailureError({ code: 'project-corrupt', message }));
    }
    return Promise.resolve(openModel(state.payload as TreesState));
  },
};

/** Columns that one thread fits, by their place in the order. */
interface TreesPart {
  readonly input: TrainingInput;
  readonly settings: TreesSettings;
  readonly steps: readonly number[];
}

interface Layout extends ColumnOrder {
  readonly features: readonly Feature[];
  readonly splits: readonly SplitFeature[];
}

function layOut({ table, schema }: TrainingInput): Layout {
  const features = table.columns.map(fitFeature);
  const splits: SplitFeature[] = table.columns.map((column, i) => {
    const feature = features[i] ?? fitFeature(column);
    return {
      codes: codeFeature(feature, column),
      nCodes: feature.nCodes,
      isNominal: column.kind === 'level',
    };
  });
  const target = schema.columns.findIndex(({ role }) => role === 'target');
  const rule = splits.length >= LEVELS_FIRST_FROM ? 'levels-first' : 'association';
  return { features, splits, ...orderColumns(splits, table.nRows, rule, target < 0 ? null : target) };
}

/** Fits all columns, each on one of the threads there are: given the order no column needs the model of another. */
async function fitAll(
  input: TrainingInput,
  settings: TreesSettings,
  layout: Layout,
  run: TrainingRun,
): Promise<readonly ColumnModel[]> {
  const { table } = input;
  const nSteps = layout.order.length;
  const [own = [], ...others] = shareOut(input, layout.order, 1 + (run.crew?.size ?? 0));
  const awaited = others.flatMap((steps) => {
    const payload: TreesPart = { input, settings, steps };
    return steps.length === 0 ? [] : [run.crew?.fit({ model: 'trees', payload }) ?? []];
  });
  // What fails while this thread is at work is heard of at the end.
  for (const part of awaited) Promise.resolve(part).catch(() => undefined);
  const models = new Map<number, ColumnModel>();
  const start = run.now();
  for (const fitted of fitColumns(input, settings, layout, new Set(own))) {
    models.set(...fitted);
    const step = Math.round((models.size * nSteps) / own.length);
    run.emit(describeFitProgress({ step, nSteps }, table.nRows, run.now() - start, table.nRows * nSteps * 5));
    await awaitTurn(run);
  }
  for (const part of (await Promise.all(awaited)) as (readonly FittedColumn[])[])
    for (const fitted of part) models.set(...fitted);
  return table.columns.flatMap((_, index) => models.get(index) ?? []);
}

type FittedColumn = readonly [index: number, model: ColumnModel];

/** Fits the columns at the given places of the order, one at a time. */
function* fitColumns(
  { table, schema }: TrainingInput,
  settings: TreesSettings,
  { order, parents, splits }: Layout,
  steps: ReadonlySet<number>,
): Generator<FittedColumn> {
  const limits = chooseLimits(settings, table.nRows, table.columns.length);
  for (const [step, index] of order.entries()) {
    const [column, entry, split] = [table.columns[index], schema.columns[index], splits[index]];
    if (!steps.has(step) || column === undefined || entry === undefined || split === undefined) continue;
    const places = parents[step] ?? [];
    const features = places.flatMap((place) => splits[order[place] ?? 0] ?? []);
    const earlier = places.flatMap((place): EarlierNumbers[] => {
      const at = order[place] ?? 0;
      const [other, ranks] = [table.columns[at], splits[at]?.codes];
      return other?.kind === 'number' && ranks !== undefined
        ? [{ index: at, values: other.values, ranks }]
        : [];
    });
    const task = { column, ranks: split.codes, schema: entry, features, earlier, limits, settings };
    yield [index, placeFeatures(fitColumn(task), places)];
  }
}

/** The model with its features named by their places in the order instead of those among its parents. */
function placeFeatures<Model extends ColumnModel>(model: Model, places: readonly number[]): Model {
  const rename = (features: Int16Array) => features.map((at) => (at < 0 ? at : (places[at] ?? -1)));
  const tree = { ...model.tree, feature: rename(model.tree.feature) };
  if (model.kind === 'number' || model.boosted === null) return { ...model, tree };
  return { ...model, tree, boosted: { ...model.boosted, feature: rename(model.boosted.feature) } };
}

/** Work of the boosted target against that of a tree over as many columns. */
const BOOST_WORK = 12;

/** Places of the order for each thread, so that all have about as much to do; the first has the least where it must be. */
function shareOut({ schema }: TrainingInput, order: Int32Array, nThreads: number): number[][] {
  const work = (step: number) =>
    (Math.min(step, MAX_PARENTS) + 2) *
    (schema.columns[order[step] ?? 0]?.role === 'target' ? BOOST_WORK : 1);
  const shares = Array.from({ length: nThreads }, () => ({ steps: [] as number[], work: 0 }));
  for (const step of [...order.keys()].sort((a, b) => work(b) - work(a))) {
    const idle = shares.reduce((least, share) => (share.work < least.work ? share : least));
    idle.steps.push(step);
    idle.work += work(step);
  }
  return shares.map(({ steps }) => steps).reverse();
}

function openModel(payload: TreesState): TrainedModel {
  const open = openTrees(payload);
  let reference: Reference | null = null;
  return {
    id: 'trees',
    stopReason: 'grew a tree for every column',
    sample: (nRows, rng) => Promise.resolve(drawRows(open, nRows, rng)),
    score: (table) => Promise.resolve(scoreRows(payload, table)),
    sampleWished: (nRows, rng, sought) => {
      reference ??= makeReference(open);
      return Promise.resolve(drawWishedRows(open, reference, nRows, rng, sought));
    },
    state: () => Promise.resolve({ model: 'trees', version: VERSION, payload }),
    dispose: () => undefined,
  };
}
