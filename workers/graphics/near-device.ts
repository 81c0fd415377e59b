import { collectNear, type FoundBlock } from '../../src/measure/neighbours/collect-near';
import type { NearQuestion, NearRows } from '../../src/measure/neighbours/near-rows';
import { isSound, toSingle, type SingleQuestion } from '../../src/measure/neighbours/single-precision';
import { CAPACITY, NEAR_SHADER, ROW_THREADS, SHAPE_WORDS, TILE } from './near-shader';

/** Sums that are held at once. */
const MAX_SUMS_BYTES = 32 * 2 ** 20;
const WORD = 4;

/** A graphics processor that finds near rows. */
export interface NearDevice {
  /** Null where it cannot: too large a question, out of memory, a lost device, or sums that are not what they should be. */
  answer(question: NearQuestion): Promise<NearRows | null>;
  /** False once it failed for a reason that the next question would meet as well. */
  readonly isFit: boolean;
}

/** Opens an adapter's device; null where it has none to give. */
export async function openNearDevice(adapter: GPUAdapter): Promise<NearDevice | null> {
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const device = await adapter
    .requestDevice({ requiredLimits: { maxStorageBufferBindingSize, maxBufferSize } })
    .catch(() => null);
  if (device === null) return null;
  const state = { isFit: true };
  void device.lost.then(() => (state.isFit = false));
  const pipelines = await openPipelines(device).catch(() => null);
  if (pipelines === null) return null;
  return {
    get isFit() {
      return state.isFit;
    },
    async answer(question) {
      const single = toSingle(question, TILE);
      if (single === null) return null;
      try {
        const near = await answerOn(device, pipelines, question, single);
        if (near === null || isSound(question, near)) return near;
        state.isFit = false;
      } catch {
        state.isFit = false;
      }
      return null;
    },
  };
}

interface Pipelines {
  readonly measure: GPUComputePipeline;
  readonly choose: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

async function openPipelines(device: GPUDevice): Promise<Pipelines> {
  const module = device.createShaderModule({ code: NEAR_SHADER });
  const types = [
    'uniform',
    ...Array<GPUBufferBindingType>(4).fill('read-only-storage'),
    'storage',
    'read-only-storage',
    'storage',
    'storage',
  ] as const;
  const layout = device.createBindGroupLayout({
    entries: types.map((type, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    })),
  });
  const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  const open = (entryPoint: string) =>
    device.createComputePipelineAsync({ layout: pipelineLayout, compute: { module, entryPoint } });
  const [measure, choose] = await Promise.all([open('measure'), open('choose')]);
  return { measure, choose, layout };
}

/** Null where the device has no room for it. */
async function answerOn(
  device: GPUDevice,
  pipelines: Pipelines,
  { points: { nRows }, queries, metric }: NearQuestion,
  single: SingleQuestion,
): Promise<NearRows | null> {
  const nAtOnce = Math.floor(MAX_SUMS_BYTES / WORD / Math.max(1, nRows) / TILE) * TILE || TILE;
  const nBlock = Math.min(nAtOnce, single.queries.stride);
  const most = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  const needed = [single.points.numbers, single.points.levels, single.queries.numbers].map(
    (data) => data.byteLength,
  );
  if (Math.max(nBlock * nRows * WORD, nBlock * CAPACITY * 2 * WORD, ...needed) > most) return null;
  if (nRows === 0 || queries.nRows === 0) return null;
  const room = new Room(device);
  try {
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    const block = layOutBlock(room, pipelines.layout, single, nBlock, nRows);
    const troubles = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
    if (troubles.some((trouble) => trouble !== null)) return null;
    const found: FoundBlock[] = [];
    for (let first = 0; first < queries.nRows; first += nBlock) {
      const nQueries = Math.min(nBlock, queries.nRows - first);
      const shape = new ArrayBuffer(SHAPE_WORDS * WORD);
      const { nNumbers, nLevels } = queries;
      const isSquared = metric === 'squared' ? 1 : 0;
      new Uint32Array(shape).set([
        nRows,
        single.queries.stride,
        nNumbers,
        nLevels,
        first,
        single.k,
        isSquared,
      ]);
      new Float32Array(shape)[SHAPE_WORDS - 1] = single.reach;
      device.queue.writeBuffer(block.shape, 0, shape);
      found.push(await runBlock(device, pipelines, block, nQueries, nRows));
    }
    return collectNear(found, CAPACITY, single.error);
  } finally {
    room.clear();
  }
}

/** Buffers of one question. */
class Room {
  private readonly buffers: GPUBuffer[] = [];

  constructor(readonly device: GPUDevice) {}

  make(size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.device.createBuffer({ size: Math.max(4 * WORD, size), usage });
    this.buffers.push(buffer);
    return buffer;
  }

  hold(data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.make(data.byteLength, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    this.device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  clear(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}

interface Block {
  readonly shape: GPUBuffer;
  readonly counts: GPUBuffer;
  readonly places: GPUBuffer;
  /** What of counts and places the processor reads. */
  readonly readable: readonly [counts: GPUBuffer, places: GPUBuffer];
  readonly bindings: GPUBindGroup;
}

function layOutBlock(
  room: Room,
  layout: GPUBindGroupLayout,
  { points, queries, bands }: SingleQuestion,
  nBlock: number,
  nRows: number,
): Block {
  const { device } = room;
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ, UNIFORM } = GPUBufferUsage;
  const shape = room.make(SHAPE_WORDS * WORD, UNIFORM | COPY_DST);
  const sizes = [2 * WORD * nBlock, 2 * WORD * CAPACITY * nBlock] as const;
  const counts = room.make(sizes[0], STORAGE | COPY_SRC | COPY_DST);
  const places = room.make(sizes[1], STORAGE | COPY_SRC);
  const buffers = [
    shape,
    room.hold(points.numbers),
    room.hold(points.levels),
    room.hold(queries.numbers),
    room.hold(queries.levels),
    room.make(nBlock * nRows * WORD, STORAGE),
    room.hold(bands),
    counts,
    places,
  ];
  return {
    shape,
    counts,
    places,
    readable: [room.make(sizes[0], MAP_READ | COPY_DST), room.make(sizes[1], MAP_READ | COPY_DST)],
    bindings: device.createBindGroup({
      layout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    }),
  };
}

async function runBlock(
  device: GPUDevice,
  { measure, choose }: Pipelines,
  { counts, places, readable, bindings }: Block,
  nQueries: number,
  nRows: number,
): Promise<FoundBlock> {
  const encoder = device.createCommandEncoder();
  encoder.clearBuffer(counts);
  const pass = encoder.beginComputePass();
  pass.setBindGroup(0, bindings);
  pass.setPipeline(measure);
  pass.dispatchWorkgroups(Math.ceil(nRows / ROW_THREADS), Math.ceil(nQueries / TILE));
  pass.setPipeline(choose);
  pass.dispatchWorkgroups(nQueries);
  pass.end();
  const sizes = [2 * WORD * nQueries, 2 * WORD * CAPACITY * nQueries] as const;
  encoder.copyBufferToBuffer(counts, 0, readable[0], 0, sizes[0]);
  encoder.copyBufferToBuffer(places, 0, readable[1], 0, sizes[1]);
  device.queue.submit([encoder.finish()]);
  const [readCounts, readPlaces] = await Promise.all(
    readable.map(async (buffer, i) => {
      const size = sizes[i] ?? 0;
      await buffer.mapAsync(GPUMapMode.READ, 0, size);
      const words = new Uint32Array(buffer.getMappedRange(0, size).slice(0));
      buffer.unmap();
      return words;
    }),
  );
  return { nQueries, counts: readCounts ?? new Uint32Array(), places: readPlaces ?? new Uint32Array() };
}
