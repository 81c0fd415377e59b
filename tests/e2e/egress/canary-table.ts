import { makeClinicTable } from '../journey/clinic-table';
import type { GivenFile } from '../journey/app';
import { makeCanary } from './canary';

export interface CanaryTable {
  readonly file: GivenFile;
  /** Every canary by where it stands: each must be found nowhere but in the browser. */
  readonly canaries: Readonly<
    Record<'file name' | 'header' | 'category' | 'identifier' | 'free text', string>
  >;
}

/** A clinic's table with words in it that occur nowhere else, in every place a record has. */
export function makeCanaryTable(): CanaryTable {
  const canaries = {
    'file name': makeCanary(),
    header: makeCanary(),
    category: makeCanary(),
    identifier: makeCanary(),
    'free text': makeCanary(),
  };
  const { headers, rows } = makeClinicTable();
  const place = (header: string, cell: string, i: number): string => {
    if (header === 'ward') return cell === 'Surgery' ? canaries.category : cell;
    if (header === 'patient') return `${canaries.identifier}-${String(i)}`;
    return header === 'note' ? `${canaries['free text']} ${cell}` : cell;
  };
  const lines = [
    headers.map((header) => (header === 'smoker' ? `smoker ${canaries.header}` : header)),
    ...rows.map((row, i) => row.map((cell, j) => place(headers[j] ?? '', cell, i))),
  ];
  const content = lines.map((cells) => `${cells.join(';')}\r\n`).join('');
  return { file: { name: `${canaries['file name']}.csv`, content }, canaries };
}
