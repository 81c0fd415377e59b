import { bindWish, placeShares } from '../../data/wishes/bind-wish';
import { listWishes } from '../../data/wishes/wishes';
import { getColumn, takeRows, type Table } from '../../data/table';
import type { SoughtRows, WishedRows } from '../synthesizer';

/**
 * Plain rejection: the rows of a drawn table that meet all wishes. What is kept is distributed as the model has rows given
 * that they meet the wishes. Every wish but shares is tried on every row, shares on the rows that meet all others.
 */
export function rejectRows(table: Table, sought: SoughtRows): WishedRows {
  const columnOf = (name: string) => getColumn(table, name);
  const { nRows } = table;
  const meetsAll = new Uint8Array(nRows).fill(1);
  const rates = listWishes(sought.wishes)
    .filter(({ kind }) => kind !== 'shares')
    .map((wish) => {
      const isMet = bindWish(wish, columnOf);
      let nMet = 0;
      for (let row = 0; row < nRows; row++) {
        if (isMet(row)) nMet++;
        else meetsAll[row] = 0;
      }
      return { nTried: nRows, nMet };
    });
  const meeting = Int32Array.from(meetsAll.keys()).filter((row) => meetsAll[row] === 1);
  const kept = fillShares(meeting, table, sought);
  if (sought.open !== null) rates.push({ nTried: meeting.length, nMet: kept.length });
  return { table: takeRows(table, kept), begunAt: kept.map((row) => row + 1), nBegun: nRows, rates };
}

/** The first of the rows that fill what is still sought of each of the shares. */
export function fillShares(
  rows: Int32Array<ArrayBuffer>,
  table: Table,
  { wishes, open }: SoughtRows,
): Int32Array<ArrayBuffer> {
  const { shares } = wishes;
  if (shares === null || open === null) return rows;
  const column = getColumn(table, shares.column);
  if (column.kind !== 'level') throw new TypeError(`column "${column.name}" holds numbers, not levels`);
  const placeOf = placeShares(shares, column);
  const left = [...open];
  return rows.filter((row) => {
    const place = placeOf(row);
    const isSought = (left[place] ?? 0) > 0;
    if (isSought) left[place] = (left[place] ?? 0) - 1;
    return isSought;
  });
}
