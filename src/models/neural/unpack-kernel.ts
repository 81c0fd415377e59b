import type { HostKernel } from './host-memory';

export interface VectorPiece {
  readonly offset: number;
  readonly shape: readonly number[];
}

/** Copies of the pieces of a vector, each in its own shape. */
export const UNPACK_VECTOR: HostKernel<{ readonly pieces: readonly VectorPiece[] }> = {
  name: 'UnpackVector',
  shapes: (_, { pieces }) => pieces.map((piece) => [...piece.shape]),
  compute(view, outputs, { pieces }) {
    const source = view('vector');
    pieces.forEach(({ offset }, i) => {
      const result = outputs[i];
      result?.set(source.subarray(offset, offset + result.length));
    });
  },
};
