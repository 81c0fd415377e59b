import type { DialectChoice } from '../../../api/ingest';
import type { Edit } from '../../../data/edits/edit';
import type { IdleReason } from '../../../data/edits/find-idle';
import type { IdentifierAnswer } from '../../../data/identifiers/answers';
import { KINDS } from '../../../data/identifiers/kinds';
import type { Generalisation, GeneraliseRule } from '../../../data/identifiers/generalise/generalisation';
import type { Handling, SplitChoice } from '../../../data/handling';
import type { ColumnSchema, ColumnType, Role } from '../../../data/schema';
import { formatItems, formatNumber, formatShare } from '../../parts/NumberText';
import type { EditNews } from '../../state/editing.svelte';
import {
  delimiters,
  encodings,
  quotes,
  thousandsMarks,
  withValue,
  type GuessOption,
} from '../data/guess-words';
import { writeBound } from '../../../data/bound-text';

/** Finds a column of the schema in force, for how its values are written. */
export type ColumnLookup = (name: string) => ColumnSchema | undefined;

type Writers<T> = { readonly [Key in keyof Required<T>]: (value: Required<T>[Key]) => string };
type ColumnEdit = Extract<Edit, { of: 'schema' }>;

/** An edit in a few words, as what holds after it: `age read as free text`. */
export function describeEdit(edit: Edit, columnOf: ColumnLookup): string {
  switch (edit.of) {
    case 'schema':
      return describeColumnEdit(edit, columnOf);
    case 'dialect':
      return edit.value === null
        ? 'every guess about the file made afresh'
        : describePatch(edit.value, dialectWords);
    case 'generalise':
      return describeGeneralised(edit.value);
    case 'no-identifiers':
      return describeAnswers(edit.value);
    case 'handling':
      return describePatch(edit.value, handlingWords);
    case 'split':
      return describePatch(edit.value, splitWords);
  }
}

/** What a screen reader is told after a step through the history. */
export function describeNews(news: EditNews | null, columnOf: ColumnLookup): string {
  if (news === null) return '';
  const [edit] = news.edits;
  if (news.act === 'applied') return `${formatItems(news.edits.length, 'saved edit')} applied.`;
  if (edit === undefined) return '';
  const verbs = { made: 'Changed', undone: 'Undone', redone: 'Done again' } as const;
  return `${verbs[news.act]}: ${describeEdit(edit, columnOf)}.`;
}

export const idleWords: Readonly<Record<IdleReason, string>> = {
  'no-column': 'no effect: this table has no such column',
  'not-admitted': 'no effect: the values of this table do not admit it',
};

const typePhrases: Readonly<Record<ColumnType, string>> = {
  integer: 'whole numbers',
  continuous: 'numbers',
  categorical: 'categories',
  boolean: 'yes or no',
  datetime: 'dates or times',
  identifier: 'an identifier',
  text: 'free text',
  constant: 'a constant',
  empty: 'empty',
};

const rolePhrases: Readonly<Record<Role, string>> = {
  none: 'given no special role',
  identifier: 'marked as an identifier',
  'quasi-identifier': 'marked as a quasi-identifier',
  sensitive: 'marked as sensitive',
  target: 'marked as the target',
};

function describeColumnEdit(edit: ColumnEdit, columnOf: ColumnLookup): string {
  const name = edit.column;
  switch (edit.set) {
    case 'type':
      return `${name} read as ${typePhrases[edit.value]}`;
    case 'role':
      return `${name} ${rolePhrases[edit.value]}`;
    case 'included':
      return `${name} ${edit.value ? 'included' : 'left out'}`;
    case 'format':
      return `dates of ${name} read as ${edit.value}`;
    case 'decimals':
      return `${name} written with ${formatItems(edit.value, 'decimal')}`;
    case 'bounds': {
      const column = columnOf(name);
      const write = (value: number) =>
        column === undefined ? formatNumber(value) : writeBound(column, value);
      if (edit.value === null) return `range of ${name} read off the table`;
      return `range of ${name} declared, ${write(edit.value.min)} to ${write(edit.value.max)}`;
    }
  }
}

const generalisedPhrases: Readonly<Record<GeneraliseRule, string>> = {
  zip3: 'cut to three digits',
  year: 'cut to years',
  'days-since-first': 'counted in days from the person’s first',
  'age-90': 'capped at 90',
};

function describeGeneralised(value: readonly Generalisation[]): string {
  return value.length === 0
    ? 'no column coarsened'
    : value.map(({ column, rule }) => `${column} ${generalisedPhrases[rule]}`).join(', ');
}

function describeAnswers(value: readonly IdentifierAnswer[]): string {
  return value.length === 0
    ? 'no column said to hold no identifier'
    : value.map(({ column, kind }) => `${column} said to hold no ${KINDS[kind].words}`).join(', ');
}

const dialectWords: Writers<Omit<DialectChoice, 'generalise'>> = {
  part: (name) => `${name} opened`,
  encoding: (encoding) => `text read as ${lookUp(encodings, encoding)}`,
  delimiter: (delimiter) => `cells parted by ${lookUp(delimiters, delimiter).toLowerCase()}`,
  header: (header) => (header ? 'first line read as the header' : 'file read without a header'),
  quote: (quote) => `quotes: ${lookUp(quotes, quote).toLowerCase()}`,
  escape: (escape) =>
    escape === 'double'
      ? 'quotes inside quotes read as doubled'
      : 'backslash read as taking the next literally',
  skippedRows: (n) =>
    n === 0 ? 'no row left out above the header' : `${formatItems(n, 'row')} above the header left out`,
  everyNthRow: (n) => (n === 1 ? 'all rows read' : `one row in ${formatNumber(n)} read`),
  comment: (start) =>
    start === null ? 'no line read as a comment' : `lines from ${start} on read as comments`,
  decimalMark: (mark) => `decimal ${mark === '.' ? 'point' : 'comma'}`,
  thousandsMark: (mark) =>
    mark === '' ? 'no thousands mark' : `thousands mark: ${lookUp(thousandsMarks, mark).toLowerCase()}`,
  missingTokens: (tokens) =>
    tokens.length === 0 ? 'only empty cells missing' : `missing values written ${tokens.join(' ')}`,
};

const pooledWords: Readonly<Record<Handling['pooledAs'], string>> = {
  label: 'given a level of their own',
  redistribute: 'spread over the others',
  'by-share': 'given a level of their own where they are many, else spread',
};

const handlingWords: Writers<Handling> = {
  k: (k) => `smallest group k = ${k}`,
  poolRareLevels: (pools) => `rare levels ${pools ? 'pooled' : 'not pooled'}`,
  pooledAs: (as) => `pooled levels ${pooledWords[as]}`,
  pooledLabel: (label) => `pooled level called “${label}”`,
  capExtremes: (caps) => `extremes ${caps ? 'capped' : 'not capped'}`,
};

const splitWords: Writers<SplitChoice> = {
  fraction: (fraction) => (fraction === 0 ? 'no holdout' : `${formatShare(fraction, 0)} held out`),
  seed: (seed) => `seed of the holdout ${seed}`,
  stratifyBy: (column) =>
    column === null ? 'holdout cut without shares to keep' : `shares of ${column} kept in the holdout`,
  groupBy: (column) =>
    column === null ? 'rows not kept together' : `rows of the same ${column} kept together`,
};

function describePatch<T extends object>(patch: Partial<T>, writers: Writers<T>): string {
  const keys = Object.keys(patch) as (keyof T)[];
  return keys.map((key) => writers[key](patch[key] as Required<T>[keyof T])).join(', ');
}

function lookUp<T>(options: readonly GuessOption<T>[], value: T): string {
  return withValue(options, value).find((option) => option.value === value)?.words ?? String(value);
}
