import type { Rng } from '../../math/rng';
import { choose, flag, type Weighted } from './chance';
import type { Demographics } from './demographics';
import { DIAGNOSES, type Diagnosis, type DiagnosisGroup } from './diagnoses';
import type { History } from './history';

export type AdmissionType = 'emergency' | 'elective' | 'transfer';

export interface Admission {
  readonly diagnosis: Diagnosis;
  readonly admissionType: AdmissionType;
  /** Milliseconds at midnight UTC of the admission day. */
  readonly admittedMs: number;
  /** Roughly standard normal and never written: how ill the patient arrives. */
  readonly acuity: number;
}

export const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2021, 0, 1);
const N_DAYS = 1461;

/** Relative weight of each group before its conditions; heart failure becomes about a third of main diagnoses. */
function groupWeights({ age, ...known }: Demographics & History): Weighted<DiagnosisGroup> {
  const hasKidneyDisease = known.ckdStage !== 'no CKD' && known.ckdStage !== 'G1-2';
  const decadesOver70 = Math.max(0, age - 70) / 10;
  return [
    ['heart failure', known.heartFailure ? 72 : 0],
    ['coronary', 13 * (1 + 0.5 * flag(known.priorMi)) * (1 + 0.2 * flag(known.diabetes))],
    ['rhythm', known.atrialFibrillation ? 9 : 2.5],
    ['valve', 2 + 1.5 * decadesOver70],
    ['vascular', 3],
    ['metabolic', 1 + 1.5 * flag(known.hypertension) + 4 * flag(known.diabetes)],
    ['kidney', hasKidneyDisease ? 5 : 1],
    ['lung', known.copd ? 16 : 5],
    ['infection', 5 + 1.5 * decadesOver70],
    ['stroke', (3 + decadesOver70) * (1 + 0.6 * flag(known.atrialFibrillation))],
    ['other', 6 + 3 * decadesOver70],
  ];
}

/** Share that comes from another hospital, among those not planned. */
const TRANSFER_SHARE: Readonly<Partial<Record<DiagnosisGroup, number>>> = { valve: 0.2, coronary: 0.14 };
const USUAL_TRANSFER_SHARE = 0.035;

/** Mean of acuity by type, and its standard deviation. */
const ACUITY = { emergency: 0.2, transfer: 0.35, elective: -0.9, frailty: 0.25, sd: 0.85 };

/** Seasonal amplitude around the mean, largest in mid-January; Stewart 2002 saw +12 % in December and −7 % in July. */
const SEASON: Readonly<Partial<Record<DiagnosisGroup, number>>> = {
  'heart failure': 0.12,
  lung: 0.35,
  infection: 0.15,
  coronary: 0.06,
};
const PEAK_DAY_OF_YEAR = 15;

/** Sunday first. */
const WEEKDAY = {
  unplanned: [0.86, 1.14, 1.06, 1.02, 1.0, 1.02, 0.9],
  elective: [0.35, 1.3, 1.3, 1.25, 1.2, 0.8, 0.05],
} as const;

export function drawAdmission(rng: Rng, patient: Demographics & History): Admission {
  const diagnosis = drawDiagnosis(rng.fork('main_diagnosis'), patient);
  const admissionType = drawType(rng.fork('admission_type'), diagnosis);
  const acuity =
    ACUITY[admissionType] + ACUITY.frailty * patient.frailty + ACUITY.sd * rng.fork('acuity').normal();
  return { diagnosis, admissionType, admittedMs: drawDay(rng.fork('day'), diagnosis, admissionType), acuity };
}

function drawDiagnosis(rng: Rng, patient: Demographics & History): Diagnosis {
  const group = choose(rng, groupWeights(patient));
  const possible = DIAGNOSES.filter((diagnosis) => diagnosis.group === group && diagnosis.fits(patient));
  return choose(
    rng,
    possible.map((diagnosis) => [diagnosis, diagnosis.weight] as const),
  );
}

function drawType(rng: Rng, diagnosis: Diagnosis): AdmissionType {
  if (rng.float() < diagnosis.elective) return 'elective';
  return rng.float() < (TRANSFER_SHARE[diagnosis.group] ?? USUAL_TRANSFER_SHARE) ? 'transfer' : 'emergency';
}

function drawDay(rng: Rng, diagnosis: Diagnosis, type: AdmissionType): number {
  const amplitude = type === 'elective' ? 0 : (SEASON[diagnosis.group] ?? 0);
  const weekday = type === 'elective' ? WEEKDAY.elective : WEEKDAY.unplanned;
  const most = (1 + amplitude) * Math.max(...weekday);
  for (;;) {
    const day = rng.int(N_DAYS);
    const date = FIRST_DAY_MS + day * DAY_MS;
    const season = 1 + amplitude * Math.cos((2 * Math.PI * (day - PEAK_DAY_OF_YEAR)) / 365.25);
    if (rng.float() * most < season * (weekday[new Date(date).getUTCDay()] ?? 0)) return date;
  }
}
