import type { FinishedMeasure, MeasurePart } from '../../../measure/measure';
import { titleMeasure } from '../../../release/measure-titles';
import { measureShortfall } from './place';

/** Columns that a table of measures can be sorted by; `shortfall` is the distance from the ceiling as a share of the way to the floor. */
export type SortKey = 'title' | 'value' | 'interval' | 'floor' | 'ceiling' | 'n' | 'direction' | 'shortfall';

export interface SortOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The order after a click on a column: names rise first and figures fall first; another click turns it round. */
export function nextOrder(order: SortOrder | null, key: SortKey): SortOrder {
  const descending = order?.key === key ? !order.descending : key !== 'title' && key !== 'direction';
  return { key, descending };
}

/** Measures in that order, those without the figure last; as they come where there is no order. */
export function sortMeasures(
  measures: readonly FinishedMeasure[],
  order: SortOrder | null,
): readonly FinishedMeasure[] {
  if (order === null) return measures;
  const sign = order.descending ? -1 : 1;
  const keyed = measures.map((measure) => ({ measure, key: readKey(measure, order.key) }));
  return keyed.sort((a, b) => compare(a.key, b.key, sign)).map(({ measure }) => measure);
}

function readKey(measure: FinishedMeasure, key: SortKey): number | string | null {
  if (key === 'title') return titleMeasure(measure.id);
  if (key === 'interval') return measure.interval.high - measure.interval.low;
  if (key === 'shortfall') {
    const shortfall = measureShortfall(measure);
    return Number.isNaN(shortfall) ? null : shortfall;
  }
  return measure[key];
}

function compare(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  const [first, second] = [String(a).toLowerCase(), String(b).toLowerCase()];
  return first === second ? 0 : first < second ? -sign : sign;
}

/** Measures whose title, id, sentence or parts hold every word of the text. */
export function filterMeasures(
  measures: readonly FinishedMeasure[],
  text: string,
): readonly FinishedMeasure[] {
  const words = splitWords(text);
  if (words.length === 0) return measures;
  return measures.filter((measure) => {
    const own = `${titleMeasure(measure.id)} ${measure.id} ${measure.sentence}`.toLowerCase();
    return words.every((word) => own.includes(word)) || filterParts(measure.parts, text).length > 0;
  });
}

/** Parts whose columns, group or note hold every word of the text, in their own order. */
export function filterParts(parts: readonly MeasurePart[], text: string): readonly MeasurePart[] {
  const words = splitWords(text);
  if (words.length === 0) return parts;
  return parts.filter((part) => {
    const own = `${namePart(part)} ${part.note ?? ''}`.toLowerCase();
    return words.every((word) => own.includes(word));
  });
}

/** `age with sex`, `sex = female`, `stage: III`; `all rows` for a part of no column. */
export function namePart({ columns, group }: MeasurePart): string {
  const names = columns.join(' with ');
  if (group === undefined) return names === '' ? 'all rows' : names;
  return names === '' || columns.some((name) => group.includes(name)) ? group : `${names}: ${group}`;
}

function splitWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}
