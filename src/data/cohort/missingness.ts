import type { Rng } from '../../math/rng';
import { flag, happens } from './chance';
import type { Patient } from './patient';

/** What a chart may lack; eGFR follows creatinine, diastolic follows systolic pressure. */
export type Maskable =
  | 'ethnicGroup'
  | 'smoking'
  | 'bmi'
  | 'bloodPressure'
  | 'heartRate'
  | 'nyha'
  | 'lvef'
  | 'hba1c'
  | 'ldl'
  | 'ntProBnp'
  | 'creatinine'
  | 'haemoglobin'
  | 'potassium'
  | 'sodium'
  | 'note';

type LogOdds = (patient: Patient) => number;

function isMainFailure(patient: Patient): boolean {
  return patient.diagnosis.group === 'heart failure';
}

/** Zero or one night. */
function isShort(patient: Patient): number {
  return flag(patient.lengthOfStay <= 1);
}

function isPlanned(patient: Patient): number {
  return flag(patient.admissionType === 'elective');
}

/**
 * Log odds of **absence**. Given what is written, most depends on it (indication, type and length of stay); some does
 * not: NT-proBNP is ordered for the breathless (acuity is nowhere in the file), weight is not taken of the bedbound
 * (frailty), HbA1c is repeated when it was bad (its own value).
 */
const ABSENCE: Readonly<Record<Exclude<Maskable, 'note'>, LogOdds>> = {
  ethnicGroup: (p) => -2.9 + 0.5 * flag(p.admissionType === 'emergency') + 0.5 * isShort(p),
  smoking: (p) => -2.8 + 0.6 * flag(p.age > 80) + 0.5 * flag(p.destination === 'died') + 0.5 * isShort(p),
  bmi: (p) => -2.3 + 0.6 * flag(p.admissionType === 'emergency') + 0.45 * p.frailty + 0.5 * isShort(p),
  bloodPressure: (p) => -5 + 0.6 * isPlanned(p),
  heartRate: (p) => -4.8 + 0.6 * isPlanned(p),
  nyha: (p) => -1.5 - 1.3 * flag(isMainFailure(p)) + 0.4 * isShort(p),
  lvef: (p) =>
    1.1 -
    1.6 * flag(p.heartFailure) -
    1.3 * flag(isMainFailure(p)) -
    2.2 * flag(p.diagnosis.group === 'coronary' || p.diagnosis.group === 'valve') -
    0.7 * flag(p.diagnosis.group === 'rhythm') +
    1.0 * isShort(p) +
    0.8 * flag(p.destination === 'died' && p.lengthOfStay <= 2),
  hba1c: (p) => (p.diabetes ? -1.3 - 0.25 * (p.hba1c - 7.2) : 1.25 - 0.03 * (p.bmi - 28)) + 0.7 * isShort(p),
  ldl: (p) =>
    0.5 -
    1.9 * flag(p.diagnosis.group === 'coronary' || p.diagnosis.group === 'stroke') -
    0.5 * flag(p.diabetes) +
    0.8 * isShort(p) +
    0.02 * (p.age - 70),
  ntProBnp: (p) =>
    1.5 -
    1.4 * flag(p.heartFailure) -
    1.9 * flag(isMainFailure(p)) -
    1.2 * flag(p.diagnosis.group === 'lung' || p.diagnosis.code === 'R06.0') -
    0.5 * p.acuity,
  creatinine: (p) => -4.6 + 1.4 * isPlanned(p) + 1.2 * isShort(p),
  haemoglobin: (p) => -4.4 + 1.4 * isPlanned(p) + 1.2 * isShort(p),
  potassium: (p) => -4.0 + 1.2 * isPlanned(p) + 1.0 * isShort(p),
  sodium: (p) => -4.5 + 1.2 * isPlanned(p) + 1.0 * isShort(p),
};

/** No blood taken at all: brief planned stays. */
const NO_BLOOD = { intercept: -5.5, planned: 1.6, short: 2.4 };
const BLOOD_RESULTS: readonly Maskable[] = [
  'hba1c',
  'ldl',
  'ntProBnp',
  'creatinine',
  'haemoglobin',
  'potassium',
  'sodium',
];

const NOTE_ABSENCE = { intercept: -2.2, planned: 0.6, short: 0.8 };

/** The fields of `patient` that were never recorded. */
export function drawMissing(rng: Rng, patient: Patient): ReadonlySet<Maskable> {
  const missing = new Set<Maskable>();
  for (const [field, logOdds] of Object.entries(ABSENCE) as [keyof typeof ABSENCE, LogOdds][]) {
    if (happens(rng.fork(`missing/${field}`), logOdds(patient))) missing.add(field);
  }
  const noBlood =
    NO_BLOOD.intercept + NO_BLOOD.planned * isPlanned(patient) + NO_BLOOD.short * isShort(patient);
  if (happens(rng.fork('missing/blood'), noBlood)) for (const field of BLOOD_RESULTS) missing.add(field);
  const noNote =
    NOTE_ABSENCE.intercept +
    NOTE_ABSENCE.planned * isPlanned(patient) +
    NOTE_ABSENCE.short * isShort(patient);
  if (happens(rng.fork('missing/note'), noNote)) missing.add('note');
  return missing;
}
