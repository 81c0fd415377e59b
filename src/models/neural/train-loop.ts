import * as tf from '@tensorflow/tfjs-core';
import { FailureError } from '../../data/failure';
import type { Table } from '../../data/table';
import type { RngState } from '../../math/rng';
import type { Encoding } from '../encode/encoding';
import {
  STOPPED,
  type Checkpoint,
  type ColumnOverlay,
  type ModelId,
  type StopScore,
  type TrainingRun,
} from '../synthesizer';
import { readVector } from './adam';
import { toCheckpoint, type BestSoFar, type LossPoint, type TrainingState } from './checkpoint';
import type { FittedNetwork, Learner } from './learner';
import type { StopScorer } from './stop-score';

/** Shortest time between two progress events, ms. */
const PROGRESS_EVERY_MS = 100;
/** Points kept of the loss history. */
const MAX_LOSS_POINTS = 1000;

/** One run of the loop. */
export interface LoopPlan {
  readonly model: ModelId;
  readonly learner: Learner;
  readonly encoding: Encoding;
  readonly stream: RngState;
  readonly batchSize: number;
  readonly nSteps: number;
  /** Steps between two stop scores. */
  readonly scoreEvery: number;
  /** Scores without improvement before the loop ends. */
  readonly patience: number;
  /** Step before which patience is not asked: scores stand still for long before dependence is learnt. */
  readonly earliestStop: number;
  /** The state that is handed over: of the best score, or of the last step. */
  readonly keeps: 'best' | 'last';
  readonly scorer: StopScorer;
  /** A small picture of a preview beside train. */
  overlay(preview: Table): readonly ColumnOverlay[];
  /** The same preview for the same network. */
  preview(fitted: FittedNetwork, nRows: number): Promise<Table>;
  readonly device: { readonly lost: boolean };
  /** Keeps the newest state at hand, for a lost device. */
  remember(checkpoint: Checkpoint): void;
  readonly from: TrainingState | null;
}

export interface LoopResult {
  readonly best: BestSoFar;
  readonly stopReason: string;
  readonly nStepsDone: number;
}

/** Takes steps until they are done, the score stops improving or a person stops; throws when cancelled or diverged. */
export async function runTrainLoop(plan: LoopPlan, run: TrainingRun): Promise<LoopResult> {
  return new TrainLoop(plan, run).run();
}

class TrainLoop {
  private step: number;
  private best: BestSoFar | null;
  private nScoresSinceBest: number;
  private readonly scores: StopScore[];
  private readonly history: LossPoint[];
  private recent: { sums: Float64Array; n: number };
  private emittedAt: number;
  private checkpointedAt: number;
  /** When this run began here, pauses taken out: rates and the time left come from it. */
  private startedAt: number;
  private readonly startStep: number;

  constructor(
    private readonly plan: LoopPlan,
    private readonly world: TrainingRun,
  ) {
    const { from } = plan;
    this.step = from?.step ?? 0;
    this.best = from?.best ?? null;
    this.nScoresSinceBest = from?.nScoresSinceBest ?? 0;
    this.scores = [...(from?.scores ?? [])];
    this.history = [...(from?.losses ?? [])];
    this.recent = { sums: new Float64Array(plan.learner.lossNames.length), n: 0 };
    const now = world.now();
    this.startedAt = now;
    this.emittedAt = now;
    this.checkpointedAt = now;
    this.startStep = this.step;
  }

  async run(): Promise<LoopResult> {
    const { plan } = this;
    while (this.step < plan.nSteps) {
      const command = await this.obey();
      if (command === 'stop') return this.finish(STOPPED);
      await this.takeStep();
      if (this.step % plan.scoreEvery === 0 && this.step < plan.nSteps) {
        await this.score();
        if (this.nScoresSinceBest >= plan.patience && this.step >= plan.earliestStop) {
          return this.finish(`no improvement since step ${this.best?.score.step ?? 0}`);
        }
      }
      if (this.world.now() - this.checkpointedAt >= this.world.checkpointEveryMs) await this.checkpoint();
    }
    return this.finish('all planned steps done');
  }

  /** Lets commands arrive, and waits while paused. Throws when cancelled or when the device is gone. */
  private async obey(): Promise<'run' | 'stop'> {
    await this.world.breathe();
    if (this.world.command() === 'pause') {
      await this.checkpoint();
      const pausedAt = this.world.now();
      while (this.world.command() === 'pause') await this.world.breathe();
      this.startedAt += this.world.now() - pausedAt;
    }
    this.checkDevice();
    const command = this.world.command();
    if (command === 'cancel') {
      throw new FailureError({ code: 'cancelled', message: 'Training was cancelled; no model was kept.' });
    }
    return command === 'stop' ? 'stop' : 'run';
  }

  private checkDevice(): void {
    if (!this.plan.device.lost) return;
    throw new FailureError({
      code: 'device-lost',
      message: 'The graphics device was lost during training; training goes on from the last saved step.',
    });
  }

  private async takeStep(): Promise<void> {
    const isDue = this.world.now() - this.emittedAt >= PROGRESS_EVERY_MS;
    const isLast = this.step + 1 === this.plan.nSteps;
    const isScored = (this.step + 1) % this.plan.scoreEvery === 0;
    const losses = this.plan.learner.step(this.step, isDue || isLast || isScored);
    this.step += 1;
    if (losses === null) return;
    const values = await readVector(losses);
    losses.dispose();
    this.checkDevice();
    this.noteLosses(values);
    this.emitProgress();
  }

  private noteLosses(values: Float32Array): void {
    if (!values.every((value) => Number.isFinite(value))) {
      throw new FailureError({
        code: 'training-diverged',
        message:
          `The losses stopped being numbers at step ${this.step}. ` +
          'Lower the learning rate or raise the batch size and train again.',
      });
    }
    values.forEach((value, i) => (this.recent.sums[i] = (this.recent.sums[i] ?? 0) + value));
    this.recent.n += 1;
  }

  private emitProgress(): void {
    const { learner, nSteps, batchSize } = this.plan;
    const now = this.world.now();
    const losses = Object.fromEntries(
      learner.lossNames.map((name, i) => [name, (this.recent.sums[i] ?? 0) / Math.max(this.recent.n, 1)]),
    );
    this.recent = { sums: new Float64Array(learner.lossNames.length), n: 0 };
    this.keepLosses(losses);
    // Scoring and checkpoints included: a shorter stretch may hold either and jumps about.
    const msPerStep = Math.max(now - this.startedAt, 1e-3) / Math.max(this.step - this.startStep, 1);
    const { numTensors, numBytes } = tf.memory();
    this.world.emit({
      kind: 'progress',
      epoch: Math.ceil(this.step / learner.nStepsPerEpoch),
      nEpochs: Math.ceil(nSteps / learner.nStepsPerEpoch),
      step: this.step,
      nSteps,
      losses,
      rowsPerSecond: (batchSize * 1000) / msPerStep,
      etaMs: (nSteps - this.step) * msPerStep,
      nTensors: numTensors,
      memoryBytes: numBytes,
    });
    this.emittedAt = now;
  }

  private keepLosses(losses: Readonly<Record<string, number>>): void {
    const every = Math.max(1, Math.floor(this.plan.nSteps / MAX_LOSS_POINTS));
    const last = this.history[this.history.length - 1];
    if (last === undefined || this.step - last.step >= every) this.history.push({ step: this.step, losses });
  }

  private async score(): Promise<void> {
    const { learner, scorer } = this.plan;
    const fitted = await learner.fitted();
    const preview = await this.plan.preview(fitted, scorer.nPreviewRows);
    this.checkDevice();
    const accuracy = scorer.score(preview);
    const isBest = this.scores.every(({ score }) => accuracy.score > score);
    const score: StopScore = { step: this.step, ...accuracy, best: isBest };
    this.scores.push(score);
    this.nScoresSinceBest = isBest ? 0 : this.nScoresSinceBest + 1;
    if (isBest || this.plan.keeps === 'last') this.best = { score, fitted };
    this.world.emit({ kind: 'score', score });
    this.world.emit({ kind: 'overlay', step: this.step, columns: this.plan.overlay(preview) });
  }

  private async checkpoint(): Promise<void> {
    const checkpoint = toCheckpoint(
      this.plan.model,
      {
        step: this.step,
        stream: this.plan.stream,
        encoding: this.plan.encoding,
        learner: await this.plan.learner.snapshot(),
        best: this.best,
        nScoresSinceBest: this.nScoresSinceBest,
        scores: this.scores.slice(),
        losses: this.history.slice(),
      },
      this.plan.learner.nStepsPerEpoch,
    );
    this.checkDevice();
    this.plan.remember(checkpoint);
    this.checkpointedAt = this.world.now();
    this.world.emit({ kind: 'checkpoint', checkpoint });
  }

  private async finish(stopReason: string): Promise<LoopResult> {
    const isScored = this.scores[this.scores.length - 1]?.step === this.step;
    if (!isScored) await this.score();
    if (this.best === null) throw new RangeError('a finished run has a best score');
    return { best: this.best, stopReason, nStepsDone: this.step };
  }
}
