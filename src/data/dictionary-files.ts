import type { DictionaryEntry, Origin } from './dictionary';
import type { OutputType } from './output-type';

/** What a dictionary says about the file it goes with. */
export interface DictionaryFile {
  /** Sentences before the columns, a paragraph each. */
  readonly paragraphs: readonly string[];
  readonly entries: readonly DictionaryEntry[];
  /** What nobody may miss, a sentence each; a last column of the CSV file where there is any. */
  readonly marks?: readonly string[];
}

const ORIGIN: Readonly<Record<Origin, string>> = {
  learnt: 'learnt from train',
  surrogate: 'made up, in the shape of the source',
  repeated: 'the one value of the source',
  missing: 'always missing',
  'left out': 'left out',
};

const TYPE: Readonly<Record<OutputType, string>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp without zone',
  instant: 'timestamp with zone',
  text: 'text',
};

/** Columns of data-dictionary.csv. */
const FIELDS: readonly (readonly [string, (entry: DictionaryEntry) => string])[] = [
  ['position', ({ place }) => (place === null ? '' : String(place))],
  ['name', ({ name }) => name],
  ['source_header', ({ header }) => header],
  ['kind', ({ kind }) => kind],
  ['role', ({ role }) => role],
  ['data_type', ({ type }) => (type === null ? '' : TYPE[type])],
  ['date_format', ({ format }) => format ?? ''],
  ['decimals', ({ decimals }) => (decimals === null ? '' : String(decimals))],
  ['minimum', ({ min }) => min ?? ''],
  ['maximum', ({ max }) => max ?? ''],
  ['levels', ({ levels }) => (levels === null ? '' : joinLevels(levels))],
  ['missing_code', ({ missingCode }) => (missingCode === '' ? '(empty)' : (missingCode ?? ''))],
  ['missing_share', ({ missingShare }) => (missingShare === null ? '' : String(missingShare))],
  ['origin', ({ origin }) => ORIGIN[origin]],
  ['records', () => 'synthetic'],
  ['notes', ({ notes }) => notes.join(' ')],
];

/** data-dictionary.csv: comma, CRLF and quotes as RFC 4180 has them, a row a column of the source; marks stand in each. */
export function writeDictionaryCsv({ entries, marks = [] }: DictionaryFile): string {
  const mark = marks.join(' ').replace(/\s+/g, ' ');
  const fields = mark === '' ? FIELDS : [...FIELDS, ['marks', () => mark] as const];
  const rows = [
    fields.map(([field]) => field),
    ...entries.map((entry) => fields.map(([, read]) => read(entry))),
  ];
  return rows.map((row) => `${row.map(quoteCell).join(',')}\r\n`).join('');
}

/** Separated by bars, as codebooks do; a bar or a backslash of a level's own is escaped by a backslash. */
function joinLevels(levels: readonly string[]): string {
  return levels.map((level) => level.replace(/[\\|]/g, '\\$&')).join(' | ');
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Levels named one by one in data-dictionary.md; the CSV file has all. */
const MAX_LEVELS = 40;

/** data-dictionary.md: the same for reading, a section a column. */
export function writeDictionaryMarkdown({ paragraphs, entries }: DictionaryFile): string {
  const sections = entries.map(
    (entry) =>
      `## ${nameSection(entry)}\n\n${listFacts(entry)
        .map((fact) => `- ${fact}\n`)
        .join('')}`,
  );
  return `${['# Data dictionary', ...paragraphs].join('\n\n')}\n\n${sections.join('\n')}`;
}

function nameSection({ place, name }: DictionaryEntry): string {
  return place === null ? escapeMarkdown(name) : `${place}. ${escapeMarkdown(name)}`;
}

function listFacts(entry: DictionaryEntry): string[] {
  const { kind, role, type, header, name, format, decimals, min, max, levels, missingCode, missingShare } =
    entry;
  const facts: (readonly [string, string | null])[] = [
    ['Kind', kind],
    ['Role', role === 'none' ? null : role],
    ['Origin', ORIGIN[entry.origin]],
    ['Header in the source', header === name ? null : header === '' ? 'none' : code(header)],
    ['Type in NDJSON and Parquet', type && TYPE[type]],
    ['Date format', format && code(format)],
    ['Decimals', decimals === null ? null : String(decimals)],
    ['Range', min === null || max === null ? null : `${min} to ${max}`],
    ['Values', levels && listLevels(levels)],
    ['Missing', missingShare === null ? null : describeMissing(missingShare, missingCode)],
    ['Notes', entry.notes.length === 0 ? null : entry.notes.map(escapeMarkdown).join(' ')],
  ];
  return facts.flatMap(([label, text]) => (text === null ? [] : [`${label}: ${text}`]));
}

function listLevels(levels: readonly string[]): string {
  const more = levels.length - MAX_LEVELS;
  return levels.slice(0, MAX_LEVELS).map(code).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function describeMissing(share: number, missingCode: string | null): string {
  if (missingCode === null) return 'none';
  const amount = share === 0 ? 'under 1 %' : `${Math.round(share * 100)} %`;
  return `${amount}, written in CSV as ${missingCode === '' ? 'an empty cell' : code(missingCode)}`;
}

/** Text between as many backticks as it needs (CommonMark, section 6.1). */
function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const fence = '`'.repeat(1 + Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length)));
  const gap = flat.trim() === '' || /^`|`$/.test(flat) ? ' ' : '';
  return `${fence}${gap}${flat}${gap}${fence}`;
}

/** Text that is to stand as it is in Markdown, on one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
