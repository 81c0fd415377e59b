import { decodeBase64 } from './decode-base64';

export const PAGE_BYTES = 65_536;
/** Half of what 32-bit offsets reach, so that the plain arithmetic on them stays exact. */
const MAX_PAGES = 32_768;

/** The WebAssembly objects that are used, typed here because the pure folders know no browser and no Node. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(nPages: number): number;
}

interface Wasm {
  readonly Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

/** Compiled kernels by their text; null where they do not run. */
const modules = new Map<string, object | null>();

/** A kernel with a memory of its own; null where WebAssembly or what the kernel needs of it does not run. Compiled once. */
export function openWasm<Exports>(text: string): { exports: Exports; memory: WasmMemory } | null {
  const wasm = (globalThis as { readonly WebAssembly?: Wasm }).WebAssembly;
  if (wasm === undefined) return null;
  let module = modules.get(text);
  if (module === undefined) {
    const bytes = decodeBase64(text);
    module = wasm.validate(bytes) ? new wasm.Module(bytes) : null;
    modules.set(text, module);
  }
  if (module === null) return null;
  const memory = new wasm.Memory({ initial: 1, maximum: MAX_PAGES });
  const { exports } = new wasm.Instance(module, { env: { memory, log: Math.log } });
  return { exports: exports as Exports, memory };
}

/** Makes a memory at least that large, keeping what it holds. */
export function growTo(memory: WasmMemory, nBytes: number): void {
  const missing = nBytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}
