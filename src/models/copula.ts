import { FailureError } from '../data/failure';
import { describeFitProgress } from './fit-progress';
import { assembleCopula, correlateWithEarlier, layOutLatents, orderLevelMargins } from './copula-fit';
import type { CopulaState, LatentLayout } from './copula-fit';
import type { FittedMargin } from './copula-margins';
import { fitMargin } from './copula-margins';
import { sampleCopula } from './copula-sample';
import { awaitTurn, checkTrainingInput, MARGIN_DEFAULTS, readMarginSettings } from './copula-settings';
import type { Synthesizer, TrainedModel, TrainingInput, TrainingRun } from './synthesizer';

const VERSION = 1;
const PROGRESS_EVERY_MS = 100;

/**
 * Gaussian copula (Nelsen 2006; for mixed data Hoff 2007): every column keeps its own distribution and all pairs share
 * one normal dependence, estimated pair by pair from normal scores with the loss by ties undone (Mehler's formula).
 * Levels lie along their first correspondence axis; missing has a latent of its own. Margins are those of the
 * independent model, so no number is written that fewer than k rows share, except by chance inside a range of k rows.
 * It gives no likelihood: with levels, that of a row is an integral over as many dimensions as there are columns.
 * One setting: k (default 5).
 */
export const copula: Synthesizer = {
  id: 'copula',
  defaults: MARGIN_DEFAULTS,

  async train(input, config, _rng, run) {
    const { k } = readMarginSettings('copula', config);
    checkTrainingInput(input, k);
    run.emit({ kind: 'phase', phase: 'encode', note: 'Reading the distribution of each column' });
    const turn = () => awaitTurn(run);
    const fitted = await orderLevelMargins(input.table, await fitMargins(input, k, run), turn);
    await turn();
    const layout = layOutLatents(fitted);
    run.emit({ kind: 'phase', phase: 'train', note: 'Measuring how the columns depend on each other' });
    const matrix = await correlateAll(layout, input.table.nRows, run);
    run.emit({ kind: 'phase', phase: 'finish', note: 'Fitting the dependences together' });
    await awaitTurn(run);
    const margins = fitted.map(({ margin }) => margin);
    return openModel(assembleCopula(margins, layout, matrix));
  },

  fitPart: null,

  restore(state) {
    if (state.model !== 'copula' || state.version !== VERSION) {
      const message = `This model (${state.model}, version ${state.version}) cannot be opened as "copula" version ${VERSION}; train it again.`;
      return Promise.reject(new FailureError({ code: 'project-corrupt', message }));
    }
    return Promise.resolve(openModel(state.payload as CopulaState));
  },
};

async function fitMargins(input: TrainingInput, k: number, run: TrainingRun): Promise<FittedMargin[]> {
  const fitted: FittedMargin[] = [];
  for (const [i, column] of input.table.columns.entries()) {
    await awaitTurn(run);
    const schema = input.schema.columns[i];
    if (schema !== undefined) fitted.push(fitMargin(column, schema, k));
  }
  return fitted;
}

async function correlateAll(
  { latents }: LatentLayout,
  nRows: number,
  run: TrainingRun,
): Promise<Float64Array> {
  const n = latents.length;
  const matrix = new Float64Array(n * n);
  const start = run.now();
  let told = -Infinity;
  for (let i = 0; i < n; i++) {
    await awaitTurn(run);
    correlateWithEarlier(latents, i, matrix);
    const time = run.now();
    if (i + 1 < n && time - told < PROGRESS_EVERY_MS) continue;
    told = time;
    run.emit(describeFitProgress({ step: i + 1, nSteps: n }, nRows, time - start, n * (nRows * 4 + n * 8)));
  }
  return matrix;
}

function openModel(payload: CopulaState): TrainedModel {
  return {
    id: 'copula',
    stopReason: 'fitted all columns and pairs',
    sample: (nRows, rng) => Promise.resolve(sampleCopula(payload, nRows, rng)),
    score: null,
    state: () => Promise.resolve({ model: 'copula', version: VERSION, payload }),
    dispose: () => undefined,
  };
}
