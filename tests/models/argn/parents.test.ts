import { describe, expect, it } from 'vitest';
import { planParents } from '../../../src/models/argn/parents';

describe('the order in which nets draw columns', () => {
  const columnsOf = (n: number) => Array.from({ length: n }, (_, i) => Uint16Array.of(1, 2, 1 + (i % 2), 2));
  const isNominal = (n: number) => Array.from({ length: n }, (_, i) => i % 3 === 0);

  it("is the table's, the target last", () => {
    expect([...planParents(columnsOf(5), isNominal(5), 1, 9).order]).toEqual([0, 2, 3, 4, 1]);
  });

  it('has levels before numbers in a table of thirty columns, the target last all the same', () => {
    const { order, parents } = planParents(columnsOf(30), isNominal(30), 3, 9);
    expect([...order.subarray(0, 9)]).toEqual([0, 6, 9, 12, 15, 18, 21, 24, 27]);
    expect([...order.subarray(9, 12)]).toEqual([1, 2, 4]);
    expect(order[29]).toBe(3);
    expect([...(parents[6] ?? [])]).toEqual([0]);
  });
});
