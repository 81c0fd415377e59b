import type { Remedy, SizeBand, SourceRisk } from '../../../data/source-risk/source-risk';
import { formatCount, formatItems, formatShare } from '../../parts/NumberText';

/** What is counted: persons where a key says who is who, else rows. */
export function nameCounted({ countedBy }: SourceRisk, n: number): string {
  return countedBy === null ? formatItems(n, 'row') : formatItems(n, 'person', 'persons');
}

/** The risk in a sentence or two. */
export function describeRisk(risk: SourceRisk): string {
  const { columns, k, nUnique, nPersons } = risk;
  const by = columns.length === 1 ? `“${columns[0] ?? ''}” alone` : `${columns.length} columns together`;
  const unique =
    nUnique === 0
      ? `No one of ${nameCounted(risk, nPersons)} is unique`
      : `${formatCount(nUnique)} of ${nameCounted(risk, nPersons)} (${formatShare(nUnique / nPersons)}) ${nUnique === 1 ? 'is' : 'are'} unique`;
  const smallest =
    k === 1
      ? ''
      : ` The smallest group of people who are alike in them has ${formatCount(k)} (k = ${formatCount(k)}).`;
  return `${unique} by ${by}.${smallest}`;
}

/** `1`, `3–4`, `51 and more`. */
export function nameBand({ from, to }: SizeBand): string {
  if (to === null) return `${from} and more`;
  return from === to ? String(from) : `${from}–${to}`;
}

/** What the edit of a remedy does. */
export function nameRemedy({ column, edit }: Remedy): string {
  if (edit.of !== 'generalise') return `Leave “${column}” out`;
  const by = edit.value.find((each) => each.column === column);
  switch (by?.rule) {
    case 'zip3':
      return `Keep three digits of “${column}”`;
    case 'year':
      return `Keep the year of “${column}”`;
    case 'days-since-first':
      return `Count days from the first date in “${column}”`;
    case 'age-90':
    case undefined:
      return `Write “${column}” over 89 as 90`;
  }
}
