import { refuse } from './failure';

/**
 * Structured values as JSON text and one file of raw arrays, so that typed arrays of any size are kept bit for bit
 * and the rest can be read by eye. The format is described in docs/project-file.md. Deterministic: equal values with
 * equal key order give equal bytes.
 */
export interface EncodedValue {
  readonly json: string;
  /**
   * Raw little-endian arrays in the order met, each padded with zeros to a multiple of eight bytes; to be joined. Not
   * copies: they are the value's own buffers, except where those are shared between threads.
   */
  readonly arrays: readonly Uint8Array<ArrayBuffer>[];
}

/** Deepest nesting written or read; beyond it a value is a mistake or an attack. */
const MAX_DEPTH = 200;
const ALIGNMENT = 8;

const ARRAY_KINDS = {
  u8: Uint8Array,
  u8c: Uint8ClampedArray,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  u64: BigUint64Array,
  i64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Encodes what structured clone can carry: JSON values, undefined, NaN and the infinities, BigInt, Date, Map, Set,
 * typed arrays and ArrayBuffer. Class instances, functions, Blobs inside a value and cycles are refused.
 *
 * @param order `kept`: keys as inserted, so that a restored object iterates as before; `sorted`: canonical.
 */
export function encodeValue(value: unknown, order: 'kept' | 'sorted' = 'kept'): EncodedValue {
  if (!LITTLE_ENDIAN) refuse('internal', 'This device stores numbers in an order Understudy cannot write.');
  const writer: Writer = { arrays: [], nBytes: 0, open: new Set(), sorted: order === 'sorted' };
  const json = JSON.stringify(encodeNode(value, writer));
  return { json, arrays: writer.arrays };
}

interface Writer {
  readonly arrays: Uint8Array<ArrayBuffer>[];
  nBytes: number;
  /** Containers being written, to notice a value that contains itself. */
  readonly open: Set<object>;
  readonly sorted: boolean;
}

function encodeNode(value: unknown, writer: Writer): unknown {
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'bigint') return { $bigint: `${value}` };
  if (value === undefined) return { $undefined: true };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return refuse('internal', `A ${typeof value} cannot be stored.`);
  if (value instanceof Date) return { $date: encodeNumber(value.getTime()) };
  if (value instanceof ArrayBuffer) return encodeArray('buffer', new Uint8Array(value), writer);
  if (ArrayBuffer.isView(value)) return encodeArray(kindOf(value), value, writer);
  return encodeContainer(value, writer);
}

/** NaN, the infinities and minus zero have no JSON number. */
function encodeNumber(value: number): unknown {
  if (Object.is(value, -0)) return { $number: '-0' };
  return Number.isFinite(value) ? value : { $number: `${value}` };
}

function kindOf(view: ArrayBufferView): string {
  const found = Object.entries(ARRAY_KINDS).find(([, constructor]) => view.constructor === constructor);
  return found?.[0] ?? refuse('internal', `A ${view.constructor.name} cannot be stored.`);
}

function encodeArray(kind: string, view: ArrayBufferView, writer: Writer): unknown {
  const at = writer.nBytes;
  const nPadding = -view.byteLength & (ALIGNMENT - 1);
  writer.arrays.push(ownBytes(view));
  if (nPadding > 0) writer.arrays.push(new Uint8Array(nPadding));
  writer.nBytes += view.byteLength + nPadding;
  return { $array: kind, at, length: 'length' in view ? view.length : view.byteLength };
}

/** Blobs take no buffer that other threads may change meanwhile. */
function ownBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, byteOffset, byteLength);
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}

function encodeContainer(value: object, writer: Writer): unknown {
  if (writer.open.has(value)) refuse('internal', 'A value that contains itself cannot be stored.');
  if (writer.open.size >= MAX_DEPTH) refuse('internal', 'A value is nested too deeply to be stored.');
  writer.open.add(value);
  const encoded = encodeItems(value, writer);
  writer.open.delete(value);
  return encoded;
}

function encodeItems(value: object, writer: Writer): unknown {
  const encode = (item: unknown): unknown => encodeNode(item, writer);
  if (Array.isArray(value)) return Array.from(value, encode);
  if (value instanceof Map) return { $map: [...value].map(([key, item]) => [encode(key), encode(item)]) };
  if (value instanceof Set) return { $set: [...value].map(encode) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    refuse('internal', `A ${value.constructor.name} cannot be stored inside a value.`);
  return encodeObject(Object.entries(value), encode, writer.sorted);
}

function encodeObject(
  entries: [string, unknown][],
  encode: (item: unknown) => unknown,
  sorted: boolean,
): unknown {
  if (sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const encoded = entries.map(([key, item]) => [key, encode(item)] as const);
  return encoded.some(([key]) => key.startsWith('$')) ? { $object: encoded } : Object.fromEntries(encoded);
}

/**
 * Reads back what {@link encodeValue} wrote; every typed array has a buffer of its own.
 * Throws `project-corrupt` for anything else.
 */
export function decodeValue(json: string, arrays: ArrayBuffer): unknown {
  try {
    return decodeNode(JSON.parse(json), arrays, 0);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError)
      return refuse('project-corrupt', UNREADABLE, `${error.name}: ${error.message}`);
    throw error;
  }
}

const UNREADABLE =
  'A stored value of this project is damaged. Open the project from a project file, or erase it.';

function decodeNode(node: unknown, arrays: ArrayBuffer, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => decodeNode(item, arrays, depth + 1));
  const entries: [string, unknown][] = Object.entries(node);
  const [tag, content] = entries[0] ?? ['', undefined];
  if (tag.startsWith('$')) return decodeTagged(tag, content, node, arrays, depth + 1);
  return Object.fromEntries(entries.map(([key, item]) => [key, decodeNode(item, arrays, depth + 1)]));
}

function decodeTagged(
  tag: string,
  content: unknown,
  node: object,
  arrays: ArrayBuffer,
  depth: number,
): unknown {
  const decode = (item: unknown): unknown => decodeNode(item, arrays, depth);
  switch (tag) {
    case '$array':
      return decodeArray(node as Readonly<Record<string, unknown>>, arrays);
    case '$number':
      return readNumber(content);
    case '$undefined':
      return undefined;
    case '$bigint':
      return BigInt(readText(content));
    case '$date':
      return new Date(Number(decode(content)));
    case '$map':
      return new Map(readPairs(content).map(([key, item]) => [decode(key), decode(item)]));
    case '$set':
      return new Set(readList(content).map(decode));
    case '$object':
      return Object.fromEntries(readPairs(content).map(([key, item]) => [readText(key), decode(item)]));
    default:
      throw new RangeError('unknown tag');
  }
}

function decodeArray(node: Readonly<Record<string, unknown>>, arrays: ArrayBuffer): unknown {
  const { $array: kind, at, length } = node;
  const start = readCount(at);
  if (start % ALIGNMENT !== 0) throw new RangeError('array not aligned');
  if (kind === 'buffer') return takeBytes(arrays, start, readCount(length));
  const constructor = Object.entries(ARRAY_KINDS).find(([name]) => name === kind)?.[1];
  if (constructor === undefined) throw new RangeError('unknown array kind');
  return new constructor(takeBytes(arrays, start, readCount(length) * constructor.BYTES_PER_ELEMENT));
}

function takeBytes(arrays: ArrayBuffer, start: number, nBytes: number): ArrayBuffer {
  if (start + nBytes > arrays.byteLength) throw new RangeError('array beyond the end of the file');
  return arrays.slice(start, start + nBytes);
}

function readCount(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError('not a count');
}

function readText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('not a text');
}

function readList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new TypeError('not a list');
}

function readPairs(value: unknown): readonly (readonly [unknown, unknown])[] {
  return readList(value).map((pair) => {
    const [key, item] = readList(pair);
    return [key, item];
  });
}

function readNumber(value: unknown): number {
  const special = new Map([
    ['-0', -0],
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
  ]).get(readText(value));
  if (special === undefined) throw new TypeError('not a special number');
  return special;
}
