import type { CDPSession } from 'playwright-core';

/** The longest task of the page's own thread, by the clock and by the processor, in milliseconds. */
export interface LongestTask {
  readonly wallMs: number;
  readonly processorMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Microseconds by the clock and on the processor. */
  readonly dur?: number;
  readonly tdur?: number;
}

export function tellLongest({ wallMs, processorMs }: LongestTask): string {
  return `longest task ${wallMs.toFixed(0)} ms, on the processor ${processorMs.toFixed(0)} ms`;
}

/** Records the browser's own trace of its tasks while something is done; rejects where the browser lost a part of it. */
export async function watchTasks(session: CDPSession, act: () => Promise<void>): Promise<LongestTask> {
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  const events: TraceEvent[] = [];
  const collect = ({ value }: { readonly value: readonly unknown[] }): void => {
    events.push(...(value as readonly TraceEvent[]));
  };
  session.on('Tracing.dataCollected', collect);
  await act();
  const ended = new Promise<{ readonly dataLossOccurred: boolean }>((resolve) =>
    session.once('Tracing.tracingComplete', resolve),
  );
  await session.send('Tracing.end');
  const { dataLossOccurred } = await ended;
  session.off('Tracing.dataCollected', collect);
  if (dataLossOccurred) throw new Error('the browser lost a part of its trace');
  return findLongest(events);
}

function findLongest(events: readonly TraceEvent[]): LongestTask {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, pid, tid }) =>
      name.endsWith('RunTask') && threads.some((thread) => thread.pid === pid && thread.tid === tid),
  );
  return {
    wallMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    processorMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}
