import type { Failure, Outcome } from '../../data/failure';
import type { ExposedRecords } from '../../measure/privacy/find-exposed';

/** The most exposed records as the page shows them. It lives as long as the page: it is never kept nor exported. */
export interface ExposedList {
  /** The most exposed first; `row` counts rows of the source file from 1, after its header. */
  readonly records: readonly { readonly row: number; readonly reason: string }[];
  /** Rows of train that were looked at. */
  readonly nLookedAt: number;
}

/** How rows of train lie in the file that they were read from. */
export interface TrainPlaces {
  /** Rows of the table that were held out, from 0, ascending. */
  readonly holdoutRows: Uint32Array;
  /** Every how manieth row of the file was read. */
  readonly everyNthRow: number;
}

/** Train as a whole file of its own. */
export const WHOLE_FILE: TrainPlaces = { holdoutRows: new Uint32Array(), everyNthRow: 1 };

/** What was found, by rows of the file in place of rows of train; a failure stays one. */
export function listExposed(found: Outcome<ExposedRecords>, places: TrainPlaces): ExposedList | Failure {
  if (!found.ok) return found.failure;
  const { records, nLookedAt } = found.value;
  return {
    records: records.map(({ row, reason }) => ({ row: findFileRow(row, places), reason })),
    nLookedAt,
  };
}

/** Row of the file, from 1, of a row of train, from 0: train is what is left when the held out rows are taken away. */
function findFileRow(trainRow: number, { holdoutRows, everyNthRow }: TrainPlaces): number {
  let row = trainRow;
  for (const heldOut of holdoutRows) {
    if (heldOut > row) break;
    row++;
  }
  return row * everyNthRow + 1;
}
