/** The text of one JSON value cut out of a longer text; whether it is well-formed is for a parser to say. */
export interface ValueText {
  readonly text: string;
  /** Line of the text on which the value starts, from 1. */
  readonly line: number;
}

/** Which values are cut out: those that stand on their own, one after the other, or the elements of one array. */
export type SplitMode = 'roots' | 'elements';

/** What stands between values that has no place there, or an end in mid-value. */
export class SplitError extends Error {
  constructor(
    readonly kind: 'stray' | 'cut-off' | 'too-long',
    readonly line: number,
  ) {
    super(`${kind} on line ${line}`);
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const NEWLINE = 10;

/**
 * Cuts JSON text that comes in chunks into its values, so that a file of any length is parsed a record at a time.
 * Memory is that of the longest value. Throws SplitError.
 */
export class ValueSplitter {
  /** Parts of a value that began in earlier chunks. */
  private held: string[] = [];
  private heldLength = 0;
  private startLine = 0;
  private line = 1;
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private isInScalar = false;
  /** Of the array whose elements are cut out. */
  private array: 'before' | 'first' | 'element' | 'comma' | 'after' = 'before';

  constructor(
    private readonly mode: SplitMode,
    /** Characters of a value beyond which it is refused. */
    private readonly maxLength: number,
  ) {}

  /** Values that end in this chunk. */
  push(chunk: string): ValueText[] {
    const values: ValueText[] = [];
    let start = this.isInValue() ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i);
      if (code === NEWLINE) this.line++;
      if (this.isInString) {
        this.stepString(code);
        continue;
      }
      if (this.isInScalar && isScalarEnd(code)) {
        values.push(this.cut(chunk, start, i));
        start = -1;
      }
      if (start < 0) {
        if (this.startsValue(code)) {
          start = i;
          this.startLine = this.line;
        } else continue;
      }
      if (this.stepValue(code)) {
        values.push(this.cut(chunk, start, i + 1));
        start = -1;
      }
    }
    if (start >= 0) this.hold(chunk.slice(start));
    return values;
  }

  /** The last value, when nothing but the end of the text ends it. */
  end(): ValueText[] {
    if (this.isInScalar) return [this.cut('', 0, 0)];
    const isOpen = this.isInValue() || (this.mode === 'elements' && this.array !== 'after');
    if (isOpen) throw new SplitError('cut-off', this.line);
    return [];
  }

  private isInValue(): boolean {
    return this.depth > 0 || this.isInString || this.isInScalar;
  }

  private stepString(code: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (code === BACKSLASH) this.isEscaped = true;
    else if (code === QUOTE) {
      this.isInString = false;
      if (this.depth === 0) this.isInScalar = true;
    }
  }

  /** Between values: true where the character begins one. */
  private startsValue(code: number): boolean {
    if (code === 32 || (code >= 9 && code <= 13)) return false;
    if (this.mode === 'roots') {
      if (code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT)
        throw new SplitError('stray', this.line);
      return true;
    }
    return this.startsElement(code);
  }

  private startsElement(code: number): boolean {
    const state = this.array;
    if (state === 'before' && code === OPEN_ARRAY) this.array = 'first';
    else if (state === 'comma' && code === COMMA) this.array = 'element';
    else if ((state === 'comma' || state === 'first') && code === CLOSE_ARRAY) this.array = 'after';
    else if ((state === 'first' || state === 'element') && code !== COMMA && code !== CLOSE_ARRAY) {
      this.array = 'comma';
      return true;
    } else throw new SplitError('stray', this.line);
    return false;
  }

  /** Within a value: true where the character ends it. */
  private stepValue(code: number): boolean {
    if (code === QUOTE) this.isInString = true;
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) this.depth++;
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      this.depth--;
      return this.depth === 0;
    } else if (this.depth === 0) this.isInScalar = true;
    return false;
  }

  private cut(chunk: string, start: number, end: number): ValueText {
    this.hold(chunk.slice(Math.max(0, start), end));
    const text = this.held.length === 1 ? (this.held[0] ?? '') : this.held.join('');
    this.held = [];
    this.heldLength = 0;
    this.isInScalar = false;
    return { text, line: this.startLine };
  }

  private hold(text: string): void {
    this.held.push(text);
    this.heldLength += text.length;
    if (this.heldLength > this.maxLength) throw new SplitError('too-long', this.startLine);
  }
}

function isScalarEnd(code: number): boolean {
  return (
    code === COMMA ||
    code === CLOSE_ARRAY ||
    code === CLOSE_OBJECT ||
    code === 32 ||
    (code >= 9 && code <= 13)
  );
}
