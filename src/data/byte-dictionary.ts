import { decodeUtf8 } from './utf8';

/** Start value of a cell's hash (FNV-1a, 32 bits). */
export const HASH_START = 0x811c9dc5 | 0;

/** Factor of a cell's hash: `hash = Math.imul(hash ^ byte, HASH_FACTOR)` for each byte. */
export const HASH_FACTOR = 0x01000193;

/** Bytes decoded at a time: the texts of one block share one string. */
const DECODED_AT_ONCE = 1 << 16;

/**
 * Distinct cells of a column as UTF-8 bytes, each with a code in order of first appearance: an open hash table over one
 * run of bytes, so that no string is made for a cell that was seen before.
 */
export class ByteDictionary {
  /** Number of distinct cells. */
  size = 0;
  /** Code + 1; 0 = free. */
  private slots = new Int32Array(16);
  private hashes = new Int32Array(8);
  private ends = new Uint32Array(8);
  private arena = new Uint8Array(32);
  private nUsed = 0;

  /** Bytes held now. */
  get nBytes(): number {
    return this.slots.byteLength + this.hashes.byteLength + this.ends.byteLength + this.arena.byteLength;
  }

  /** Bytes of the distinct cells. */
  get nTextBytes(): number {
    return this.nUsed;
  }

  /** Code of the cell that stands in `bytes` from `start` to `end`; `hash` is its FNV-1a. */
  codeOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const code = (slots[slot] ?? 0) - 1;
      if (code < 0) return this.add(bytes, start, end, hash, slot);
      if (hashes[code] === hash && this.isEqual(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  /** True when the cell of that code holds nothing but spaces and control characters. */
  isBlank(code: number): boolean {
    const end = this.ends[code] ?? 0;
    for (let at = this.startOf(code); at < end; at++) if ((this.arena[at] ?? 0) > 0x20) return false;
    return true;
  }

  /** The cell of that code as text. */
  textOf(code: number): string {
    return decodeUtf8(this.arena, this.startOf(code), this.ends[code] ?? 0);
  }

  /** All cells as text, in the order of their codes. Gives up its memory: call nothing afterwards. */
  takeTexts(): string[] {
    this.slots = new Int32Array();
    this.hashes = new Int32Array();
    const texts: string[] = [];
    for (let code = 0; code < this.size;) {
      const from = this.startOf(code);
      let last = code;
      while (last + 1 < this.size && (this.ends[last + 1] ?? 0) - from <= DECODED_AT_ONCE) last++;
      this.decodeBlock(code, last, texts);
      code = last + 1;
    }
    this.arena = new Uint8Array();
    this.ends = new Uint32Array();
    return texts;
  }

  private decodeBlock(first: number, last: number, texts: string[]): void {
    const block = decodeUtf8(this.arena, this.startOf(first), this.ends[last] ?? 0);
    const from = this.startOf(first);
    const isAscii = block.length === (this.ends[last] ?? 0) - from;
    let at = 0;
    for (let code = first; code <= last; code++) {
      const start = this.startOf(code);
      const end = this.ends[code] ?? 0;
      const length = isAscii ? end - start : countUnits(this.arena, start, end);
      texts.push(block.slice(at, at + length));
      at += length;
    }
  }

  private isEqual(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { arena } = this;
    let at = this.startOf(code);
    if ((this.ends[code] ?? 0) - at !== end - start) return false;
    for (let i = start; i < end; i++, at++) if (arena[at] !== bytes[i]) return false;
    return true;
  }

  private startOf(code: number): number {
    return code === 0 ? 0 : (this.ends[code - 1] ?? 0);
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.size++;
    const nUsed = this.nUsed + end - start;
    if (nUsed > this.arena.length)
      this.arena = grow(this.arena, new Uint8Array(Math.max(nUsed, 2 * this.arena.length)));
    if (end - start < 32)
      for (let i = start, at = this.nUsed; i < end; i++, at++) this.arena[at] = bytes[i] ?? 0;
    else this.arena.set(bytes.subarray(start, end), this.nUsed);
    if (code === this.ends.length) {
      this.ends = grow(this.ends, new Uint32Array(2 * code));
      this.hashes = grow(this.hashes, new Int32Array(2 * code));
    }
    this.nUsed = nUsed;
    this.ends[code] = nUsed;
    this.hashes[code] = hash;
    this.slots[slot] = code + 1;
    if (2 * this.size > this.slots.length) this.rehash();
    return code;
  }

  private rehash(): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      const hash = this.hashes[code] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}

/** FNV-1a over a run of bytes. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), HASH_FACTOR);
  return hash;
}

/** UTF-16 units of valid UTF-8: one a character, two for those of four bytes. */
function countUnits(bytes: Uint8Array, start: number, end: number): number {
  let n = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if ((byte & 0xc0) !== 0x80) n += byte >= 0xf0 ? 2 : 1;
  }
  return n;
}

function grow<T extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  from: T,
  to: T,
): T {
  to.set(from);
  return to;
}
