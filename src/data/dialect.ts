import { parseDatePart } from './datetime-guess';
import { isNumberText } from './number-text';
import { splitRows } from './split-rows';
import { plainFormat, type TextFormat } from './text-format';

/** A value and the sentence that justifies it. */
export interface Reasoned<T> {
  readonly value: T;
  readonly reason: string;
}

const COMMON = [',', ';', '\t', '|'] as const;
const UNCOMMON = ['^', '~', '\u0001', '\u001e', '\u001f', '\u00a6', '\u00a7', ' ', ':'] as const;
const NAMES: Readonly<Record<string, string>> = {
  ',': 'Commas',
  ';': 'Semicolons',
  '\t': 'Tabs',
  '|': 'Vertical bars',
  ' ': 'Spaces',
  ':': 'Colons',
};

/** Rows that guesses are made from. */
const MAX_ROWS = 500;

/** CR ends rows where the text has no LF. */
export function guessLineEnds(sample: string): TextFormat['lineEnds'] {
  return !sample.includes('\n') && sample.includes('\r') ? 'mixed' : 'lf';
}

/** Cells of the first rows of a sample that may end in mid-row. */
export function splitSample(sample: string, format: TextFormat, isWhole: boolean): readonly string[][] {
  const first = firstLines(sample, MAX_ROWS + 100);
  const { rows } = splitRows(first, format, isWhole && first.length === sample.length);
  return rows.slice(0, MAX_ROWS);
}

/** The text up to and with its n-th line end. */
function firstLines(text: string, n: number): string {
  const lineEnd = text.includes('\n') ? '\n' : '\r';
  let at = 0;
  for (let i = 0; i < n; i++) {
    at = text.indexOf(lineEnd, at) + 1;
    if (at === 0) return text;
  }
  return text.slice(0, at);
}

interface Candidate {
  readonly delimiter: string;
  /** Most frequent number of cells a row. */
  readonly width: number;
  /** Share of rows of that width. */
  readonly agreement: number;
  readonly score: number;
}

/**
 * The delimiter under which most rows have the same number of cells (at least two) and the cells hold no other common
 * delimiter. Uncommon ones count only when every row agrees.
 */
export function guessDelimiter(sample: string, isWhole: boolean): Reasoned<string> {
  const common = COMMON.map((delimiter) => rate(sample, delimiter, isWhole));
  const best = pickBest(common.filter(({ width, agreement }) => width > 1 && agreement >= 0.5));
  if (best !== null) return describe(best);
  const uncommon = UNCOMMON.map((delimiter) => rate(sample, delimiter, isWhole));
  const needed = (delimiter: string) => (delimiter === ' ' || delimiter === ':' ? 3 : 2);
  const strict = uncommon.filter((c) => c.agreement === 1 && c.width >= needed(c.delimiter));
  const fallback = pickBest(strict) ?? pickBest(common.filter(({ width }) => width > 1));
  if (fallback !== null) return describe(fallback);
  return { value: ',', reason: 'No delimiter was found, so the file is read as one column.' };
}

function describe({ delimiter, width, agreement }: Candidate): Reasoned<string> {
  const name = NAMES[delimiter] ?? 'An unusual character';
  const share = agreement === 1 ? 'every row' : `${Math.floor(agreement * 100)} % of the first rows`;
  const verb = name.endsWith('s') ? 'cut' : 'cuts';
  return { value: delimiter, reason: `${name} ${verb} ${share} into ${width} cells.` };
}

function rate(sample: string, delimiter: string, isWhole: boolean): Candidate {
  const format = { ...plainFormat(delimiter), lineEnds: guessLineEnds(sample) };
  const rows = splitSample(sample, format, isWhole);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  let n = 0;
  for (const [candidate, count] of counts) if (count > n) [width, n] = [candidate, count];
  const agreement = rows.length === 0 ? 0 : n / rows.length;
  const whole = shareWhole(rows, delimiter);
  return { delimiter, width, agreement, score: agreement ** 2 * whole * (1 + Math.min(width, 40) / 400) };
}

/** Share of cells that hold no other common delimiter, decimal commas aside. */
function shareWhole(rows: readonly string[][], delimiter: string): number {
  let nCells = 0;
  let nWhole = 0;
  for (const row of rows) {
    for (const cell of row) {
      nCells++;
      const suspect = COMMON.some((other) => other !== delimiter && cell.includes(other));
      if (!suspect || isNumberText(cell.trim(), ',') || /\s/.test(cell.trim())) nWhole++;
    }
  }
  return nCells === 0 ? 0 : nWhole / nCells;
}

function pickBest(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) if (best === null || candidate.score > best.score) best = candidate;
  return best;
}

const MISSING_LIKE = /^(?:|\?|\.|-+|na|n\/a|#n\/a|nan|null|none)$/i;

/**
 * Whether the first row names the columns: it does when a column of numbers or dates starts with a word, it does not
 * when the first cells are numbers themselves; for tables of words, when its cells are distinct and do not come back.
 */
export function guessHeader(rows: readonly (readonly string[])[]): Reasoned<boolean> {
  const first = (rows[0] ?? []).map((cell) => cell.trim());
  const body = rows.slice(1, 200);
  let forHeader = 0;
  let against = 0;
  first.forEach((cell, i) => {
    const below = body.map((row) => (row[i] ?? '').trim()).filter((text) => !MISSING_LIKE.test(text));
    const nValues = below.filter(isValue).length;
    if (MISSING_LIKE.test(cell) || below.length === 0 || nValues < 0.8 * below.length) return;
    if (!isValue(cell)) forHeader++;
    else if (!/^(?:19|20)\d\d$/.test(cell)) against++;
  });
  if (forHeader > 0 && forHeader >= against) {
    return { value: true, reason: 'The first row has words where the rows below have numbers or dates.' };
  }
  if (against > 0 || first.some((cell) => isNumberText(cell, '.') && !/^(?:19|20)\d\d$/.test(cell))) {
    return { value: false, reason: 'The first row holds numbers or dates like the rows below it.' };
  }
  return judgeWords(first, body);
}

function judgeWords(first: readonly string[], body: readonly (readonly string[])[]): Reasoned<boolean> {
  const named = first.filter((cell) => cell !== '');
  const distinct = new Set(named).size === named.length && named.length >= first.length / 2;
  const nRepeats = first.filter(
    (cell, i) => cell !== '' && body.some((row) => row[i]?.trim() === cell),
  ).length;
  const few = first.length < 3 ? 1 : 2;
  if (distinct && nRepeats < few) {
    return {
      value: true,
      reason: 'The cells of the first row are distinct words that do not come back below.',
    };
  }
  return { value: false, reason: 'The first row looks like the rows below it.' };
}

function isValue(text: string): boolean {
  return isNumberText(text, '.') || isNumberText(text, ',') || parseDatePart(text);
}
