import { FailureError } from '../data/failure';
import type { Column, Table } from '../data/table';
import type { Rng } from '../math/rng';
import type { Margin } from './copula-margins';
import { buildColumn, fitMargin, readMargin } from './copula-margins';
import { awaitTurn, checkTrainingInput, MARGIN_DEFAULTS, readMarginSettings } from './copula-settings';
import { scoreMargins } from './score-margins';
import type { ModelState, Synthesizer, TrainedModel } from './synthesizer';

const VERSION = 1;

interface IndependentState {
  readonly margins: readonly Margin[];
}

/**
 * Every column drawn on its own from its distribution in train: the floor, which keeps each column and its share of
 * missing values and loses every relation. Numbers come from {@link Margin}s, so none is written that fewer than k rows
 * share, except by chance inside a range of at least k rows. One setting: k (default 5).
 */
export const independent: Synthesizer = {
  id: 'independent',
  defaults: MARGIN_DEFAULTS,

  async train(input, config, _rng, run) {
    const { k } = readMarginSettings('independent', config);
    checkTrainingInput(input, k);
    run.emit({ kind: 'phase', phase: 'train', note: 'Counting the values of each column' });
    const margins: Margin[] = [];
    for (const [i, column] of input.table.columns.entries()) {
      await awaitTurn(run);
      const schema = input.schema.columns[i];
      if (schema !== undefined) margins.push(fitMargin(column, schema, k).margin);
    }
    run.emit({ kind: 'phase', phase: 'finish', note: 'Ready to sample' });
    return openModel({ margins });
  },

  fitPart: null,

  restore(state) {
    if (state.model !== 'independent' || state.version !== VERSION) {
      const message = `This model (${state.model}, version ${state.version}) cannot be opened as "independent" version ${VERSION}; train it again.`;
      return Promise.reject(new FailureError({ code: 'project-corrupt', message }));
    }
    return Promise.resolve(openModel(state.payload as IndependentState));
  },
};

function openModel(payload: IndependentState): TrainedModel {
  return {
    id: 'independent',
    stopReason: 'counted every column',
    sample: (nRows, rng) => Promise.resolve(drawTable(payload.margins, nRows, rng)),
    score: (table) => Promise.resolve(scoreMargins(payload.margins, table)),
    state: (): Promise<ModelState> => Promise.resolve({ model: 'independent', version: VERSION, payload }),
    dispose: () => undefined,
  };
}

function drawTable(margins: readonly Margin[], nRows: number, rng: Rng): Table {
  return { nRows, columns: margins.map((margin) => drawColumn(margin, nRows, rng)) };
}

function drawColumn(margin: Margin, nRows: number, rng: Rng): Column {
  const draw = (): number =>
    rng.float() < margin.missingShare || margin.cumulative.length === 0
      ? NaN
      : readMargin(margin, rng.float());
  const values = Float64Array.from({ length: nRows }, draw);
  return buildColumn(margin, values);
}
