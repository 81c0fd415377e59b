import { Rng } from '../../../src/math/rng';

/** A small table of made-up hospital stays: every kind of column, a relation or two, missing cells. */
export interface ClinicTable {
  readonly csv: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const wards = ['Cardiology', 'Surgery', 'Oncology', 'Geriatrics'] as const;
const headers = ['patient', 'admitted', 'age', 'sex', 'sodium', 'ward', 'smoker', 'note', 'died'] as const;
const words = 'patient seen today stable after night with mild pain and no fever reviewed by team plan'.split(
  ' ',
);

/** The same table for the same number of rows and seed. Cells are parted by semicolons. */
export function makeClinicTable(nRows = 600, seed = 7): ClinicTable {
  const rng = Rng.fromSeed(seed);
  const rows = Array.from({ length: nRows }, (_, i) => {
    const row = rng.fork(`row/${i}`);
    const age = Math.round(18 + 72 * Math.sqrt(row.float()));
    const ward = wards[Math.min(3, Math.floor(4 * row.float() * (0.5 + age / 180)))] ?? 'Surgery';
    const sodium = (150 - age / 9 - 6 * row.float()).toFixed(1);
    const day = new Date(Date.UTC(2021, 0, 1 + Math.floor(700 * row.float())));
    const note = Array.from({ length: 9 }, () => words[Math.floor(words.length * row.float())]).join(' ');
    return [
      `PT-${(48_000 + 37 * i).toString().padStart(7, '0')}`,
      `${two(day.getUTCDate())}.${two(day.getUTCMonth() + 1)}.${day.getUTCFullYear()}`,
      String(age),
      row.float() < 0.5 ? 'female' : 'male',
      row.float() < 0.1 ? '' : sodium,
      ward,
      row.float() < 0.3 ? 'yes' : 'no',
      `${note} ${i}`,
      row.float() < age / 250 ? '1' : '0',
    ];
  });
  const csv = [headers, ...rows].map((cells) => `${cells.join(';')}\r\n`).join('');
  return { csv, headers, rows };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
