import type { Reasoned } from './dialect';
import { COMMA, isNumberText } from './number-text';
import { rateFormat, type TextSample } from './rate-format';
import type { TextFormat } from './text-format';

const COMMON = [',', ';', '\t', '|'] as const;
const UNCOMMON = ['^', '~', '\u0001', '\u001e', '\u001f', '\u00a6', '\u00a7', ' ', ':'] as const;
/** Delimiters of several characters, each with the one it is made of. */
const LONG: readonly (readonly [string, string])[] = [
  ['||', '|'],
  ['\t|\t', '|'],
  ['\t|\t', '\t'],
  ['|~|', '|'],
  ['~|~', '|'],
  [';;', ';'],
  ['::', ':'],
  ['^^', '^'],
  ['~~', '~'],
];
const NAMES: Readonly<Record<string, string>> = {
  ',': 'Commas',
  ';': 'Semicolons',
  '\t': 'Tabs',
  '|': 'Vertical bars',
  ' ': 'Spaces',
  ':': 'Colons',
  '||': 'Double bars',
  '::': 'Double colons',
};

interface Candidate {
  readonly delimiter: string;
  readonly width: number;
  readonly agreement: number;
  readonly score: number;
}

/**
 * The delimiter under which most rows have the same number of cells (at least two) and the cells hold no other common
 * delimiter. Uncommon ones count only when every row agrees; one of several characters when its single character hardly stands
 * elsewhere.
 */
export function guessDelimiter(
  sample: TextSample,
  format: TextFormat,
): Reasoned<string> & { readonly score: number } {
  const rate = (delimiter: string) => rateDelimiter(sample, { ...format, delimiter });
  const common = COMMON.map(rate);
  const best = pickBest(common.filter(({ width, agreement }) => width > 1 && agreement >= 0.5));
  if (best !== null) return describe(lengthen(sample, best, rate));
  const needed = (delimiter: string) => (delimiter === ' ' || delimiter === ':' ? 3 : 2);
  const strict = UNCOMMON.map(rate).filter((c) => c.agreement === 1 && c.width >= needed(c.delimiter));
  const fallback = pickBest(strict) ?? pickBest(common.filter(({ width }) => width > 1));
  if (fallback !== null) return describe(lengthen(sample, fallback, rate));
  return { value: ',', reason: 'No delimiter was found, so the file is read as one column.', score: 0 };
}

/** The candidate, or the longer delimiter that all its places in the text belong to. */
function lengthen(
  { text }: TextSample,
  single: Candidate,
  rate: (delimiter: string) => Candidate,
): Candidate {
  for (const [long, part] of LONG) {
    if (part !== single.delimiter || !text.includes(long)) continue;
    const nParts = count(text, part);
    const nInside = count(text, long) * count(long, part);
    const candidate = nInside >= 0.8 * nParts ? rate(long) : null;
    if (candidate !== null && candidate.width > 1 && candidate.agreement >= single.agreement)
      return candidate;
  }
  return single;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function describe({
  delimiter,
  width,
  agreement,
  score,
}: Candidate): Reasoned<string> & { readonly score: number } {
  const name =
    NAMES[delimiter] ?? (delimiter.length > 1 ? 'A mark of several characters' : 'An unusual character');
  const share = agreement === 1 ? 'every row' : `${Math.floor(agreement * 100)} % of the first rows`;
  const verb = name.endsWith('s') && delimiter in NAMES ? 'cut' : 'cuts';
  return { value: delimiter, reason: `${name} ${verb} ${share} into ${width} cells.`, score };
}

function rateDelimiter(sample: TextSample, format: TextFormat): Candidate {
  const { rows, width, agreement } = rateFormat(sample, format);
  const whole = shareWhole(rows, format.delimiter);
  const score = agreement ** 2 * whole * (1 + Math.min(width, 40) / 400);
  return { delimiter: format.delimiter, width, agreement, score };
}

/** Share of cells that hold no other common delimiter, decimal commas aside. */
function shareWhole(rows: readonly string[][], delimiter: string): number {
  let nCells = 0;
  let nWhole = 0;
  for (const row of rows) {
    for (const cell of row) {
      nCells++;
      const suspect = COMMON.some((other) => !delimiter.includes(other) && cell.includes(other));
      if (!suspect || isNumberText(cell.trim(), COMMA) || /\s/.test(cell.trim())) nWhole++;
    }
  }
  return nCells === 0 ? 0 : nWhole / nCells;
}

function pickBest(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) if (best === null || candidate.score > best.score) best = candidate;
  return best;
}
