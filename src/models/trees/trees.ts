import { FailureError } from '../../data/failure';
import { awaitTurn, checkTrainingInput } from '../copula-settings';
import { describeFitProgress } from '../fit-progress';
import type { Synthesizer, TrainedModel, TrainingInput, TrainingRun } from '../synthesizer';
import { openForDrawing, type TreesState } from './draw-rows';
import { codeFeature, fitFeature } from './features';
import { fitColumn, type ColumnModel } from './fit-column';
import { orderColumns } from './order';
import type { EarlierNumbers } from './relations';
import { scoreRows } from './score-rows';
import { chooseLimits, readTreesSettings, TREES_DEFAULTS, type TreesSettings } from './settings';
import type { SplitFeature } from './split-target';

const VERSION = 2;
/** Columns from which those of levels are drawn first. */
const LEVELS_FIRST_FROM = 30;

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
    const { features, order, splits } = layOut(input);
    run.emit({ kind: 'phase', phase: 'train', note: 'Growing a tree for each column' });
    const columns = await fitAll(input, settings, order, splits, run);
    run.emit({ kind: 'phase', phase: 'finish', note: 'Ready to sample' });
    const names = input.table.columns.map(({ name }) => name);
    return openModel({ names, order, columns, features });
  },

  fitPart: null,

  restore(state) {
    if (state.model !== 'trees' || state.version !== VERSION) {
      const message = `This model (${state.model}, version ${state.version}) cannot be opened as "trees" version ${VERSION}; train it again.`;
      return Promise.reject(new FailureError({ code: 'project-corrupt', message }));
    }
    return Promise.resolve(openModel(state.payload as TreesState));
  },
};

function layOut({ table, schema }: TrainingInput) {
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
  const order = orderColumns(splits, table.nRows, rule, target < 0 ? null : target);
  return { features, order, splits };
}

async function fitAll(
  { table, schema }: TrainingInput,
  settings: TreesSettings,
  order: Int32Array,
  splits: readonly SplitFeature[],
  run: TrainingRun,
): Promise<readonly ColumnModel[]> {
  const models = new Map<number, ColumnModel>();
  const limits = chooseLimits(settings, table.nRows, table.columns.length);
  const features: SplitFeature[] = [];
  const earlier: EarlierNumbers[] = [];
  const start = run.now();
  for (const [step, index] of order.entries()) {
    await awaitTurn(run);
    const column = table.columns[index];
    const entry = schema.columns[index];
    const split = splits[index];
    if (column === undefined || entry === undefined || split === undefined) continue;
    models.set(
      index,
      fitColumn({
        column,
        ranks: split.codes,
        schema: entry,
        features: [...features],
        earlier: [...earlier],
        limits,
        settings,
      }),
    );
    features.push(split);
    if (column.kind === 'number') earlier.push({ index, values: column.values, ranks: split.codes });
    const place = { step: step + 1, nSteps: order.length };
    run.emit(describeFitProgress(place, table.nRows, run.now() - start, table.nRows * order.length * 5));
  }
  return table.columns.flatMap((_, index) => models.get(index) ?? []);
}

function openModel(payload: TreesState): TrainedModel {
  const draw = openForDrawing(payload);
  return {
    id: 'trees',
    stopReason: 'grew a tree for every column',
    sample: (nRows, rng) => Promise.resolve(draw(nRows, rng)),
    score: (table) => Promise.resolve(scoreRows(payload, table)),
    state: () => Promise.resolve({ model: 'trees', version: VERSION, payload }),
    dispose: () => undefined,
  };
}
