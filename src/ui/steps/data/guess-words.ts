import type { Dialect, DialectChoice, Encoding, Guess, SourceFormat } from '../../../api/ingest';
import type { ThousandsMark } from '../../../data/number-text';

/** An entry of a select: the words shown and what is then chosen. */
export interface GuessOption<T> {
  readonly value: T;
  readonly words: string;
}

export const encodings: readonly GuessOption<Encoding>[] = [
  { value: 'utf-8', words: 'UTF-8' },
  { value: 'utf-16le', words: 'UTF-16, little endian' },
  { value: 'utf-16be', words: 'UTF-16, big endian' },
  { value: 'windows-1252', words: 'Western European (Windows-1252, Latin-1)' },
  { value: 'iso-8859-15', words: 'Western European with € (ISO 8859-15)' },
  { value: 'macintosh', words: 'Western European, old Macintosh' },
  { value: 'windows-1250', words: 'Central European (Windows-1250)' },
  { value: 'iso-8859-2', words: 'Central European (ISO 8859-2)' },
  { value: 'windows-1251', words: 'Cyrillic (Windows-1251)' },
  { value: 'koi8-r', words: 'Cyrillic (KOI8-R)' },
  { value: 'windows-1253', words: 'Greek (Windows-1253)' },
  { value: 'windows-1254', words: 'Turkish (Windows-1254)' },
  { value: 'windows-1255', words: 'Hebrew (Windows-1255)' },
  { value: 'windows-1256', words: 'Arabic (Windows-1256)' },
  { value: 'windows-1257', words: 'Baltic (Windows-1257)' },
  { value: 'shift_jis', words: 'Japanese (Shift JIS)' },
  { value: 'euc-jp', words: 'Japanese (EUC-JP)' },
  { value: 'gb18030', words: 'Chinese, simplified (GB 18030)' },
  { value: 'big5', words: 'Chinese, traditional (Big5)' },
  { value: 'euc-kr', words: 'Korean (EUC-KR)' },
];

export const delimiters: readonly GuessOption<string>[] = [
  { value: ',', words: 'Comma ,' },
  { value: ';', words: 'Semicolon ;' },
  { value: '\t', words: 'Tab' },
  { value: '|', words: 'Bar |' },
  { value: ':', words: 'Colon :' },
  { value: ' ', words: 'Space' },
];

/** Delimiters as offered for a table; one column in which none was found is not said to be cut by the one in force. */
export function offerDelimiters(
  guess: Dialect['delimiter'],
  nColumns: number,
): { readonly guess: Guess<string | null>; readonly options: readonly GuessOption<string | null>[] } {
  if (guess.chosen || nColumns !== 1) return { guess, options: delimiters };
  return {
    guess: { ...guess, value: null },
    options: [{ value: null, words: 'None (one column)' }, ...delimiters],
  };
}

export const headers: readonly GuessOption<boolean>[] = [
  { value: true, words: 'The first line names the columns' },
  { value: false, words: 'There is no header line' },
];

export const decimalMarks: readonly GuessOption<'.' | ','>[] = [
  { value: '.', words: 'Point, as in 1.5' },
  { value: ',', words: 'Comma, as in 1,5' },
];

export const thousandsMarks: readonly GuessOption<ThousandsMark>[] = [
  { value: '', words: 'None' },
  { value: ',', words: 'Comma, as in 12,500' },
  { value: '.', words: 'Point, as in 12.500' },
  { value: "'", words: "Apostrophe, as in 12'500" },
  { value: ' ', words: 'Space, as in 12 500' },
  { value: '\u00a0', words: 'No-break space' },
  { value: '\u202f', words: 'Narrow no-break space' },
];

export const quotes: readonly GuessOption<Dialect['quote']['value']>[] = [
  { value: '"', words: 'Double quotes "' },
  { value: "'", words: "Single quotes '" },
  { value: null, words: 'No cell is quoted' },
];

export const escapes: readonly GuessOption<Dialect['escape']['value']>[] = [
  { value: 'double', words: 'Doubled, as in ""' },
  { value: 'backslash', words: 'After a backslash, as in \\"' },
];

export const comments: readonly GuessOption<string | null>[] = [
  { value: null, words: 'No line is a comment' },
  { value: '#', words: 'Lines that start with #' },
  { value: '//', words: 'Lines that start with //' },
  { value: '%', words: 'Lines that start with %' },
  { value: '--', words: 'Lines that start with --' },
];

export const formats = {
  delimited: 'Delimited text',
  json: 'JSON',
  ndjson: 'NDJSON, an object a line',
  parquet: 'Parquet',
  xlsx: 'Excel workbook',
} as const satisfies Record<SourceFormat, string>;

/** What the parts of a source are called. */
export function namePart(format: SourceFormat, compression: Dialect['compression']['value']): string {
  if (format === 'xlsx') return 'Sheet';
  return compression === 'zip' ? 'File in the archive' : 'Table in the file';
}

export const compressions = { none: 'None', gzip: 'gzip', zip: 'zip' } as const;

/** The options with the present value among them, for a value none of them names. */
export function withValue<T>(options: readonly GuessOption<T>[], value: T): readonly GuessOption<T>[] {
  const known = options.some((option) => option.value === value);
  return known ? options : [...options, { value, words: String(value) }];
}

/** Tokens typed as one line, separated by spaces or commas; each once. */
export function readTokens(text: string): NonNullable<DialectChoice['missingTokens']> {
  return [...new Set(text.split(/[\s,]+/).filter((token) => token !== ''))];
}
