import { CAP_ROWS_PER_K } from '../../../data/find-caps';
import type { Handling } from '../../../data/handling';
import { MANY_POOLED } from '../../../data/pool-levels';
import type { Schema } from '../../../data/schema';
import { formatItems, formatShare } from '../../parts/NumberText';

const MAX_NAMES = 5;

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}

/** What happens to columns that no generator may see, one sentence each. */
export function describeUnlearned(schema: Schema): readonly string[] {
  const names = (test: (column: Schema['columns'][number]) => boolean) =>
    schema.columns.filter(test).map((column) => column.name);
  const identifiers = names(
    (column) => column.included && (column.type === 'identifier' || column.role === 'identifier'),
  );
  const texts = names((column) => column.type === 'text');
  const constants = names((column) => column.included && column.type === 'constant');
  const left = names((column) => !column.included && column.type !== 'text');
  const sentences: string[] = [];
  if (identifiers.length > 0) {
    sentences.push(
      `Identifiers are never learned from; made-up ones that occur in no row of your table are written instead: ${listNames(identifiers)}.`,
    );
  }
  if (texts.length > 0)
    sentences.push(`Free text is never learned from and never written: ${listNames(texts)}.`);
  if (constants.length > 0)
    sentences.push(`Constant columns are repeated as they are: ${listNames(constants)}.`);
  if (left.length > 0) sentences.push(`Left out by you: ${listNames(left)}.`);
  if (sentences.length === 0) sentences.push('This table has no identifiers and no free text.');
  return sentences;
}

/** What pooling and capping do with the present choice. */
export function describeHandling({ k, poolRareLevels, pooledAs, pooledLabel, capExtremes }: Handling): {
  readonly pool: string;
  readonly cap: string;
} {
  const rows = formatItems(k, 'row');
  const spread = 'are replaced by the other levels, drawn by how frequent they are';
  const becomes = {
    label: `become “${pooledLabel}”`,
    redistribute: spread,
    'by-share': `become “${pooledLabel}” where they are more than ${formatShare(MANY_POOLED, 0)} of the rows or kinds of persons; else they ${spread}`,
  }[pooledAs];
  return {
    pool: poolRareLevels
      ? `Levels with fewer than ${rows} in train ${becomes}. A rare diagnosis of one person cannot come out again. Where the holdout is cut by an identifier, its values are counted instead of rows.`
      : 'Every level is learned, also those that a single person has.',
    cap: capExtremes
      ? `Numbers and dates end where at least ${rows} of train lie at or beyond, unless you declared a range. The oldest person’s age cannot come out again. A column with fewer than ${CAP_ROWS_PER_K * k} values is left out.`
      : 'Numbers and dates reach as far as the most extreme record.',
  };
}
