import { HASH_FACTOR, HASH_START, hashBytes } from './byte-dictionary';
import { FailureError } from './failure';
import type { TextFormat } from './text-format';
import { encodeUtf8 } from './utf8';

/** Takes the cells of a text as they are found. */
export interface CellSink {
  /** The next cell of the row: UTF-8 in `bytes` from `start` to `end`, good until the call returns; its FNV-1a. */
  cell(bytes: Uint8Array, start: number, end: number, hash: number): void;
  /** The row is complete; `isBlank` when its line holds nothing at all. */
  endRow(isBlank: boolean): void;
  /** The cells since the last row will be given again. */
  abandonRow(): void;
}

/** What a scanner found besides cells. */
export interface ScanCounts {
  /** Places where a quote did not follow the rules. */
  nQuoteFaults: number;
  nComments: number;
  /** NUL characters; they are kept in their cells. */
  nNuls: number;
}

const LF = 0x0a;
const CR = 0x0d;
const BACKSLASH = 0x5c;

/** What a byte may be outside quotes. */
const PLAIN = 0;
const DELIMITER = 1;
const LINE_FEED = 2;
const RETURN = 3;
const NUL = 4;
const ESCAPE = 5;

/** A row or cell that goes on beyond the bytes at hand. */
const INCOMPLETE = -1;
/** No stop: the quote before was no closing one. */
const NONE = -2;

/** How often an unclosed quote may be given up, and how many bytes may be read again for it, before quotes are no longer believed. */
const MAX_GIVEN_UP = 200;
const MAX_READ_AGAIN = 1 << 28;

/** Bytes a quoted cell may hold; a quote not closed by then is taken literally. */
const MAX_QUOTED = 1 << 26;

/** Bytes a row may hold: what one string of a browser can take, with room to spare. */
const MAX_ROW_BYTES = 1 << 28;

/**
 * Bytes of UTF-8 text in, cells out, a chunk at a time. A cell that starts with a quote ends at the next quote that is
 * followed by a delimiter, a line end or spaces before one of these; any other quote inside it is counted as a fault and
 * kept. A quote that never closes is kept too and costs only the rest of its row its quoting. Throws FailureError
 * `format-unknown` for a row of more than `maxRowBytes`.
 */
export class CellScanner {
  readonly counts: ScanCounts = { nQuoteFaults: 0, nComments: 0, nNuls: 0 };
  private bytes = new Uint8Array(1 << 12);
  private length = 0;
  /** Where the next row starts. */
  private at = 0;
  /** Bytes of the unfinished row that make another look at it worth the work. */
  private neededBytes = 0;
  private isLast = false;
  private readonly kind = new Uint8Array(256);
  private readonly delimiter: Uint8Array;
  private readonly comment: Uint8Array;
  private readonly isMixed: boolean;
  private readonly escape: number;
  private quote: number;
  private readonly space: number;
  /** Counted for good when the row is complete. */
  private rowFaults = 0;
  private rowNuls = 0;
  private nGivenUp = 0;
  private nReadAgain = 0;
  /** What the latest cell stopped at: DELIMITER or LINE_FEED. */
  private stop = LINE_FEED;
  private scratch = new Uint8Array(256);
  private nScratch = 0;

  constructor(
    format: TextFormat,
    private readonly sink: CellSink,
    private readonly maxRowBytes = MAX_ROW_BYTES,
  ) {
    this.delimiter = encodeUtf8(format.delimiter);
    this.comment = encodeUtf8(format.comment ?? '');
    this.isMixed = format.lineEnds === 'mixed';
    this.quote = format.quote === null ? NONE : format.quote.charCodeAt(0);
    this.escape = format.escape === 'backslash' ? BACKSLASH : NONE;
    this.space = format.spaceBeforeQuote ? 0x20 : NONE;
    this.kind[0] = NUL;
    if (this.escape === BACKSLASH) this.kind[BACKSLASH] = ESCAPE;
    this.kind[this.delimiter[0] ?? 0] = DELIMITER;
    this.kind[LF] = LINE_FEED;
    this.kind[CR] = RETURN;
  }

  push(chunk: Uint8Array): void {
    this.take(chunk);
    // An unfinished row is read from its start again: doing so only after it doubled keeps the work linear.
    if (this.length - this.at >= this.neededBytes) this.scan();
  }

  /** Gives out the rows still held when the text has ended. */
  end(): void {
    this.isLast = true;
    this.scan();
  }

  private take(chunk: Uint8Array): void {
    const kept = this.length - this.at;
    if (kept + chunk.length > this.maxRowBytes) throw rowTooLong(this.maxRowBytes);
    const needed = kept + chunk.length + 1;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.ceil(1.25 * needed));
      larger.set(this.bytes.subarray(this.at, this.length));
      this.bytes = larger;
    } else {
      this.bytes.copyWithin(0, this.at, this.length);
    }
    this.bytes.set(chunk, kept);
    this.at = 0;
    this.length = kept + chunk.length;
    // Ends the search for the end of a cell.
    this.bytes[this.length] = LF;
  }

  private scan(): void {
    while (this.at < this.length) {
      const next = this.scanRow(this.at);
      if (next === INCOMPLETE) {
        this.sink.abandonRow();
        break;
      }
      this.at = next;
      this.counts.nQuoteFaults += this.rowFaults;
      this.counts.nNuls += this.rowNuls;
    }
    this.neededBytes = 2 * (this.length - this.at);
  }

  /** Where the next row starts, or INCOMPLETE. */
  private scanRow(start: number): number {
    this.rowFaults = 0;
    this.rowNuls = 0;
    if (this.comment.length > 0 && bytesAt(this.bytes, start, this.comment)) return this.skipComment(start);
    let { quote } = this;
    for (let from = start; ;) {
      if (this.bytes[from] === this.space) from = this.skipSpaces(from, quote);
      const isQuoted = this.bytes[from] === quote && from < this.length;
      const { rowFaults, rowNuls } = this;
      const stop = isQuoted ? this.scanQuoted(from, quote) : this.scanPlain(from);
      if (stop === INCOMPLETE) return INCOMPLETE;
      if (stop === NONE) {
        quote = NONE;
        this.rowFaults = rowFaults + 1;
        this.rowNuls = rowNuls;
        this.giveUpQuote(from);
      } else if (this.stop === DELIMITER) {
        from = stop + this.delimiter.length;
      } else {
        this.sink.endRow(stop === start);
        return this.skipLineEnd(stop);
      }
    }
  }

  /** Gives out the unquoted cell that starts at `from`; answers where it stops, or INCOMPLETE. */
  private scanPlain(from: number): number {
    const { bytes, kind } = this;
    let hash = HASH_START;
    for (let at = from; ; at++) {
      let byte = bytes[at] ?? 0;
      while (kind[byte] === PLAIN) {
        hash = Math.imul(hash ^ byte, HASH_FACTOR);
        byte = bytes[++at] ?? 0;
      }
      const stop = this.stopAt(at);
      if (stop === INCOMPLETE) return INCOMPLETE;
      if (stop !== NONE) {
        this.stop = stop;
        this.sink.cell(bytes, from, at, hash);
        return at;
      }
      if (byte === this.escape) return this.scanEscaped(from);
      if (byte === 0) this.rowNuls++;
      hash = Math.imul(hash ^ byte, HASH_FACTOR);
    }
  }

  /** The same for a cell with backslashes in it: one before a delimiter, quote, line end or backslash is dropped. */
  private scanEscaped(from: number): number {
    this.nScratch = 0;
    let copied = from;
    for (let at = from; ; at++) {
      const stop = this.stopAt(at);
      if (stop === INCOMPLETE) return INCOMPLETE;
      if (stop !== NONE) {
        this.stop = stop;
        this.copy(copied, at);
        this.giveScratch();
        return at;
      }
      if (this.bytes[at] === 0) this.rowNuls++;
      if (this.bytes[at] !== this.escape) continue;
      if (at + 1 === this.length && !this.isLast) return INCOMPLETE;
      if (!this.isEscapable(at + 1)) continue;
      this.copy(copied, at);
      copied = ++at;
    }
  }

  /** Gives out the cell whose quote opens at `open`; answers where it stops, INCOMPLETE, or NONE when it never closes. */
  private scanQuoted(open: number, quote: number): number {
    const { bytes, length, escape } = this;
    this.nScratch = 0;
    let copied = open + 1;
    for (let at = open + 1; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === escape && this.isEscapable(at + 1)) {
        this.copy(copied, at);
        copied = ++at;
      } else if (byte === quote) {
        const isPair = at + 1 < length && bytes[at + 1] === quote;
        const stop = isPair ? NONE : this.findStop(at + 1);
        if (stop === INCOMPLETE) return INCOMPLETE;
        if (stop !== NONE) {
          if (copied === open + 1) this.sink.cell(bytes, copied, at, hashBytes(bytes, copied, at));
          else {
            this.copy(copied, at);
            this.giveScratch();
          }
          return stop;
        }
        if (isPair) {
          this.copy(copied, ++at);
          copied = at + 1;
        } else this.rowFaults++;
      } else if (byte === 0) this.rowNuls++;
    }
    return this.isLast || length - open > MAX_QUOTED ? NONE : INCOMPLETE;
  }

  /** Where the delimiter or line end stands that follows a closing quote, spaces skipped; NONE when other text follows. */
  private findStop(from: number): number {
    for (let at = from; ; at++) {
      const stop = this.stopAt(at);
      if (stop === INCOMPLETE) return INCOMPLETE;
      if (stop !== NONE) {
        this.stop = stop;
        return at;
      }
      if (!isSpace(this.bytes[at] ?? 0)) return NONE;
    }
  }

  /** DELIMITER or LINE_FEED when a cell stops at `at`, else NONE; INCOMPLETE when the bytes at hand leave it open. */
  private stopAt(at: number): number {
    if (at >= this.length) return this.isLast ? LINE_FEED : INCOMPLETE;
    const byte = this.bytes[at] ?? 0;
    const kind = this.kind[byte];
    if (kind === DELIMITER) return this.delimiter.length === 1 ? DELIMITER : this.matchDelimiter(at);
    if (kind === LINE_FEED) return LINE_FEED;
    if (kind !== RETURN) return NONE;
    if (at + 1 === this.length) return this.isLast ? LINE_FEED : INCOMPLETE;
    return this.isMixed || this.bytes[at + 1] === LF ? LINE_FEED : NONE;
  }

  private matchDelimiter(at: number): number {
    if (at + this.delimiter.length > this.length && !this.isLast) return INCOMPLETE;
    return at + this.delimiter.length <= this.length && bytesAt(this.bytes, at, this.delimiter)
      ? DELIMITER
      : NONE;
  }

  private isEscapable(at: number): boolean {
    if (at >= this.length) return false;
    const byte = this.bytes[at] ?? 0;
    return byte === this.quote || this.kind[byte] !== PLAIN;
  }

  private skipComment(start: number): number {
    let at = start;
    for (; at < this.length; at++) {
      const byte = this.bytes[at];
      if (byte === LF || (byte === CR && this.isMixed)) break;
    }
    if (at + 1 >= this.length && !this.isLast) return INCOMPLETE;
    this.counts.nComments++;
    return this.skipLineEnd(at);
  }

  private skipLineEnd(at: number): number {
    const isPair = this.bytes[at] === CR && at + 1 < this.length && this.bytes[at + 1] === LF;
    return Math.min(this.length, at + (isPair ? 2 : 1));
  }

  /** The quote after spaces at `from`, or `from` when there is none. */
  private skipSpaces(from: number, quote: number): number {
    let at = from;
    while (this.bytes[at] === this.space) at++;
    return this.bytes[at] === quote && at < this.length ? at : from;
  }

  private giveUpQuote(open: number): void {
    this.nReadAgain += this.length - open;
    if (++this.nGivenUp > MAX_GIVEN_UP || this.nReadAgain > MAX_READ_AGAIN) this.quote = NONE;
  }

  private copy(start: number, end: number): void {
    const needed = this.nScratch + end - start;
    if (needed > this.scratch.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.scratch.subarray(0, this.nScratch));
      this.scratch = larger;
    }
    this.scratch.set(this.bytes.subarray(start, end), this.nScratch);
    this.nScratch = needed;
  }

  private giveScratch(): void {
    this.sink.cell(this.scratch, 0, this.nScratch, hashBytes(this.scratch, 0, this.nScratch));
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function bytesAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  return wanted.every((byte, i) => bytes[at + i] === byte);
}

function rowTooLong(maxBytes: number): FailureError {
  return new FailureError({
    code: 'format-unknown',
    message: `A row of this file is longer than ${Math.floor(maxBytes / 2 ** 20)} MB: it is no table, or its line ends are unknown. Save the table as CSV and open that.`,
  });
}
