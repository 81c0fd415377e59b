import type { Reasoned } from './dialect';
import { rateFormat, rateRows, type TextSample } from './rate-format';
import type { TextFormat } from './text-format';

/** Longer marks first: a file whose remarks start with `##` may have a header that starts with `#`. */
const MARKS = ['##', '#', '%', '//'] as const;

const NONE: Reasoned<null> = { value: null, reason: 'No line looks like a comment.' };

/**
 * What comment lines start with: a mark is taken for one only when few lines that start with it have as many cells
 * as the table, and nearly all other lines have. `format` needs its delimiter.
 */
export function guessComment(sample: TextSample, format: TextFormat): Reasoned<string | null> {
  const found = MARKS.filter((mark) => hasLine(sample.text, mark));
  if (found.length === 0) return NONE;
  const { rows } = rateFormat(sample, { ...format, quote: null });
  for (const mark of found) {
    const marked = rows.filter((row) => row[0]?.startsWith(mark));
    const others = rateRows(rows.filter((row) => row[0]?.startsWith(mark) !== true));
    if (marked.length === 0 || others.width < 2 || others.agreement < 0.9) continue;
    const nAlike = marked.filter((row) => row.length === others.width).length;
    if (nAlike <= marked.length / 3) {
      return { value: mark, reason: `The lines that start with ${mark} have no cells like the others.` };
    }
  }
  return NONE;
}

/** The text without lines that might be comments, for a first look at its delimiter. */
export function withoutMarkedLines({ text, isWhole }: TextSample): TextSample {
  if (!MARKS.some((mark) => hasLine(text, mark))) return { text, isWhole };
  const kept = text.split(/(?<=[\r\n])/).filter((line) => !MARKS.some((mark) => line.startsWith(mark)));
  return { text: kept.length === 0 ? text : kept.join(''), isWhole };
}

function hasLine(text: string, mark: string): boolean {
  return text.startsWith(mark) || text.includes(`\n${mark}`) || text.includes(`\r${mark}`);
}
