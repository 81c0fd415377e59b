import type { Rng } from '../../math/rng';
import { choose, clamp, drawLogNormal, drawNormal, flag } from './chance';
import type { Admission } from './admission';
import type { Demographics } from './demographics';
import type { History } from './history';
import { estimateGfr } from './kidney';

export type NyhaClass = 'I' | 'II' | 'III' | 'IV';

export interface Cardiac {
  /** Left ventricular ejection fraction in %, as read from an echo: mostly multiples of five. */
  readonly lvef: number;
  /** Null without heart failure. */
  readonly nyha: NyhaClass | null;
  /** ng/L. */
  readonly ntProBnp: number;
}

type Before = Demographics & History & Admission;

/** Log odds of reduced (≤ 40 %) and mildly reduced (41–49 %) against preserved ejection fraction in heart failure. */
const REDUCED = {
  intercept: 0.2,
  priorMi: 0.9,
  male: 0.6,
  perDecade: -0.3,
  hypertension: -0.4,
  perBmi: -0.035,
};
const MILDLY_REDUCED = { intercept: -0.9, priorMi: 0.5, male: 0.2 };

/** Mean and standard deviation of LVEF in %. */
const LVEF = {
  reduced: { mean: 30, sd: 7, low: 10, high: 40 },
  mildlyReduced: { mean: 45, sd: 2.5, low: 41, high: 49 },
  preserved: { mean: 58, sd: 5, low: 50, high: 75 },
  noFailure: { mean: 60, sd: 5.5, low: 50, high: 76 },
  scar: { mean: 53, sd: 5, low: 41, high: 70 },
} as const;

/** Share of echo reports that give a multiple of five. */
const ROUND_LVEF_SHARE = 0.65;

/** Cumulative logit for NYHA at admission; cut points between I|II, II|III and III|IV. */
const NYHA = {
  acuity: 0.9,
  mainReason: 1.1,
  copd: 0.3,
  perPointBelow50: 0.015,
  cuts: [-2.9, -0.7, 2.0] as const,
};

/** Median in ng/L and log slopes; the assay reports up to 35,000. */
const NT_PROBNP = {
  median: { failure: 800, noFailure: 210 },
  mainReason: 0.85,
  acuity: 0.28,
  perNyhaClass: 0.22,
  perPointBelow50: 0.017,
  fibrillation: 0.45,
  perYear: 0.028,
  perBmi: -0.035,
  perLogGfr: -0.55,
  sd: 0.75,
  assayLow: 10,
  assayHigh: 35_000,
};

const CLASSES = ['I', 'II', 'III', 'IV'] as const;

export function drawCardiac(rng: Rng, patient: Before): Cardiac {
  const lvef = drawLvef(rng.fork('lvef'), patient);
  const nyha = patient.heartFailure ? drawNyha(rng.fork('nyha_class'), patient, lvef) : null;
  return { lvef, nyha, ntProBnp: drawNtProBnp(rng.fork('nt_probnp'), patient, lvef, nyha) };
}

function drawLvef(rng: Rng, patient: Before): number {
  const { mean, sd, low, high } = LVEF[drawPhenotype(rng, patient)];
  const value = Math.round(drawNormal(rng, mean, sd, low, high));
  return rng.float() < ROUND_LVEF_SHARE ? Math.round(value / 5) * 5 : value;
}

function drawPhenotype(rng: Rng, patient: Before): keyof typeof LVEF {
  const infarction = flag(patient.priorMi);
  if (!patient.heartFailure) {
    const isInfarctNow = /^I2[12]/.test(patient.diagnosis.code);
    return infarction || isInfarctNow ? 'scar' : 'noFailure';
  }
  if (patient.diagnosis.code === 'I42.0') return 'reduced';
  const male = flag(patient.sex === 'male');
  const reduced =
    REDUCED.intercept +
    REDUCED.priorMi * infarction +
    REDUCED.male * male +
    (REDUCED.perDecade * (patient.age - 70)) / 10 +
    REDUCED.hypertension * flag(patient.hypertension) +
    REDUCED.perBmi * (patient.bmi - 28);
  const mildly = MILDLY_REDUCED.intercept + MILDLY_REDUCED.priorMi * infarction + MILDLY_REDUCED.male * male;
  return choose(rng, [
    ['reduced', Math.exp(reduced)],
    ['mildlyReduced', Math.exp(mildly)],
    ['preserved', 1],
  ] as const);
}

function isMainReason(patient: Before): boolean {
  return patient.diagnosis.group === 'heart failure';
}

function drawNyha(rng: Rng, patient: Before, lvef: number): NyhaClass {
  const u = rng.open();
  const score =
    NYHA.acuity * patient.acuity +
    NYHA.mainReason * flag(isMainReason(patient)) +
    NYHA.copd * flag(patient.copd) +
    NYHA.perPointBelow50 * Math.max(0, 50 - lvef) +
    Math.log(u / (1 - u));
  return CLASSES[NYHA.cuts.filter((cut) => score > cut).length] ?? 'IV';
}

function drawNtProBnp(rng: Rng, patient: Before, lvef: number, nyha: NyhaClass | null): number {
  const gfr = estimateGfr(patient.usualCreatinine, patient.age, patient.sex);
  const classesOverTwo = nyha === null ? 0 : CLASSES.indexOf(nyha) - 1;
  const shift =
    NT_PROBNP.mainReason * flag(isMainReason(patient)) +
    NT_PROBNP.acuity * patient.acuity +
    NT_PROBNP.perNyhaClass * classesOverTwo +
    NT_PROBNP.perPointBelow50 * Math.max(0, 50 - lvef) +
    NT_PROBNP.fibrillation * flag(patient.atrialFibrillation) +
    NT_PROBNP.perYear * (patient.age - 70) +
    NT_PROBNP.perBmi * (clamp(patient.bmi, 18, 45) - 28) +
    NT_PROBNP.perLogGfr * Math.log(gfr / 70);
  const median = NT_PROBNP.median[patient.heartFailure ? 'failure' : 'noFailure'] * Math.exp(shift);
  const measured = drawLogNormal(rng, median, NT_PROBNP.sd, 1, 200_000);
  return Math.round(clamp(measured, NT_PROBNP.assayLow, NT_PROBNP.assayHigh));
}
