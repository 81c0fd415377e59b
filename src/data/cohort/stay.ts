import type { Rng } from '../../math/rng';
import type { Admission } from './admission';
import { choose, drawLogNormal, flag, happens } from './chance';
import type { Cardiac } from './cardiac';
import type { Demographics } from './demographics';
import type { DiagnosisGroup } from './diagnoses';
import type { History } from './history';
import type { Labs } from './labs';
import type { Vitals } from './vitals';

export type DischargeDestination =
  'home' | 'home with care' | 'rehabilitation' | 'care home' | 'other hospital' | 'died';

export interface Stay {
  /** Nights. */
  readonly lengthOfStay: number;
  readonly destination: DischargeDestination;
}

type Before = Demographics & History & Admission & Cardiac & Vitals & Labs;

/** Log odds of death in hospital; ADHERE's tree (Fonarow 2005) puts renal function and pressure first. */
const DEATH = {
  intercept: -4.35,
  perDecade: 0.35,
  acuity: 0.7,
  perTenSystolicUnder120: 0.3,
  perTenGfrUnder60: 0.16,
  perSodiumUnder135: 0.06,
  perLogNtProBnp: 0.2,
  shock: 1.6,
  infarction: 0.3,
  sepsis: 1.1,
  frailty: 0.3,
};

/** Median nights by type of admission, log shifts, and the most a stay lasts. */
const NIGHTS = {
  median: { emergency: 5.1, elective: 2.7, transfer: 6.4 },
  perDecade: 0.09,
  acuity: 0.18,
  frailty: 0.14,
  classFour: 0.15,
  shift: { coronary: -0.25, rhythm: -0.4, stroke: 0.25, infection: 0.15 } satisfies Partial<
    Record<DiagnosisGroup, number>
  > as Partial<Record<DiagnosisGroup, number>>,
  long: ['I33.0', 'S72.0', 'A41.9', 'I63.9', 'I61.9', 'R57.0'] as readonly string[],
  longShift: 0.55,
  death: -0.1,
  spread: 0.68,
  most: 92,
};

/** Relative weights of destinations among the living; `old` is decades over 70, `weak` the exponential of frailty. */
const DESTINATION = {
  homeWithCare: 0.16,
  rehabilitation: 0.08,
  careHome: 0.035,
  otherHospital: 0.03,
  perDecade: 0.55,
};

export function drawStay(rng: Rng, patient: Before): Stay {
  const dies = happens(rng.fork('in_hospital_death'), oddsOfDeath(patient));
  const lengthOfStay = drawNights(rng.fork('length_of_stay_days'), patient, dies);
  const destination = dies
    ? 'died'
    : drawDestination(rng.fork('discharge_destination'), patient, lengthOfStay);
  return { lengthOfStay, destination };
}

function oddsOfDeath(patient: Before): number {
  const { code } = patient.diagnosis;
  return (
    DEATH.intercept +
    (DEATH.perDecade * (patient.age - 70)) / 10 +
    DEATH.acuity * patient.acuity +
    (DEATH.perTenSystolicUnder120 * Math.max(0, 120 - patient.systolic)) / 10 +
    (DEATH.perTenGfrUnder60 * Math.max(0, 60 - patient.egfr)) / 10 +
    DEATH.perSodiumUnder135 * Math.max(0, 135 - patient.sodium) +
    DEATH.perLogNtProBnp * Math.log(patient.ntProBnp / 1500) +
    DEATH.shock * flag(code === 'R57.0' || code === 'I46.0') +
    DEATH.infarction * flag(/^I2[12]/.test(code)) +
    DEATH.sepsis * flag(['A41.9', 'I61.9', 'I71.0', 'J96.0'].includes(code)) +
    DEATH.frailty * patient.frailty
  );
}

function drawNights(rng: Rng, patient: Before, dies: boolean): number {
  const { group, code } = patient.diagnosis;
  const shift =
    (NIGHTS.perDecade * (patient.age - 70)) / 10 +
    NIGHTS.acuity * patient.acuity +
    NIGHTS.frailty * patient.frailty +
    NIGHTS.classFour * flag(patient.nyha === 'IV') +
    (NIGHTS.shift[group] ?? 0) +
    NIGHTS.longShift * flag(NIGHTS.long.includes(code)) +
    NIGHTS.death * flag(dies);
  const median = NIGHTS.median[patient.admissionType] * Math.exp(shift);
  return Math.floor(drawLogNormal(rng, median, NIGHTS.spread, 0, NIGHTS.most));
}

function drawDestination(rng: Rng, patient: Before, nights: number): DischargeDestination {
  const old = Math.exp((DESTINATION.perDecade * (patient.age - 70)) / 10);
  const weak = Math.exp(0.5 * patient.frailty);
  const long = nights > 9 ? 1.8 : nights < 3 ? 0.4 : 1;
  const disabling = patient.diagnosis.group === 'stroke' || patient.diagnosis.code === 'S72.0' ? 4 : 1;
  return choose<DischargeDestination>(rng, [
    ['home', 1],
    ['home with care', DESTINATION.homeWithCare * old * weak * long],
    ['rehabilitation', DESTINATION.rehabilitation * disabling * long * Math.sqrt(old)],
    ['care home', patient.age < 55 ? 0 : DESTINATION.careHome * old * weak * long],
    ['other hospital', DESTINATION.otherHospital],
  ]);
}
