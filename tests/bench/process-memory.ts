import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Memory of a process as Linux counts it, in bytes. */
export interface ProcessMemory {
  /** Proportional set size: shared pages count by their share. */
  readonly pss: number;
  /** Largest resident set since the process began, or since {@link resetPeak}. */
  readonly peakRss: number;
}

/** The processes of pages under `ancestor`. Linux only. */
export function findRenderers(ancestor: number): readonly number[] {
  return readDescendants(ancestor).filter((pid) => isRenderer(pid));
}

export function readMemory(pid: number): ProcessMemory {
  const pss = readKilobytes(`/proc/${pid}/smaps_rollup`, 'Pss');
  return { pss, peakRss: readKilobytes(`/proc/${pid}/status`, 'VmHWM') };
}

/** Processor time of all threads of a process since it began, in milliseconds. */
export function readCpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;

/** Starts the count of `peakRss` anew. Needs the rights of the process's owner. */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Growth of a process's memory over what it was at rest, in bytes. */
export interface MemoryGrowth {
  readonly idle: number;
  readonly peakPss: number;
  readonly peakRss: number;
  readonly afterPss: number;
}

/** Growth of a process's memory over one stage of its work, in bytes, and the processor time it took. */
export interface StageGrowth {
  readonly peakPss: number;
  readonly afterPss: number;
  /** Of all threads together, in milliseconds. */
  readonly cpuMs: number;
}

/** Watches processes until stopped; {@link MemoryWatch.read} answers for the one that grew most. */
export class MemoryWatch {
  private readonly idle: ReadonlyMap<number, number>;
  private readonly peaks = new Map<number, number>();
  private readonly stagePeaks = new Map<number, number>();
  private cpuMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pids: readonly number[],
    private readonly everyMs = 50,
  ) {
    this.idle = new Map(pids.map((pid) => [pid, readMemory(pid).pss]));
    for (const pid of pids) resetPeak(pid);
    this.cpuMs = this.sumCpuMs();
    this.goOn();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.look();
  }

  /** Looking makes the kernel walk through the process's memory, which holds that up; it gets a tenth of the time at most. */
  private goOn(): void {
    const start = performance.now();
    this.look();
    this.timer = setTimeout(
      () => {
        this.goOn();
      },
      Math.max(this.everyMs, 9 * (performance.now() - start)),
    );
  }

  read(): MemoryGrowth {
    const grown = this.pids.map((pid) => {
      const idle = this.idle.get(pid) ?? 0;
      const now = readMemory(pid);
      const peakPss = (this.peaks.get(pid) ?? 0) - idle;
      return { idle, peakPss, peakRss: now.peakRss - idle, afterPss: now.pss - idle };
    });
    const most = grown.sort((a, b) => b.peakPss - a.peakPss)[0];
    if (most === undefined) throw new Error('no process of a page is running');
    return most;
  }

  /** Ends a stage and begins the next one; answers for the process that grew most, over what it was at rest. */
  lap(): StageGrowth {
    this.look();
    const grown = this.pids.map((pid) => {
      const idle = this.idle.get(pid) ?? 0;
      return { peakPss: (this.stagePeaks.get(pid) ?? 0) - idle, afterPss: readMemory(pid).pss - idle };
    });
    const most = grown.sort((a, b) => b.peakPss - a.peakPss)[0];
    if (most === undefined) throw new Error('no process of a page is running');
    const before = this.cpuMs;
    this.cpuMs = this.sumCpuMs();
    this.stagePeaks.clear();
    return { ...most, cpuMs: this.cpuMs - before };
  }

  private sumCpuMs(): number {
    return this.pids.reduce((sum, pid) => sum + readCpuMs(pid), 0);
  }

  private look(): void {
    for (const pid of this.pids) {
      const { pss } = readMemory(pid);
      this.peaks.set(pid, Math.max(this.peaks.get(pid) ?? 0, pss));
      this.stagePeaks.set(pid, Math.max(this.stagePeaks.get(pid) ?? 0, pss));
    }
  }
}

function readKilobytes(path: string, key: string): number {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(readFileSync(path, 'utf8'));
  if (found === null) throw new Error(`${path} has no ${key}`);
  return Number(found[1]) * 1024;
}

function readDescendants(ancestor: number): number[] {
  const parentOf = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid)) parentOf.set(pid, readParent(pid));
  }
  const isUnder = (pid: number): boolean => {
    for (let at = parentOf.get(pid) ?? 0; at > 1; at = parentOf.get(at) ?? 0)
      if (at === ancestor) return true;
    return false;
  };
  return [...parentOf.keys()].filter(isUnder);
}

/** 0 when the process has ended meanwhile. */
function readParent(pid: number): number {
  try {
    return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function isRenderer(pid: number): boolean {
  try {
    const flags = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return flags.includes('--type=renderer') && !flags.includes('--extension-process');
  } catch {
    return false;
  }
}
