/** What this browser and device offer, as plain facts. */
export interface DeviceFacts {
  /** `fallback`: the browser draws on the processor, so it is slower than wasm. */
  readonly webgpu: 'real' | 'fallback' | 'none';
  readonly wasmSimd: boolean;
  /** Logical cores; null where the browser does not say. */
  readonly nCores: number | null;
  /** GiB as the browser rounds it (at most 8, or 32 in newer ones); null where it does not say. */
  readonly deviceMemoryGib: number | null;
  readonly indexedDb: boolean;
  /** The origin's private file system, for outputs too large for memory. */
  readonly opfs: boolean;
  readonly locks: boolean;
  readonly persisted: boolean;
}

/** One fact for a person. */
export interface Capability {
  readonly id: keyof DeviceFacts;
  readonly name: string;
  /** `limited`: it works, with the drawback that the sentence names. */
  readonly level: 'good' | 'limited' | 'missing';
  readonly sentence: string;
}

/** Asks the browser; answers for what throws or is missing as not offered. */
export async function readDeviceFacts(): Promise<DeviceFacts> {
  const browser = navigator as Partial<Navigator>;
  const [webgpu, indexedDb, opfs, persisted] = await Promise.all([
    probeWebGpu(browser.gpu),
    probeIndexedDb(),
    answers(() => navigator.storage.getDirectory()),
    navigator.storage.persisted().catch(() => false),
  ]);
  return {
    webgpu,
    wasmSimd: typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE),
    nCores: browser.hardwareConcurrency ?? null,
    deviceMemoryGib: readMemoryGib(),
    indexedDb,
    opfs,
    locks: browser.locks !== undefined,
    persisted,
  };
}

/** Graphics processor and cores, as far as the browser tells. */
export async function readDeviceSpeed(): Promise<{
  readonly hasGpu: boolean;
  readonly nCores: number | null;
}> {
  const { gpu, hardwareConcurrency = null } = navigator as Partial<Navigator>;
  return { hasGpu: (await probeWebGpu(gpu)) === 'real', nCores: hardwareConcurrency };
}

/** Memory of the device in GiB, rounded; null where the browser does not say. */
export function readMemoryGib(): number | null {
  return (navigator as { readonly deviceMemory?: number }).deviceMemory ?? null;
}

/** `(func (result v128) i32.const 0  i8x16.splat)`: valid only with the SIMD instructions. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);

async function probeWebGpu(gpu: GPU | undefined): Promise<DeviceFacts['webgpu']> {
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (adapter === undefined || adapter === null) return 'none';
  const { info } = adapter as Partial<GPUAdapter>;
  const software =
    (info?.isFallbackAdapter ?? false) || /swiftshader|llvmpipe|basic render/i.test(describe(info));
  return software ? 'fallback' : 'real';
}

function describe(info: GPUAdapterInfo | undefined): string {
  return info === undefined ? '' : `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
}

function probeIndexedDb(): Promise<boolean> {
  return answers(async () => {
    if (typeof indexedDB.databases === 'function') return indexedDB.databases();
    return indexedDB.cmp(0, 1);
  });
}

async function answers(question: () => Promise<unknown>): Promise<boolean> {
  try {
    await question();
    return true;
  } catch {
    return false;
  }
}

/** One line a fact, in a fixed order. */
export function describeCapabilities(facts: DeviceFacts): readonly Capability[] {
  return [
    describeWebGpu(facts.webgpu),
    describeFlag('wasmSimd', 'Fast WebAssembly', facts.wasmSimd, [
      'Training can use the vector instructions of your processor.',
      'This browser lacks vector instructions, so training is several times slower; a current browser has them.',
    ]),
    describeCores(facts.nCores),
    describeMemory(facts.deviceMemoryGib),
    describeFlag('indexedDb', 'Project storage', facts.indexedDb, [
      'Projects are kept in this browser and can be opened again.',
      'This browser stores nothing for this page, so work is lost when the tab closes; save project files.',
    ]),
    describeFlag('opfs', 'Large files', facts.opfs, [
      'Large outputs are written to disk as they are made.',
      'Large outputs are held in memory until they are saved, so very large ones may fail.',
    ]),
    describeFlag('locks', 'One tab a project', facts.locks, [
      'Two tabs cannot overwrite each other’s work.',
      'This browser cannot keep two tabs apart, so projects stay closed here.',
    ]),
    describePersistence(facts.persisted),
  ];
}

const WEBGPU = {
  real: ['good', 'Training can use your graphics processor.'],
  fallback: [
    'limited',
    'The browser only imitates a graphics processor, so training uses WebAssembly instead.',
  ],
  none: ['limited', 'The browser offers no graphics processor, so training uses WebAssembly instead.'],
} as const;

function describeWebGpu(webgpu: DeviceFacts['webgpu']): Capability {
  const [level, sentence] = WEBGPU[webgpu];
  return { id: 'webgpu', name: 'Graphics processor', level, sentence };
}

function describeFlag(
  id: keyof DeviceFacts,
  name: string,
  offered: boolean,
  [good, missing]: readonly [string, string],
): Capability {
  return offered
    ? { id, name, level: 'good', sentence: good }
    : { id, name, level: 'missing', sentence: missing };
}

function describeCores(nCores: number | null): Capability {
  const head = { id: 'nCores', name: 'Processor' } as const;
  if (nCores === null)
    return { ...head, level: 'limited', sentence: 'This browser does not say how many cores it may use.' };
  if (nCores < 3)
    return {
      ...head,
      level: 'limited',
      sentence: `This browser may use ${nCores} core${nCores === 1 ? '' : 's'}, so the page may respond slowly while it trains.`,
    };
  return { ...head, level: 'good', sentence: `This browser may use ${nCores} cores.` };
}

function describeMemory(gib: number | null): Capability {
  const head = { id: 'deviceMemoryGib', name: 'Memory' } as const;
  if (gib === null)
    return {
      ...head,
      level: 'limited',
      sentence: 'This browser does not say how much memory the device has.',
    };
  if (gib < 4)
    return {
      ...head,
      level: 'limited',
      sentence: `This device has about ${gib} GB of memory; large tables may not fit.`,
    };
  return { ...head, level: 'good', sentence: `This device has about ${gib} GB of memory or more.` };
}

function describePersistence(persisted: boolean): Capability {
  return {
    id: 'persisted',
    name: 'Kept storage',
    level: persisted ? 'good' : 'limited',
    sentence: persisted
      ? 'The browser keeps your projects until you erase them; a project file is still the only backup.'
      : 'The browser may clear your projects when space is short or after weeks without a visit; save project files.',
  };
}
