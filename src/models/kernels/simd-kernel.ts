import { decodeBase64 } from './decode-base64';
import text from './assembly/net.ts?kernel';
import type { NetKernel, NetPlaces } from './net-kernel';

const PAGE = 65_536;
/** Half of what 32-bit offsets reach, so that the plain arithmetic on them stays exact. */
const MAX_PAGES = 32_768;

/** The WebAssembly objects that are used, typed here because the pure folders know no browser and no Node. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(nPages: number): number;
}

interface Wasm {
  readonly Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

interface Exports {
  choose(...places: number[]): void;
  step(rows: number, nRows: number, rate: number, unbias: number, decay: number): number;
  draw(nRows: number, uniforms: number): void;
  score(nRows: number, out: number): void;
}

/** The kernel in WebAssembly with SIMD; null where that does not run. */
export function openSimdKernel(): NetKernel | null {
  const wasm = (globalThis as { readonly WebAssembly?: Wasm }).WebAssembly;
  const bytes = decodeBase64(text);
  if (wasm?.validate(bytes) !== true) return null;
  const memory = new wasm.Memory({ initial: 1, maximum: MAX_PAGES });
  const { exports } = new wasm.Instance(new wasm.Module(bytes), { env: { memory, log: Math.log } });
  return wrapExports(exports as Exports, memory);
}

function wrapExports(exports: Exports, memory: WasmMemory): NetKernel {
  return {
    name: 'simd',
    buffer: () => memory.buffer,
    grow(nBytes) {
      const missing = nBytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    },
    step(net, rows, nRows, { rate, unbias, decay }) {
      choose(exports, net);
      return exports.step(rows, nRows, rate, unbias, decay);
    },
    draw(net, nRows, uniforms) {
      choose(exports, net);
      exports.draw(nRows, uniforms);
    },
    score(net, nRows, out) {
      choose(exports, net);
      exports.score(nRows, out);
    },
  };
}

function choose(exports: Exports, net: NetPlaces): void {
  exports.choose(
    net.hidden,
    net.nKnown,
    net.classes,
    net.nParents,
    net.parents,
    net.target,
    net.nParams,
    net.nDecayed,
    net.nInputRows,
    net.params,
    net.grads,
    net.first,
    net.second,
    net.scratch,
  );
}
