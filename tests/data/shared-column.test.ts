import { afterEach, describe, expect, it, vi } from 'vitest';
import { createColumnSharer } from '../../src/data/shared-column';
import type { Column } from '../../src/data/table';

const values = Float64Array.of(1, NaN, -0, 3);
const number: Column = { kind: 'number', name: 'x', values };
const level: Column = { kind: 'level', name: 'c', codes: Int32Array.of(0, -1, 1), levels: ['a', 'b'] };
const bufferOf = (column: Column) => (column.kind === 'number' ? column.values : column.codes).buffer;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('createColumnSharer', () => {
  it('keeps every value and puts it where threads share it', () => {
    const share = createColumnSharer();
    for (const column of [number, level]) {
      const moved = share(column);
      expect(bufferOf(moved)).toBeInstanceOf(SharedArrayBuffer);
      expect(structuredClone(moved)).toEqual(moved);
      expect({ ...moved, ...(moved.kind === 'number' ? { values } : { codes: level.codes }) }).toEqual(
        column,
      );
    }
    const moved = share(number);
    expect(moved.kind === 'number' && [...moved.values]).toEqual([...values]);
  });

  it('moves an array that columns share once, and one that is shared memory not at all', () => {
    const share = createColumnSharer();
    const first = share(level);
    const second = share({ ...level, levels: ['a', 'b', 'c'] });
    expect(bufferOf(second)).toBe(bufferOf(first));
    expect(bufferOf(createColumnSharer()(first))).toBe(bufferOf(first));
  });

  it('leaves columns as they are where threads share no memory', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect(bufferOf(createColumnSharer()(number))).toBe(values.buffer);
  });
});
