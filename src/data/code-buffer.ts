/** Codes of a column, one a row, as narrow as its levels allow: one byte up to 256 levels, two up to 65,536, else four. */
export type Codes = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

const FIRST_ROWS = 256;

/** A growing list of {@link Codes} that widens when its column gets more levels. */
export class CodeBuffer {
  private codes: Codes = new Uint8Array(FIRST_ROWS);
  private nRows = 0;

  /** Bytes held now. */
  get nBytes(): number {
    return this.codes.byteLength;
  }

  push(code: number): void {
    this.fit(code + 1, this.nRows + 1);
    this.codes[this.nRows++] = code;
  }

  /** Appends `n` codes of `source`, beginning at `first` and `stride` apart; all are under `nLevels`. */
  append(source: Uint32Array, first: number, stride: number, n: number, nLevels: number): void {
    this.fit(nLevels, this.nRows + n);
    copyStrided(source, first, stride, this.codes, this.nRows, n);
    this.nRows += n;
  }

  /** The code of a row. */
  at(row: number): number {
    return this.codes[row] ?? 0;
  }

  /** The codes of the first `nRows` rows. The memory is the buffer's own: push nothing afterwards. */
  finish(nRows = this.nRows): Codes {
    const { codes } = this;
    return nRows > codes.length / 2 ? codes.subarray(0, nRows) : codes.slice(0, nRows);
  }

  private fit(nLevels: number, nRows: number): void {
    const wide = widthFor(nLevels) > this.codes.BYTES_PER_ELEMENT;
    if (!wide && nRows <= this.codes.length) return;
    const width = Math.max(widthFor(nLevels), this.codes.BYTES_PER_ELEMENT);
    const capacity = nRows <= this.codes.length ? this.codes.length : Math.max(nRows, this.codes.length * 2);
    const larger = makeCodes(width, capacity);
    larger.set(this.codes.subarray(0, this.nRows));
    this.codes = larger;
  }
}

/** Codes with each one replaced by what `map` holds in its place; `nLevels` is the number of levels after that. */
export function mapCodes(codes: Codes, map: Uint32Array, nLevels: number): Codes {
  const mapped = makeCodes(widthFor(nLevels), codes.length);
  for (let row = 0; row < codes.length; row++) mapped[row] = map[codes[row] ?? 0] ?? 0;
  return mapped;
}

function widthFor(nLevels: number): number {
  return nLevels <= 0x100 ? 1 : nLevels <= 0x10000 ? 2 : 4;
}

function makeCodes(width: number, n: number): Codes {
  if (width === 1) return new Uint8Array(n);
  return width === 2 ? new Uint16Array(n) : new Uint32Array(n);
}

function copyStrided(
  source: Uint32Array,
  first: number,
  stride: number,
  to: Codes,
  at: number,
  n: number,
): void {
  for (let i = 0, from = first; i < n; i++, from += stride) to[at + i] = source[from] ?? 0;
}
