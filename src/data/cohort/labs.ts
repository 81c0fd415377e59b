import type { Rng } from '../../math/rng';
import type { Admission } from './admission';
import { clamp, drawLogNormal, drawNormal, drawWithin, flag, roundTenth } from './chance';
import type { Demographics } from './demographics';
import type { History } from './history';
import { estimateGfr } from './kidney';
import { drawCreatinine } from './kidney-injury';

/** First results of the stay, whether or not anybody ordered them: missingness.ts decides what is written. */
export interface Labs {
  /** % (NGSP). */
  readonly hba1c: number;
  /** µmol/L, whole. */
  readonly creatinine: number;
  /** mL/min/1.73 m², whole, by CKD-EPI 2021 from `creatinine`. */
  readonly egfr: number;
  /** mmol/L. */
  readonly ldl: number;
  /** g/dL. */
  readonly haemoglobin: number;
  /** mmol/L. */
  readonly potassium: number;
  /** mmol/L. */
  readonly sodium: number;
}

type Before = Demographics & History & Admission;

/** Diabetes begins at 6.5 % (WHO 2011); below it without, a right-skewed spread above 5.4 % with. */
const HBA1C = {
  without: { mean: 5.55, perBmi: 0.012, sd: 0.33, low: 4.3, high: 6.4 },
  with: { floor: 5.4, excess: 1.75, spread: 0.52, low: 5.6, high: 14.8 },
};

/** Median mmol/L off statins; a statin takes about a third. */
const LDL = {
  median: 3.15,
  male: -0.04,
  perDecadeOver70: -0.04,
  spread: 0.26,
  statin: 0.66,
  low: 0.5,
  high: 7.5,
};

/** g/dL; anaemia of kidney disease, age and frailty. */
const HAEMOGLOBIN = {
  male: 14.3,
  female: 12.9,
  perYear: -0.03,
  perGfrBelow60: -0.045,
  frailty: -0.3,
  copd: 0.2,
  bleeding: -4.2,
  sd: 1.45,
  low: 5.6,
  high: 18.6,
};

const POTASSIUM = { mean: 4.22, perGfrBelow60: 0.011, diabetes: 0.07, sd: 0.42, low: 2.9, high: 6.4 };
const SODIUM = {
  mean: 139.3,
  failure: -0.9,
  acuity: -0.7,
  perDecade: -0.2,
  sd: 2.7,
  tailShare: 0.09,
  tailDepth: 6,
  low: 116,
  high: 149,
};

const ANAEMIA_CODES: readonly string[] = ['K92.2', 'D50.9', 'D64.9', 'D46.9'];

export function drawLabs(rng: Rng, patient: Before): Labs {
  const creatinine = drawCreatinine(rng, patient);
  const egfr = Math.round(estimateGfr(creatinine, patient.age, patient.sex));
  return {
    hba1c: drawHba1c(rng.fork('hba1c'), patient),
    creatinine,
    egfr,
    ldl: drawLdl(rng.fork('ldl'), patient),
    haemoglobin: drawHaemoglobin(rng.fork('haemoglobin'), patient, egfr),
    potassium: drawPotassium(rng.fork('potassium'), patient, egfr),
    sodium: drawSodium(rng.fork('sodium'), patient),
  };
}

function drawHba1c(rng: Rng, patient: Before): number {
  if (!patient.diabetes) {
    const { mean, perBmi, sd, low, high } = HBA1C.without;
    return roundTenth(drawNormal(rng, mean + perBmi * (clamp(patient.bmi, 18, 45) - 28), sd, low, high));
  }
  const { floor, excess, spread, low, high } = HBA1C.with;
  return roundTenth(drawWithin(() => floor + excess * Math.exp(spread * rng.normal()), low, high));
}

function drawLdl(rng: Rng, patient: Before): number {
  const shift =
    LDL.male * flag(patient.sex === 'male') + (LDL.perDecadeOver70 * Math.max(0, patient.age - 70)) / 10;
  const median = LDL.median * Math.exp(shift) * (patient.statinBefore ? LDL.statin : 1);
  return roundTenth(drawLogNormal(rng, median, LDL.spread, LDL.low, LDL.high));
}

function drawHaemoglobin(rng: Rng, patient: Before, egfr: number): number {
  const mean =
    HAEMOGLOBIN[patient.sex] +
    HAEMOGLOBIN.perYear * (patient.age - 70) +
    HAEMOGLOBIN.perGfrBelow60 * Math.max(0, 60 - egfr) +
    HAEMOGLOBIN.frailty * patient.frailty +
    HAEMOGLOBIN.copd * flag(patient.copd) +
    HAEMOGLOBIN.bleeding * flag(ANAEMIA_CODES.includes(patient.diagnosis.code));
  const high = ANAEMIA_CODES.includes(patient.diagnosis.code) ? 11.8 : HAEMOGLOBIN.high;
  return roundTenth(drawNormal(rng, mean, HAEMOGLOBIN.sd, HAEMOGLOBIN.low, high));
}

function drawPotassium(rng: Rng, patient: Before, egfr: number): number {
  if (patient.diagnosis.code === 'E87.6') return roundTenth(drawNormal(rng, 2.9, 0.2, 2.4, 3.3));
  const mean =
    POTASSIUM.mean +
    POTASSIUM.perGfrBelow60 * Math.max(0, 60 - egfr) +
    POTASSIUM.diabetes * flag(patient.diabetes);
  return roundTenth(drawNormal(rng, mean, POTASSIUM.sd, POTASSIUM.low, POTASSIUM.high));
}

function drawSodium(rng: Rng, patient: Before): number {
  if (patient.diagnosis.code === 'E87.1') return Math.round(drawNormal(rng, 122, 4, 108, 129));
  const mean =
    SODIUM.mean +
    SODIUM.failure * flag(patient.heartFailure) +
    SODIUM.acuity * patient.acuity +
    (SODIUM.perDecade * (patient.age - 70)) / 10;
  const depth = rng.float() < SODIUM.tailShare ? SODIUM.tailDepth * rng.float() : 0;
  return Math.round(drawNormal(rng, mean - depth, SODIUM.sd, SODIUM.low, SODIUM.high));
}
