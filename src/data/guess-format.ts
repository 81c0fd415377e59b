import { chosen, type Reasoned } from './dialect';
import { guessComment, withoutMarkedLines } from './guess-comment';
import { guessDelimiter } from './guess-delimiter';
import { guessPreamble, readSepLine } from './guess-preamble';
import { rateFormat, type TextSample } from './rate-format';
import { isDelimiter, plainFormat, type TextFormat } from './text-format';

/** What a person set about the layout of a text; absent keys are guessed. */
export interface FormatChoice {
  readonly delimiter?: string;
  readonly quote?: TextFormat['quote'];
  readonly escape?: TextFormat['escape'];
  readonly comment?: string | null;
  readonly skippedRows?: number;
}

/** The format of a text, with what justifies it. */
export interface FormatGuess {
  readonly format: TextFormat;
  readonly delimiter: Reasoned<string>;
  readonly quote: Reasoned<TextFormat['quote']>;
  readonly escape: Reasoned<TextFormat['escape']>;
  readonly comment: Reasoned<string | null>;
  /** Rows above the header. */
  readonly skippedRows: Reasoned<number>;
  /** First rows in that format, those above the header left out. */
  readonly rows: readonly string[][];
}

/** How delimited text is laid out, read off its first rows; what a person chose stands. */
export function guessFormat(sample: TextSample, choice: FormatChoice = {}): FormatGuess {
  const sep = readSepLine(sample.text);
  const bare = { ...plainFormat(','), lineEnds: hasOnlyCr(sample.text) ? 'mixed' : 'lf' } as const;
  const unmarked = choice.comment === undefined ? withoutMarkedLines(sample) : sample;
  const quote = choice.quote === undefined ? guessQuote(unmarked, bare) : chosen(choice.quote);
  const quoted = { ...bare, quote: quote.value };
  const { delimiter, escape } = decideCut(unmarked, quoted, choice, sep);
  const escaped = { ...quoted, delimiter: delimiter.value, escape: escape.value };
  const comment = choice.comment === undefined ? guessComment(sample, escaped) : chosen(choice.comment);
  const commented = { ...escaped, comment: comment.value };
  const spaced = { ...commented, spaceBeforeQuote: guessSpaceBeforeQuote(sample, commented) };
  const format = { ...spaced, lineEnds: guessLineEnds(sample, spaced) };
  const { rows } = rateFormat(sample, format);
  const skippedRows =
    choice.skippedRows === undefined ? guessPreamble(rows, sep !== null) : chosen(choice.skippedRows);
  return { format, delimiter, quote, escape, comment, skippedRows, rows: rows.slice(skippedRows.value) };
}

/** Delimiter and escape together, since each hides the other: the pair under which the rows agree best. */
function decideCut(
  sample: TextSample,
  format: TextFormat,
  choice: FormatChoice,
  sep: string | null,
): Pick<FormatGuess, 'delimiter' | 'escape'> {
  const named =
    sep !== null && isDelimiter(sep) ? { value: sep, reason: 'The first line, sep=, names it.' } : null;
  const given = choice.delimiter === undefined ? named : chosen(choice.delimiter);
  if (choice.escape !== undefined) {
    const escape = chosen(choice.escape);
    return {
      delimiter: given ?? withoutScore(guessDelimiter(sample, { ...format, escape: escape.value })),
      escape,
    };
  }
  const doubled = guessDelimiter(sample, format);
  if (given === null && /\\[,;\t|\n]/.test(sample.text)) {
    const escaped = guessDelimiter(sample, { ...format, escape: 'backslash' });
    if (escaped.score > doubled.score) return { delimiter: withoutScore(escaped), escape: BACKSLASH };
  }
  const delimiter = given ?? withoutScore(doubled);
  return { delimiter, escape: guessEscape(sample, { ...format, delimiter: delimiter.value }) };
}

function withoutScore<T>({ value, reason }: Reasoned<T>): Reasoned<T> {
  return { value, reason };
}

const BACKSLASH = {
  value: 'backslash',
  reason: 'A backslash takes the character after it literally.',
} as const;

function hasOnlyCr(text: string): boolean {
  return !text.includes('\n') && text.includes('\r');
}

/** A CR alone ends rows only where more rows then agree on their number of cells. */
function guessLineEnds(sample: TextSample, format: TextFormat): TextFormat['lineEnds'] {
  if (format.lineEnds === 'mixed' || !/\r(?!\n)./s.test(sample.text)) return format.lineEnds;
  const asCells = rateFormat(sample, format);
  const asEnds = rateFormat(sample, { ...format, lineEnds: 'mixed' });
  return asEnds.width >= asCells.width && asEnds.agreement > asCells.agreement ? 'mixed' : 'lf';
}

const DOUBLE_QUOTE: Reasoned<'"'> = { value: '"', reason: 'Double quotes may stand around cells.' };

/** Single quotes are quotes when no cell starts with a double one and most rows have cells within single ones. */
function guessQuote(sample: TextSample, format: TextFormat): Reasoned<TextFormat['quote']> {
  if (/(?:^|[,;\t|\r\n])[ ]*"/.test(sample.text) || !/(?:^|[,;\t|\r\n])'/.test(sample.text))
    return DOUBLE_QUOTE;
  const lines = sample.text.split(/[\r\n]+/).filter((line) => line !== '');
  const nWrapped = lines.filter((line) => /(?:^|[,;\t|])'[^']*'(?:[,;\t|]|$)/.test(line)).length;
  if (nWrapped < 0.5 * lines.length) return DOUBLE_QUOTE;
  const single = guessDelimiter(sample, { ...format, quote: "'" });
  const double = guessDelimiter(sample, format);
  return single.score >= double.score
    ? { value: "'", reason: 'Cells stand in single quotes.' }
    : DOUBLE_QUOTE;
}

/** A backslash escapes when the rows agree no worse with it and fewer quotes break the rules, or the rows agree better. */
function guessEscape(sample: TextSample, format: TextFormat): Reasoned<TextFormat['escape']> {
  const double = { value: 'double', reason: 'A quote inside a quoted cell is doubled.' } as const;
  if (!sample.text.includes(`\\${format.quote ?? '"'}`) && !sample.text.includes(`\\${format.delimiter}`))
    return double;
  const doubled = rateFormat(sample, format);
  const escaped = rateFormat(sample, { ...format, escape: 'backslash' });
  const isTidier = escaped.agreement === doubled.agreement && escaped.nFaults < doubled.nFaults;
  return escaped.agreement > doubled.agreement || isTidier ? BACKSLASH : double;
}

function guessSpaceBeforeQuote(sample: TextSample, format: TextFormat): boolean {
  if (format.quote === null || format.delimiter === ' ') return false;
  const { text } = sample;
  const isAfterDelimiter = text.includes(`${format.delimiter} ${format.quote}`);
  if (!isAfterDelimiter && !/(?:^|[\r\n]) +["']/.test(text)) return false;
  const strict = rateFormat(sample, format);
  const spaced = rateFormat(sample, { ...format, spaceBeforeQuote: true });
  return spaced.agreement >= strict.agreement && spaced.nFaults <= strict.nFaults;
}
