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
  readonly args: {
    readonly name?: string;
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
  /** Microseconds. */
  readonly ts: number;
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

/** What messages of whoever drives the page come by. */
const DRIVER = 'blink.mojom.DevToolsSession';

/** Of the page's own tasks: what the driver asks of the page, such as where a button is, is none. */
function findLongest(events: readonly TraceEvent[]): LongestTask {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const own = events.filter(({ pid, tid }) =>
    threads.some((thread) => thread.pid === pid && thread.tid === tid),
  );
  const driven = own.filter(({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === DRIVER);
  const tasks = own
    .filter(({ name }) => name.endsWith('RunTask'))
    .filter(({ ts, dur = 0 }) => !driven.some((event) => event.ts >= ts && event.ts <= ts + dur));
  return {
    wallMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    processorMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}
