import text from './assembly/net.ts?kernel';
import type { NetKernel, NetPlaces } from './net-kernel';
import { growTo, openWasm, type WasmMemory } from './wasm';

interface Exports {
  choose(...places: number[]): void;
  step(rows: number, nRows: number, rate: number, unbias: number, decay: number): number;
  draw(nRows: number, uniforms: number): void;
  score(nRows: number, out: number): void;
}

/** The kernel in WebAssembly with SIMD; null where that does not run. */
export function openSimdKernel(): NetKernel | null {
  const open = openWasm<Exports>(text);
  return open === null ? null : wrapExports(open.exports, open.memory);
}

function wrapExports(exports: Exports, memory: WasmMemory): NetKernel {
  return {
    name: 'simd',
    buffer: () => memory.buffer,
    grow: (nBytes) => {
      growTo(memory, nBytes);
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
