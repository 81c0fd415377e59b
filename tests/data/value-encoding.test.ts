import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { decodeValue, encodeValue } from '../../src/data/value-encoding';

async function roundTrip(value: unknown): Promise<unknown> {
  const { json, arrays } = encodeValue(value);
  return decodeValue(json, await new Blob([...arrays]).arrayBuffer());
}

function failureOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { failure: { code: string } }).failure.code;
  }
}

const empty = new ArrayBuffer(0);

describe('the encoding of structured values', () => {
  it('writes what docs/project-file.md says, byte for byte', () => {
    const { json, arrays } = encodeValue({
      b: new Float32Array([1, -2]),
      a: [NaN, -0],
      w: new Uint8Array([7]),
    });
    expect(json).toBe(
      '{"b":{"$array":"f32","at":0,"length":2},"a":[{"$number":"NaN"},{"$number":"-0"}],' +
        '"w":{"$array":"u8","at":8,"length":1}}',
    );
    expect(arrays.flatMap((bytes) => [...bytes])).toEqual([
      ...[0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0],
      ...[7, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('brings back anything that structured clone can carry', async () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: false,
    });
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        expect(await roundTrip(value)).toStrictEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['keys that look like tags', { $array: 'f32', at: 0, length: 1 }],
    ['a key named like the prototype', JSON.parse('{"__proto__":{"x":1}}') as object],
    ['lone surrogates', { '\ud800': '\udfff' }],
    ['the ends of float', [5e-324, 1.7976931348623157e308, -Infinity]],
    ['64-bit arrays', { a: new BigInt64Array([-1n, 2n ** 62n]), b: new BigUint64Array([2n ** 64n - 1n]) }],
    ['a plain buffer', new Uint8Array([1, 2, 3]).buffer],
    ['an invalid date', new Date(NaN)],
    ['empty arrays of numbers', [new Float64Array(0), new Uint8ClampedArray([255])]],
  ])('keeps %s', async (_, value) => {
    expect(await roundTrip(value)).toStrictEqual(value);
  });

  it('keeps NaN bit patterns inside arrays', async () => {
    const bits = new Uint32Array([0x7fc00001, 0xffc00002, 0x7f800001]);
    const back = (await roundTrip(new Float32Array(bits.buffer))) as Float32Array;
    expect([...new Uint32Array(back.buffer)]).toEqual([...bits]);
  });

  it('writes only the viewed part of a buffer and gives every array its own', async () => {
    const whole = new Float64Array([1, 2, 3, 4]);
    const back = (await roundTrip([whole.subarray(1, 3), whole])) as [Float64Array, Float64Array];
    expect([...back[0]]).toEqual([2, 3]);
    expect(back[0].buffer.byteLength).toBe(16);
    expect(back[0].buffer).not.toBe(back[1].buffer);
  });

  it('copies memory that threads share', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    const { arrays } = encodeValue(shared);
    shared.fill(1);
    expect([...(arrays[0] ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('keeps the order of keys unless asked to sort them', () => {
    expect(encodeValue({ b: 1, a: { d: 1, c: 2 } }).json).toBe('{"b":1,"a":{"d":1,"c":2}}');
    expect(encodeValue({ b: 1, a: { d: 1, c: 2 } }, 'sorted').json).toBe('{"a":{"c":2,"d":1},"b":1}');
  });

  it('gives equal bytes to equal values whatever the order of their keys, when sorted', () => {
    const dictionary = fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string(), fc.constant(undefined)));
    fc.assert(
      fc.property(dictionary, (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(encodeValue(reversed, 'sorted').json).toBe(encodeValue(value, 'sorted').json);
      }),
    );
  });

  it('refuses what it could not bring back', () => {
    const loop: unknown[] = [];
    loop.push({ loop });
    let deep: unknown = 1;
    for (let i = 0; i < 300; i++) deep = [deep];
    for (const value of [
      loop,
      deep,
      Rng.fromSeed(1),
      () => 1,
      Symbol('s'),
      { part: new Blob() },
      new DataView(empty),
    ])
      expect(failureOf(() => encodeValue(value))).toBe('internal');
    const shared = { a: 1 };
    expect(encodeValue([shared, shared]).json).toBe('[{"a":1},{"a":1}]');
  });

  it.each([
    ['text that is not JSON', '{"a":'],
    ['an unknown tag', '{"$function":"x"}'],
    ['an unknown kind of array', '{"$array":"f16","at":0,"length":1}'],
    ['an array beyond the end', '{"$array":"f32","at":0,"length":3}'],
    ['an array without a length', '{"$array":"f32","at":0}'],
    ['a negative offset', '{"$array":"u8","at":-8,"length":1}'],
    ['an offset between two arrays', '{"$array":"u8","at":1,"length":1}'],
    ['a number that is none', '{"$number":"one"}'],
    ['a big integer that is none', '{"$bigint":"1.5"}'],
    ['pairs that are none', '{"$map":[1]}'],
    ['nesting without end', '['.repeat(300) + ']'.repeat(300)],
  ])('refuses %s', (_, json) => {
    expect(failureOf(() => decodeValue(json, new ArrayBuffer(8)))).toBe('project-corrupt');
  });

  it('survives any text in place of its own', () => {
    const tag = fc.constantFrom('$array', '$number', '$map', '$set', '$object', '$bigint', '$date', '$x');
    const node = fc.dictionary(tag, fc.jsonValue(), { maxKeys: 2 });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), node), (value) => {
        expect(['project-corrupt', undefined]).toContain(
          failureOf(() => decodeValue(JSON.stringify(value), new ArrayBuffer(16))),
        );
      }),
    );
  });
});
