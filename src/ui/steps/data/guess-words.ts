import type { DialectChoice, Encoding } from '../../../api/ingest';

/** An entry of a select: the words shown and what is then chosen. */
export interface GuessOption<T> {
  readonly value: T;
  readonly words: string;
}

export const encodings: readonly GuessOption<Encoding>[] = [
  { value: 'utf-8', words: 'UTF-8' },
  { value: 'utf-16le', words: 'UTF-16, little endian' },
  { value: 'utf-16be', words: 'UTF-16, big endian' },
  { value: 'windows-1252', words: 'Latin-1 (Windows-1252)' },
];

export const delimiters: readonly GuessOption<string>[] = [
  { value: ',', words: 'Comma ,' },
  { value: ';', words: 'Semicolon ;' },
  { value: '\t', words: 'Tab' },
  { value: '|', words: 'Bar |' },
  { value: ':', words: 'Colon :' },
  { value: ' ', words: 'Space' },
];

export const headers: readonly GuessOption<boolean>[] = [
  { value: true, words: 'The first line names the columns' },
  { value: false, words: 'There is no header line' },
];

export const decimalMarks: readonly GuessOption<'.' | ','>[] = [
  { value: '.', words: 'Point, as in 1.5' },
  { value: ',', words: 'Comma, as in 1,5' },
];

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
