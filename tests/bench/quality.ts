import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { applyHandling } from '../../src/data/apply-handling';
import { DEFAULT_HANDLING } from '../../src/data/handling';
import { SCHEMA_VERSION } from '../../src/data/schema';
import { Rng } from '../../src/math/rng';
import { kindsOf } from '../../src/measure/fidelity/column-kinds';
import {
  DEFAULT_THRESHOLDS,
  isAboveThreshold,
  qualityReport,
} from '../../src/measure/fidelity/quality-report';
import { argn } from '../../src/models/argn/argn';
import { copula } from '../../src/models/copula';
import type { BackendWish } from '../../src/models/neural/choose-backend';
import { createCtgan } from '../../src/models/neural/ctgan';
import { createTvae } from '../../src/models/neural/tvae';
import type { ModelConfig, StopScore, Synthesizer, TrainingEvent } from '../../src/models/synthesizer';
import { trees } from '../../src/models/trees/trees';
import { nodeHost } from './node-backend';
import { loadPeerTable } from './peer-tables';

/** What the peers' own defaults reach on the same files: overall by default thresholds, and with thresholds 0. */
const PEERS: Readonly<Record<string, readonly [number, number]>> = {
  'adult/ctgan': [0.8873, 0.8786],
  'adult/tvae': [0.8901, 0.8697],
  'support2/ctgan': [0.8144, 0.8598],
  'support2/tvae': [0.8649, 0.855],
};

/**
 * Trains on the peers' tables with default settings and handling, draws as many rows, and prints SDMetrics' overall
 * quality beside the peer's. Options: --table adult|support2|all --model tvae|ctgan|all|trees|argn|copula --seed N --backend wasm|cpu
 * --config '{"maxSteps":500}' --watch --out NAME. Results, with each column's and
 * each counted pair's score, go to bench-results/.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      table: { type: 'string', default: 'all' },
      model: { type: 'string', default: 'all' },
      seed: { type: 'string', default: '1' },
      backend: { type: 'string', default: 'wasm' },
      config: { type: 'string', default: '{}' },
      watch: { type: 'boolean', default: false },
      out: { type: 'string', default: '' },
    },
  });
  const tables = values.table === 'all' ? ['adult', 'support2'] : [values.table];
  const models = values.model === 'all' ? ['tvae', 'ctgan'] : [values.model];
  for (const table of tables) {
    for (const model of models) {
      const result = await measure(table, model, {
        seed: Number(values.seed),
        backend: values.backend as BackendWish,
        config: JSON.parse(values.config) as ModelConfig,
        watch: values.watch,
      });
      mkdirSync('bench-results', { recursive: true });
      writeFileSync(
        `bench-results/quality-${values.out === '' ? `${table}-${model}-${values.seed}` : values.out}.json`,
        `${JSON.stringify(result, null, 2)}\n`,
      );
    }
  }
}

function openModel(name: string, backend: BackendWish): Synthesizer {
  if (name === 'argn') return argn;
  if (name === 'trees') return trees;
  if (name === 'copula') return copula;
  return (name === 'ctgan' ? createCtgan : createTvae)(backend, nodeHost);
}

interface Options {
  readonly seed: number;
  readonly backend: BackendWish;
  readonly config: ModelConfig;
  readonly watch: boolean;
}

async function measure(name: string, model: string, { seed, backend, config, watch }: Options) {
  const { table, schema } = loadPeerTable(name);
  const rng = Rng.fromSeed(seed);
  const handled = applyHandling(table, schema.columns, DEFAULT_HANDLING, rng.fork('handling'));
  const scores: StopScore[] = [];
  const start = performance.now();
  const trained = await openModel(model, backend).train(
    { table: handled.table, schema: { version: SCHEMA_VERSION, columns: handled.columns } },
    config,
    rng,
    {
      command: () => 'run',
      emit: (event: TrainingEvent) => {
        if (event.kind !== 'score') return;
        scores.push(event.score);
        if (watch)
          console.log(event.score.step, event.score.oneWay.toFixed(4), event.score.twoWay.toFixed(4));
      },
      now: () => performance.now(),
      breathe: () => Promise.resolve(),
      resumeFrom: null,
      checkpointEveryMs: Infinity,
      crew: null,
    },
  );
  const trainSeconds = (performance.now() - start) / 1000;
  const drawStart = performance.now();
  const synthetic = await trained.sample(table.nRows, rng.fork('rows'));
  const drawSeconds = (performance.now() - drawStart) / 1000;
  const report = qualityReport(table, synthetic, kindsOf(schema));
  const best = scores.filter((score) => score.best).at(-1);
  const peer = PEERS[`${name}/${model}`] ?? [NaN, NaN];
  const lastStep = scores.at(-1)?.step ?? 0;
  console.log(
    [
      `${name} ${model} seed ${seed}`,
      `overall ${show(report.overall)} (peer ${peer[0]})`,
      `th0 ${show(report.overallAll)} (peer ${peer[1]})`,
      `shapes ${show(report.columnShapes)}`,
      `pairs ${show(report.pairTrends)} / ${show(report.pairTrendsAll)}`,
      `${trainSeconds.toFixed(1)} s for ${lastStep} steps, best ${best?.step ?? 0}`,
      trained.stopReason,
      `drawn in ${drawSeconds.toFixed(1)} s`,
    ].join(' · '),
  );
  trained.dispose();
  return {
    table: name,
    model,
    seed,
    config,
    overall: report.overall,
    overallAll: report.overallAll,
    columnShapes: report.columnShapes,
    shapes: Object.fromEntries(report.shapes.map((shape) => [shape.column, shape.score])),
    pairs: report.pairs
      .filter((pair) => isAboveThreshold(pair, DEFAULT_THRESHOLDS))
      .map((pair) => [pair.columns.join(' × '), pair.score]),
    pairTrends: report.pairTrends,
    pairTrendsAll: report.pairTrendsAll,
    peer: { overall: peer[0], overallAll: peer[1] },
    trainSeconds,
    drawSeconds,
    stopReason: trained.stopReason,
    bestStep: best?.step ?? null,
    scores,
  };
}

function show(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}
