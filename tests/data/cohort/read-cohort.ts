import { SAMPLE_N_PATIENTS, SAMPLE_SEED, simulateCohort } from '../../../src/data/cohort/simulate';

/** A row by column name; empty text = missing. */
export type Row = Readonly<Record<string, string>>;

export function toRows({ headers, rows }: ReturnType<typeof simulateCohort>): Row[] {
  return rows.map((cells) => Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? ''])));
}

/** The sample cohort as the page offers it. */
export function readSample(): Row[] {
  return toRows(simulateCohort(SAMPLE_SEED, SAMPLE_N_PATIENTS));
}

export function cell(row: Row, name: string): string {
  const text = row[name];
  if (text === undefined) throw new RangeError(`no column "${name}"`);
  return text;
}

/** NaN where missing. */
export function num(row: Row, name: string): number {
  const text = cell(row, name);
  return text === '' ? NaN : Number(text);
}

export function is(row: Row, name: string, value = 'yes'): boolean {
  return cell(row, name) === value;
}

/** Share of `value` among the rows where the column is present. */
export function share(rows: readonly Row[], name: string, value = 'yes'): number {
  const present = rows.filter((row) => cell(row, name) !== '');
  return present.filter((row) => is(row, name, value)).length / present.length;
}

export function missingShare(rows: readonly Row[], name: string): number {
  return rows.filter((row) => cell(row, name) === '').length / rows.length;
}

/** The quantile `p` of the present values, by nearest rank. */
export function quantile(rows: readonly Row[], name: string, p = 0.5): number {
  const values = rows
    .map((row) => num(row, name))
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(p * values.length))] ?? NaN;
}

/** Rows by whether `holds`. */
export function split(rows: readonly Row[], holds: (row: Row) => boolean): [yes: Row[], no: Row[]] {
  return [rows.filter(holds), rows.filter((row) => !holds(row))];
}

export const DAY_MS = 86_400_000;

/** Whole days between two ISO dates. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS;
}
