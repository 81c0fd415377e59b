import { Rng } from '../../math/rng';
import { COLUMNS } from './columns';
import { drawMissing } from './missingness';
import { writeNote } from './notes';
import { drawPatient } from './patient';

export interface Cohort {
  readonly headers: string[];
  /** One row a patient; empty text = missing. */
  readonly rows: string[][];
}

/** Seed and size of the cohort that the page offers. */
export const SAMPLE_SEED = 'understudy-cohort-1';
export const SAMPLE_N_PATIENTS = 5000;

/**
 * A cohort of `nPatients` index admissions (docs/sample-cohort.md). Each patient and each variable draws from a fork of
 * its own: a smaller cohort of the same seed is the beginning of a larger one, and a new variable moves no other.
 */
export function simulateCohort(seed: string | number, nPatients: number): Cohort {
  const root = Rng.fromSeed(seed);
  const rows = Array.from({ length: nPatients }, (_, index) =>
    simulateRow(root.fork(`patient/${index}`), index),
  );
  return { headers: ['patient_id', ...COLUMNS.map((column) => column.name), 'note'], rows };
}

function simulateRow(rng: Rng, index: number): string[] {
  const patient = drawPatient(rng);
  const missing = drawMissing(rng, patient);
  const cells = COLUMNS.map(({ maskedBy, write }) =>
    maskedBy !== undefined && missing.has(maskedBy) ? '' : write(patient),
  );
  const note = missing.has('note') ? '' : writeNote(rng.fork('note'), patient);
  return [patientId(index), ...cells, note];
}

/** The largest prime below a million makes index → number one-to-one for as many patients; the stride mixes the order. */
const ID_PRIME = 999_983;
const ID_STRIDE = 618_027;
const ID_START = 4217;

function patientId(index: number): string {
  const number = (ID_START + index * ID_STRIDE) % ID_PRIME;
  return `P-${`${number + 1_000_000 * Math.floor(index / ID_PRIME)}`.padStart(6, '0')}`;
}

/** The sample cohort as comma-separated text (RFC 4180, lines end in \n, about 1.5 MB). */
export function cohortCsv(): string {
  const { headers, rows } = simulateCohort(SAMPLE_SEED, SAMPLE_N_PATIENTS);
  return [headers, ...rows].map((row) => `${row.map(quoteCell).join(',')}\n`).join('');
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
