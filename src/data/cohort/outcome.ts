import type { Rng } from '../../math/rng';
import { clamp, flag, happens } from './chance';
import type { Admission } from './admission';
import type { Cardiac, NyhaClass } from './cardiac';
import type { Demographics } from './demographics';
import type { History } from './history';
import type { Labs } from './labs';
import type { Stay } from './stay';
import type { Treatment } from './treatment';
import type { Vitals } from './vitals';

export interface Outcome {
  /** Null for those who died in hospital or were lost within 30 days of discharge. */
  readonly readmission30d: boolean | null;
  /** Within 365 days of admission; null when lost before. */
  readonly death1y: boolean | null;
  /** Days from admission to death, loss or day 365. */
  readonly followUpDays: number;
}

type Before = Demographics & History & Admission & Cardiac & Vitals & Labs & Treatment & Stay;

export const YEAR_DAYS = 365;

/**
 * Log hazards after discharge (Weibull, hazard falling with time). Signs and order follow MAGGIC (Pocock 2013): age,
 * renal function, NYHA class, low pressure, low BMI, diabetes, COPD, male sex, smoking, and no RAS or beta blockade.
 */
const HAZARD = {
  intercept: -2.12,
  perDecade: 0.4,
  male: 0.1,
  perLogNtProBnp: 0.27,
  perTenGfrUnder60: 0.1,
  perHaemoglobinUnder12: 0.12,
  perSodiumUnder135: 0.04,
  perTenSystolicUnder120: 0.1,
  nyha: { I: -0.2, II: 0, III: 0.2, IV: 0.4 } satisfies Record<NyhaClass, number>,
  diabetes: 0.15,
  copd: 0.3,
  priorMi: 0.1,
  smoker: 0.15,
  thin: 0.4,
  planned: -0.5,
  cancer: 1.3,
  frailty: 0.4,
  rasInhibitor: -0.2,
  betaBlocker: -0.18,
  sglt2Inhibitor: -0.17,
  statin: -0.1,
};
const SHAPE = 0.72;

/** Log odds of coming back within 30 days; 19.6 % of all and 26.9 % of heart failure stays in Medicare (Jencks 2009). */
const READMISSION = {
  intercept: -2.05,
  perDecade: 0.1,
  mainFailure: 0.4,
  diabetes: 0.15,
  copd: 0.3,
  perTenGfrUnder60: 0.09,
  anaemia: 0.25,
  classFour: 0.2,
  frailty: 0.25,
  elective: -0.6,
  sglt2Inhibitor: -0.2,
};

/** Share lost in a year; the lost drop out at a uniform time. Younger people and those far from care go more often. */
const LOSS = { intercept: -2.9, perDecade: -0.3, otherHospital: 0.9 };

export function drawOutcome(rng: Rng, patient: Before): Outcome {
  const { lengthOfStay } = patient;
  if (patient.destination === 'died')
    return { readmission30d: null, death1y: true, followUpDays: lengthOfStay };
  const deathDay = lengthOfStay + drawDaysToDeath(rng.fork('death'), patient);
  const lossDay = drawLossDay(rng.fork('loss'), patient);
  const endDay = Math.min(deathDay, lossDay, YEAR_DAYS);
  const death1y = endDay === YEAR_DAYS ? false : deathDay <= lossDay ? true : null;
  const daysHome = endDay - lengthOfStay;
  const isUnknown = death1y === null && daysHome < 30;
  const returns = happens(rng.fork('readmission_30d'), oddsOfReadmission(patient)) && daysHome >= 2;
  return { readmission30d: isUnknown ? null : returns, death1y, followUpDays: endDay };
}

function drawDaysToDeath(rng: Rng, patient: Before): number {
  const years = (-Math.log(rng.open()) / Math.exp(logHazard(patient))) ** (1 / SHAPE);
  return Math.ceil(years * YEAR_DAYS);
}

function logHazard(patient: Before): number {
  return (
    HAZARD.intercept +
    (HAZARD.perDecade * (patient.age - 70)) / 10 +
    HAZARD.male * flag(patient.sex === 'male') +
    HAZARD.perLogNtProBnp * Math.log(patient.ntProBnp / 1500) +
    (HAZARD.perTenGfrUnder60 * Math.max(0, 60 - patient.egfr)) / 10 +
    HAZARD.perHaemoglobinUnder12 * Math.max(0, 12 - patient.haemoglobin) +
    HAZARD.perSodiumUnder135 * Math.max(0, 135 - patient.sodium) +
    (HAZARD.perTenSystolicUnder120 * Math.max(0, 120 - patient.systolic)) / 10 +
    (patient.nyha === null ? 0 : HAZARD.nyha[patient.nyha]) +
    HAZARD.diabetes * flag(patient.diabetes) +
    HAZARD.copd * flag(patient.copd) +
    HAZARD.priorMi * flag(patient.priorMi) +
    HAZARD.smoker * flag(patient.smoking === 'current') +
    HAZARD.thin * flag(patient.bmi < 20) +
    HAZARD.planned * flag(patient.admissionType === 'elective') +
    HAZARD.cancer * flag(/^[CD]\d/.test(patient.diagnosis.code) && patient.diagnosis.code < 'D48') +
    HAZARD.frailty * patient.frailty +
    HAZARD.rasInhibitor * flag(patient.rasInhibitor !== 'not given') +
    HAZARD.betaBlocker * flag(patient.betaBlocker) +
    HAZARD.sglt2Inhibitor * flag(patient.sglt2Inhibitor) +
    HAZARD.statin * flag(patient.statin)
  );
}

function oddsOfReadmission(patient: Before): number {
  return (
    READMISSION.intercept +
    (READMISSION.perDecade * (patient.age - 70)) / 10 +
    READMISSION.mainFailure * flag(patient.diagnosis.group === 'heart failure') +
    READMISSION.diabetes * flag(patient.diabetes) +
    READMISSION.copd * flag(patient.copd) +
    (READMISSION.perTenGfrUnder60 * Math.max(0, 60 - patient.egfr)) / 10 +
    READMISSION.anaemia * flag(patient.haemoglobin < 10) +
    READMISSION.classFour * flag(patient.nyha === 'IV') +
    READMISSION.frailty * patient.frailty +
    READMISSION.elective * flag(patient.admissionType === 'elective') +
    READMISSION.sglt2Inhibitor * flag(patient.sglt2Inhibitor)
  );
}

/** The day of loss, after discharge and before day 365; Infinity for those who stay in sight. */
function drawLossDay(rng: Rng, patient: Before): number {
  const logit =
    LOSS.intercept +
    (LOSS.perDecade * clamp(patient.age - 70, -30, 30)) / 10 +
    LOSS.otherHospital * flag(patient.destination === 'other hospital');
  if (!happens(rng, logit)) return Infinity;
  return patient.lengthOfStay + 1 + rng.int(YEAR_DAYS - 1 - patient.lengthOfStay);
}
