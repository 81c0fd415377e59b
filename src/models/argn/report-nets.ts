import type { TrainingRun } from '../synthesizer';
import { MAX_BOOSTED_ROWS } from '../trees/boost-settings';
import type { ColumnTask } from './train-nets';

/** Shortest time between two reports. */
const REPORT_MS = 100;

/** What is known of a run when its report is opened. */
interface ReportStart {
  readonly tasks: readonly ColumnTask[];
  /** Columns whose nets are still to be learnt. */
  readonly waiting: readonly number[];
  readonly nRows: number;
  /** Bytes of the kernel's memory in use. */
  readonly bytes: () => number;
}

/** Tells how far all nets are, whichever thread learns them. A step of the report is a net. */
export class NetsReport {
  private readonly start: number;
  private readonly whole: number;
  private readonly total: number;
  private sent: number;
  private done = 0;
  private loss = 0;
  private nSteps = 0;
  private nNets: number;

  constructor(
    private readonly about: ReportStart,
    private readonly run: TrainingRun,
  ) {
    const work = about.tasks.map(workOf);
    this.whole = work.reduce((sum, own) => sum + own, 0);
    this.total = about.waiting.reduce((sum, index) => sum + (work[index] ?? 0), 0);
    this.nNets = about.tasks.length - about.waiting.length;
    this.sent = this.start = run.now();
  }

  /** Counts a step of a net: its loss, and its share of the net's work. */
  addStep(loss: number, work: number): void {
    this.loss += loss;
    this.nSteps++;
    this.done += work;
  }

  /** Counts a net whose steps were taken elsewhere. */
  addWork(work: number): void {
    this.done += work;
  }

  finishNet(): void {
    this.nNets++;
  }

  /** Emits an event unless the last is too fresh. */
  send(isLast: boolean): void {
    const now = this.run.now();
    if (!isLast && (now - this.sent < REPORT_MS || this.done === 0)) return;
    this.sent = now;
    const { tasks, nRows, bytes } = this.about;
    const elapsed = Math.max(1, now - this.start);
    const share = isLast || this.total === 0 ? 1 : Math.min(1, this.done / this.total);
    const nEpochs = tasks.reduce(
      (most, task) => (task.kind === 'net' ? Math.max(most, task.epochs) : most),
      0,
    );
    this.run.emit({
      kind: 'progress',
      epoch: isLast ? nEpochs : 0,
      nEpochs,
      step: this.nNets,
      nSteps: tasks.length,
      losses: { 'cross-entropy': this.loss / Math.max(1, this.nSteps) },
      rowsPerSecond: (share * (this.total / this.whole) * nRows * nEpochs * 1000) / elapsed,
      etaMs: elapsed * (1 / share - 1),
      nTensors: 0,
      memoryBytes: bytes(),
    });
    [this.loss, this.nSteps] = [0, 0];
  }
}

/** Work of a column in arbitrary units: what the multiplications and the inputs of a net cost, or the histograms of trees. */
export function workOf(task: ColumnTask): number {
  const { counts, target, columns } = task;
  if (task.kind === 'boost') {
    const nScores = counts.length <= 3 ? 1 : counts.length;
    return 400 * Math.min(target.length, MAX_BOOSTED_ROWS) * task.nRounds * nScores * columns.length;
  }
  const { hidden, epochs } = task;
  const perRow = 3 * counts.length * hidden + 60 * counts.length + 3 * columns.length * hidden + 600;
  return target.length * epochs * perRow;
}
