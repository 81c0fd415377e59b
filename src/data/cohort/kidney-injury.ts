import type { Rng } from '../../math/rng';
import type { Admission } from './admission';
import { flag, happens } from './chance';
import type { History } from './history';

/** Log odds of acute kidney injury, and how many times usual creatinine then is (KDIGO: at least 1.5). */
const ACUTE_INJURY = {
  intercept: -3.1,
  acuity: 0.75,
  kidneyDisease: 0.6,
  heartFailure: 0.3,
  least: 1.5,
  most: 3.2,
};
const MOST_CREATININE = 1050;

/** Creatinine on arrival in µmol/L: the usual one, or more in acute injury. */
export function drawCreatinine(rng: Rng, patient: History & Admission): number {
  const injury = rng.fork('acute_kidney_injury');
  const logit =
    ACUTE_INJURY.intercept +
    ACUTE_INJURY.acuity * patient.acuity +
    ACUTE_INJURY.kidneyDisease * flag(patient.ckdStage !== 'no CKD') +
    ACUTE_INJURY.heartFailure * flag(patient.heartFailure);
  const isInjured = happens(injury, logit) && patient.admissionType !== 'elective';
  if (!isInjured && patient.diagnosis.code !== 'N17.9') return patient.usualCreatinine;
  const times = ACUTE_INJURY.least + (ACUTE_INJURY.most - ACUTE_INJURY.least) * injury.float() ** 2;
  return Math.max(
    patient.usualCreatinine,
    Math.min(MOST_CREATININE, Math.ceil(patient.usualCreatinine * times)),
  );
}
