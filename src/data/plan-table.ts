import type { DelimitedPlan } from './delimited-table-builder';
import { chosen, type Reasoned } from './dialect';
import type { FormatGuess } from './guess-format';
import { guessHeader } from './guess-header';
import { makeHeadersUnique, nameColumns } from './headers';
import { rateRows } from './rate-format';
import type { TableNotice } from './raw-table-builder';

export interface TablePlan {
  readonly header: Reasoned<boolean>;
  readonly plan: DelimitedPlan;
  readonly notices: readonly TableNotice[];
}

/** Names and number of the columns, and where the rows of data begin. */
export function planTable(
  { rows, skippedRows }: FormatGuess,
  choice: { readonly header?: boolean; readonly everyNthRow?: number },
): TablePlan {
  const header = choice.header === undefined ? guessHeader(rows) : chosen(choice.header);
  const written = header.value ? fitHeader(rows) : nameColumns(Math.max(1, rateRows(rows).width));
  const { headers, notices } = makeHeadersUnique(written);
  const nSkipped = skippedRows.value + (header.value ? 1 : 0);
  return {
    header,
    plan: { headers, written, nSkipped, everyNthRow: choice.everyNthRow ?? 1 },
    notices: [...describeSkipped(skippedRows.value), ...notices],
  };
}

/**
 * The header's cells, one a column of the rows below: an empty one in front where these have one cell more (row names,
 * as R writes them) that is filled throughout, empty ones behind where most have more cells, and without a last empty
 * one where no row has a cell for it.
 */
function fitHeader(rows: readonly string[][]): readonly string[] {
  const first = rows[0] ?? [''];
  const body = rows.slice(1);
  if (body.length === 0) return first;
  const isNamed = body.every((row) => row.length === first.length + 1 && row.at(-1) !== '');
  if (isNamed) return ['', ...first];
  const used = rateRows(body.map(dropEmptyEnd)).width;
  if (used > first.length) return [...first, ...Array<string>(used - first.length).fill('')];
  const longest = body.reduce((most, row) => Math.max(most, row.length), 0);
  return first.at(-1)?.trim() === '' && longest < first.length ? first.slice(0, -1) : first;
}

function dropEmptyEnd(row: string[]): string[] {
  let length = row.length;
  while (length > 0 && row[length - 1]?.trim() === '') length--;
  return row.slice(0, length);
}

function describeSkipped(n: number): TableNotice[] {
  if (n === 0) return [];
  const lines = n === 1 ? '1 line above the table was' : `${n} lines above the table were`;
  return [{ kind: 'preamble', message: `${lines} left out.`, count: n }];
}
