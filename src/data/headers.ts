import type { TableNotice } from './raw-table-builder';

/** Names `column_1` … `column_n` for a file without a header. */
export function nameColumns(n: number): string[] {
  return Array.from({ length: n }, (_, i) => `column_${i + 1}`);
}

/**
 * Headers as written, with empty ones named by place and repeated ones numbered, and a notice for each kind of change.
 */
export function makeHeadersUnique(written: readonly string[]): {
  readonly headers: readonly string[];
  readonly notices: readonly TableNotice[];
} {
  const taken = new Set(written.filter((name) => name.trim() !== ''));
  const seen = new Set<string>();
  const empty: number[] = [];
  const repeated: number[] = [];
  const headers = written.map((name, i) => {
    const base = name.trim() === '' ? `column_${i + 1}` : name;
    if (name.trim() === '') empty.push(i + 1);
    else if (seen.has(name)) repeated.push(i + 1);
    const isFree = (candidate: string) =>
      !seen.has(candidate) && (candidate === name || !taken.has(candidate));
    const unique = isFree(base) ? base : numberName(base, isFree);
    seen.add(unique);
    return unique;
  });
  return { headers, notices: describeChanges(empty, repeated) };
}

function numberName(base: string, isFree: (name: string) => boolean): string {
  let n = 2;
  while (!isFree(`${base}_${n}`)) n++;
  return `${base}_${n}`;
}

function describeChanges(empty: readonly number[], repeated: readonly number[]): TableNotice[] {
  const notices: TableNotice[] = [];
  if (empty.length > 0) {
    const message = `${countColumns(empty)} no header and ${empty.length === 1 ? 'was' : 'were'} named by place.`;
    notices.push({ kind: 'empty-header', message, count: empty.length });
  }
  if (repeated.length > 0) {
    const message = `${countColumns(repeated)} a header that stands earlier too; a number was added.`;
    notices.push({ kind: 'duplicate-header', message, count: repeated.length });
  }
  return notices;
}

function countColumns(places: readonly number[]): string {
  return places.length === 1
    ? `Column ${places.join('')} has`
    : `${places.length} columns (${places.join(', ')}) have`;
}
