import { awaitTurn } from '../copula-settings';
import type { NetKernel } from '../kernels/net-kernel';
import type { TrainingRun } from '../synthesizer';
import { Room, type Net } from './place-net';
import { NetTrainer, type NetTask } from './train-net';

/** Longest time between two looks at messages, and shortest between two reports. */
const TURN_MS = 40;
const REPORT_MS = 100;

/** Learns the nets one after another, and lets messages in between steps. A stop changes nothing: this takes seconds. */
export async function trainNets(
  kernel: NetKernel,
  tasks: readonly NetTask[],
  nRows: number,
  run: TrainingRun,
): Promise<Net[]> {
  const nets: Net[] = [];
  const room = new Room(kernel);
  const start = room.mark();
  const report = openReport(tasks, nRows, room, run);
  for (const task of tasks) {
    room.reset(start);
    const trainer = new NetTrainer(kernel, room, task);
    let turn = run.now();
    while (!trainer.isDone) {
      report.add(trainer.step());
      if (run.now() - turn < TURN_MS) continue;
      await awaitTurn(run);
      report.send(false);
      turn = run.now();
    }
    await awaitTurn(run);
    nets.push(trainer.read());
    report.finishTask(task);
  }
  report.send(true);
  return nets;
}

/** Work of a net in arbitrary units: what its multiplications and its inputs cost. */
function workOf({ counts, hidden, inputs, target, epochs }: NetTask): number {
  return (
    target.length *
    epochs *
    (3 * counts.length * hidden + 60 * counts.length + 3 * inputs.length * hidden + 600)
  );
}

function openReport(tasks: readonly NetTask[], nRows: number, room: Room, run: TrainingRun) {
  const start = run.now();
  const total = tasks.reduce((sum, task) => sum + workOf(task), 0);
  const nEpochs = tasks[0]?.epochs ?? 0;
  let [done, sent, loss, nSteps, nTasks] = [0, start, 0, 0, 0];
  return {
    add(value: number): void {
      loss += value;
      nSteps++;
    },
    finishTask(task: NetTask): void {
      done += workOf(task);
      nTasks++;
    },
    send(isLast: boolean): void {
      const now = run.now();
      if (!isLast && (now - sent < REPORT_MS || done === 0)) return;
      sent = now;
      const elapsed = Math.max(1, now - start);
      const share = isLast ? 1 : done / total;
      run.emit({
        kind: 'progress',
        epoch: isLast ? nEpochs : 0,
        nEpochs,
        step: nTasks,
        nSteps: tasks.length,
        losses: { 'cross-entropy': loss / Math.max(1, nSteps) },
        rowsPerSecond: (share * nRows * nEpochs * 1000) / elapsed,
        etaMs: elapsed * (1 / share - 1),
        nTensors: 0,
        memoryBytes: room.bytes(),
      });
      [loss, nSteps] = [0, 0];
    },
  };
}
