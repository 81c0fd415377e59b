import { Rng } from '../../src/math/rng';
import { createArgn } from '../../src/models/argn/argn';
import type { ArgnState } from '../../src/models/argn/draw-rows';
import type { NetsDevice } from '../../src/models/argn/nets-device';
import { createBackendHost } from '../../src/models/neural/backends';
import { createNetsDevice } from '../../src/models/neural/nets/nets-device';
import type { TrainingRun } from '../../src/models/synthesizer';
import { makeLabs } from '../models/argn/tables';

/** The nets of one table taught twice. */
export interface NetsBench {
  /** What the browser says of the graphics processor. */
  readonly adapter: string;
  /** Why it would not be taken by itself; null for one of hardware. */
  readonly refusal: string | null;
  readonly nNets: number;
  /** Learning alone, on one thread. */
  readonly kernelMs: number;
  /** With starting the device, compiling for it, and a look at its first steps. */
  readonly deviceMs: number;
  /** False where the device failed and the kernel went on. */
  readonly isDone: boolean;
  /** Largest distance of a net from the kernel's, as a share of its length. */
  readonly distance: number;
}

/** Teaches the nets of a made table by the kernel and by WebGPU, in a page that has it. */
export async function timeNets(nRows: number, nColumns: number, epochs: number): Promise<NetsBench> {
  const host = createBackendHost({}, () => performance.now());
  const input = makeLabs(nRows, nColumns);
  const teach = (device: NetsDevice | null) => time(input, device, epochs === 0 ? {} : { epochs });
  const alone = await teach(null);
  const beside = await teach(createNetsDevice('webgpu', host));
  return {
    adapter: await describeAdapter(),
    refusal: await host.refuseWebgpu(),
    nNets: alone.nets.length,
    kernelMs: alone.ms,
    deviceMs: beside.ms,
    isDone: beside.backends.length === 1 && beside.backends[0] === 'webgpu',
    distance: Math.max(...alone.nets.map((net, i) => distance(net, beside.nets[i] ?? net))),
  };
}

async function time(input: ReturnType<typeof makeLabs>, device: NetsDevice | null, config: object) {
  const backends: string[] = [];
  const at = { train: NaN, finish: NaN };
  const run: TrainingRun = {
    command: () => 'run',
    emit(event) {
      if (event.kind === 'backend') backends.push(event.chosen);
      if (event.kind !== 'phase') return;
      if (event.phase === 'train' && Number.isNaN(at.train)) at.train = performance.now();
      if (event.phase === 'finish') at.finish = performance.now();
    },
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
    resumeFrom: null,
    checkpointEveryMs: Infinity,
    crew: null,
  };
  const model = await createArgn(device).train(input, { ...config }, Rng.fromSeed(1), run);
  const { payload } = await model.state();
  const nets = (payload as ArgnState).columns.flatMap(({ net }) => ('params' in net ? net.params : []));
  return { nets, backends, ms: at.finish - at.train };
}

function distance(a: Float32Array, b: Float32Array): number {
  const length = (own: Float32Array) => Math.sqrt(own.reduce((sum, x) => sum + (x < -1e8 ? 0 : x * x), 0));
  return length(a.map((x, i) => x - (b[i] ?? NaN))) / Math.max(1, length(a));
}

async function describeAdapter(): Promise<string> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return 'none';
  const { vendor, architecture, description } = adapter.info;
  return [vendor, architecture, description].filter((text) => text !== '').join(', ');
}
