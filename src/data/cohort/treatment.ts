import type { Rng } from '../../math/rng';
import { DAY_MS, type Admission } from './admission';
import { drawAnticoagulant, type Anticoagulant } from './anticoagulation';
import { flag, happens } from './chance';
import type { Cardiac } from './cardiac';
import type { Demographics } from './demographics';
import type { History } from './history';
import type { Labs } from './labs';
import type { Vitals } from './vitals';

export type RasInhibitor = 'not given' | 'ACE inhibitor' | 'ARB' | 'ARNI';

/** Medication at the end of the stay. */
export interface Treatment {
  readonly rasInhibitor: RasInhibitor;
  readonly betaBlocker: boolean;
  readonly sglt2Inhibitor: boolean;
  readonly statin: boolean;
  readonly anticoagulant: Anticoagulant;
  readonly insulin: boolean;
}

type Before = Demographics & History & Admission & Cardiac & Vitals & Labs;

/** Log odds of each treatment by indication; those of the guidelines (ESC heart failure 2021) weigh most. */
const RAS = {
  intercept: -1.5,
  reducedEf: 1.5,
  failure: 0.5,
  hypertension: 1.1,
  diabetes: 0.4,
  priorMi: 0.6,
  frailty: -0.3,
};
const RAS_CONTRAINDICATED = { potassiumOver: 5.5, systolicUnder: 88, egfrUnder: 15 };
/** ARNI needs LVEF ≤ 40 %; its share of RAS inhibitors there rises with the calendar. */
const ARNI = { mostLvef: 40, leastSystolic: 100, leastEgfr: 30, in2021: -0.9, perYear: 0.35 };
const ARB_SHARE = 0.42;

const BETA_BLOCKER = {
  intercept: -1.4,
  reducedEf: 1.6,
  failure: 0.7,
  fibrillation: 1.2,
  priorMi: 1.1,
  coronary: 0.8,
  copd: -0.5,
};
const LEAST_RATE_FOR_BETA_BLOCKER = 52;

/** Labelled down to eGFR 20 in heart failure (EMPEROR, EMPA-KIDNEY entry); uptake grows after the 2021 guideline. */
const SGLT2 = {
  intercept: -3.4,
  failure: 1.3,
  reducedEf: 0.8,
  diabetes: 1.2,
  kidneyDisease: 0.4,
  perYear: 0.6,
  frailty: -0.25,
};
export const LEAST_EGFR_FOR_SGLT2 = 20;

const STATIN = { intercept: -1.7, before: 3.6, infarctionNow: 2.6, coronary: 1.2, stroke: 1.5, priorMi: 0.8 };

const INSULIN = { intercept: -1.1, perHba1c: 0.65, lowGfr: 0.6 };

export function drawTreatment(rng: Rng, patient: Before): Treatment {
  return {
    rasInhibitor: drawRasInhibitor(rng.fork('ras_inhibitor'), patient),
    betaBlocker: drawBetaBlocker(rng.fork('beta_blocker'), patient),
    sglt2Inhibitor: drawSglt2Inhibitor(rng.fork('sglt2_inhibitor'), patient),
    statin: drawStatin(rng.fork('statin'), patient),
    anticoagulant: drawAnticoagulant(rng.fork('anticoagulant'), patient),
    insulin: drawInsulin(rng.fork('insulin'), patient),
  };
}

/** Heart failure with LVEF ≤ 40 %. */
function hasReducedEf(patient: Before): boolean {
  return patient.heartFailure && patient.lvef <= ARNI.mostLvef;
}

function yearsAfter2021(patient: Before): number {
  return (patient.admittedMs - Date.UTC(2021, 0, 1)) / (365.25 * DAY_MS);
}

function drawRasInhibitor(rng: Rng, patient: Before): RasInhibitor {
  const isContraindicated =
    patient.potassium > RAS_CONTRAINDICATED.potassiumOver ||
    patient.systolic < RAS_CONTRAINDICATED.systolicUnder ||
    patient.egfr < RAS_CONTRAINDICATED.egfrUnder;
  const logit =
    RAS.intercept +
    RAS.reducedEf * flag(hasReducedEf(patient)) +
    RAS.failure * flag(patient.heartFailure) +
    RAS.hypertension * flag(patient.hypertension) +
    RAS.diabetes * flag(patient.diabetes) +
    RAS.priorMi * flag(patient.priorMi) +
    RAS.frailty * patient.frailty;
  if (isContraindicated || !happens(rng, logit)) return 'not given';
  const mayHaveArni =
    hasReducedEf(patient) && patient.systolic >= ARNI.leastSystolic && patient.egfr >= ARNI.leastEgfr;
  if (mayHaveArni && happens(rng, ARNI.in2021 + ARNI.perYear * yearsAfter2021(patient))) return 'ARNI';
  return rng.float() < ARB_SHARE ? 'ARB' : 'ACE inhibitor';
}

function drawBetaBlocker(rng: Rng, patient: Before): boolean {
  if (patient.heartRate < LEAST_RATE_FOR_BETA_BLOCKER) return false;
  const logit =
    BETA_BLOCKER.intercept +
    BETA_BLOCKER.reducedEf * flag(hasReducedEf(patient)) +
    BETA_BLOCKER.failure * flag(patient.heartFailure) +
    BETA_BLOCKER.fibrillation * flag(patient.atrialFibrillation) +
    BETA_BLOCKER.priorMi * flag(patient.priorMi) +
    BETA_BLOCKER.coronary * flag(patient.diagnosis.group === 'coronary') +
    BETA_BLOCKER.copd * flag(patient.copd);
  return happens(rng, logit);
}

function drawSglt2Inhibitor(rng: Rng, patient: Before): boolean {
  const hasKidneyDisease = patient.ckdStage !== 'no CKD';
  const isIndicated = patient.heartFailure || patient.diabetes || hasKidneyDisease;
  if (!isIndicated || patient.egfr < LEAST_EGFR_FOR_SGLT2 || patient.diagnosis.code === 'E11.1') return false;
  const logit =
    SGLT2.intercept +
    SGLT2.failure * flag(patient.heartFailure) +
    SGLT2.reducedEf * flag(hasReducedEf(patient)) +
    SGLT2.diabetes * flag(patient.diabetes) +
    SGLT2.kidneyDisease * flag(hasKidneyDisease) +
    SGLT2.perYear * yearsAfter2021(patient) +
    SGLT2.frailty * patient.frailty;
  return happens(rng, logit);
}

function drawStatin(rng: Rng, patient: Before): boolean {
  const logit =
    STATIN.intercept +
    STATIN.before * flag(patient.statinBefore) +
    STATIN.infarctionNow * flag(/^I2[12]/.test(patient.diagnosis.code)) +
    STATIN.coronary * flag(patient.diagnosis.group === 'coronary') +
    STATIN.stroke * flag(patient.diagnosis.group === 'stroke') +
    STATIN.priorMi * flag(patient.priorMi);
  return happens(rng, logit);
}

function drawInsulin(rng: Rng, patient: Before): boolean {
  if (!patient.diabetes) return false;
  return happens(
    rng,
    INSULIN.intercept + INSULIN.perHba1c * (patient.hba1c - 7.5) + INSULIN.lowGfr * flag(patient.egfr < 45),
  );
}
