import { writeBound } from '../bound-text';
import type { Schema } from '../schema';
import type { CombinationsRule, Range, Wish } from './wishes';

/** A wish in plain words, with the values that a person typed. */
export function describeWish(wish: Wish, schema: Schema): string {
  switch (wish.kind) {
    case 'levels':
      return `only records where ${wish.column} is ${joinWords(wish.levels, 'or')}`;
    case 'within':
      return `only records where ${wish.column} is ${describeRange(wish, wish.column, schema)}`;
    case 'missing':
      return `only records without a value in ${wish.column}`;
    case 'present':
      return `only records with a value in ${wish.column}`;
    case 'range':
      return `every record has ${wish.column} ${describeRange(wish, wish.column, schema)}, or missing`;
    case 'order':
      return `every record has ${wish.before} ${wish.orEqual ? 'at or below' : 'below'} ${wish.after}`;
    case 'combinations':
      return `every record has ${describeCombinations(wish)}`;
    case 'shares':
      return `shares of ${wish.column}: ${wish.shares
        .map(({ level, share }) => `${level ?? 'missing'} ${Number((100 * share).toFixed(2))}\u00a0%`)
        .join(', ')}`;
  }
}

/** A wish by its columns alone, for messages that hold no values. */
export function nameWish(wish: Wish): string {
  switch (wish.kind) {
    case 'levels':
      return `levels of "${wish.column}"`;
    case 'within':
    case 'range':
      return `range of "${wish.column}"`;
    case 'missing':
      return `no value in "${wish.column}"`;
    case 'present':
      return `a value in "${wish.column}"`;
    case 'order':
      return `"${wish.before}" before "${wish.after}"`;
    case 'combinations':
      return `combinations of ${wish.columns.map((name) => `"${name}"`).join(', ')}`;
    case 'shares':
      return `shares of "${wish.column}"`;
  }
}

function describeCombinations({ columns, k, allowed }: CombinationsRule): string {
  const names = joinWords(columns, 'and');
  if (allowed === null) return `a combination of ${names} that at least ${k} records of train share`;
  const one = `one of ${allowed.length} combinations of ${names}`;
  return k === null ? `${one} that were listed` : `${one} that at least ${k} records of train share`;
}

function describeRange({ min, max }: Range, name: string, schema: Schema): string {
  const column = schema.columns.find((one) => one.name === name);
  const write = (value: number) => (column === undefined ? String(value) : writeBound(column, value));
  if (min === null) return `at most ${write(max ?? 0)}`;
  return max === null ? `at least ${write(min)}` : `from ${write(min)} to ${write(max)}`;
}

function joinWords(words: readonly string[], last: 'and' | 'or'): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1] ?? ''}`;
}
