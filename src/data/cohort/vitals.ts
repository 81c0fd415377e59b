import type { Rng } from '../../math/rng';
import type { Admission } from './admission';
import { clamp, drawNormal, flag } from './chance';
import type { Cardiac } from './cardiac';
import type { Demographics } from './demographics';
import type { History } from './history';

export interface Vitals {
  /** mmHg, first reading of the stay. */
  readonly systolic: number;
  readonly diastolic: number;
  /** Beats a minute. */
  readonly heartRate: number;
}

type Before = Demographics & History & Admission & Cardiac;

/** mmHg; pressure falls with poor pump function and acuity, and the old have wide pulse pressures. */
const SYSTOLIC = {
  mean: 126,
  hypertension: 12,
  perYear: 0.18,
  perBmi: 0.4,
  perPointBelow50: -0.35,
  acuity: -4,
  shock: -48,
  hypertensiveCrisis: 48,
  sd: 20,
  low: 72,
  high: 232,
};
const DIASTOLIC = {
  mean: 76,
  perSystolic: 0.38,
  perYear: -0.22,
  fibrillation: 2,
  sd: 8.5,
  low: 38,
  high: 128,
};
const LEAST_PULSE_PRESSURE = 18;
const HEART_RATE = {
  mean: 77,
  acuity: 6,
  fibrillation: 9,
  copd: 4,
  failure: 3,
  infection: 9,
  sd: 14,
  low: 38,
  high: 178,
};
const BLOCKED_HEART_RATE = { mean: 40, sd: 6, low: 26, high: 54 };

/**
 * Share of readings rounded by the reader. Reports of zero as last digit run from 45 % (United States, 85 practices,
 * 2006) to 64 % (England, 2004); a ward with automatic cuffs has less.
 */
const ROUNDED = { toTen: 0.26, toFive: 0.1, toEven: 0.2 };

const SLOW_RHYTHMS: readonly string[] = ['I44.2', 'I49.5', 'R00.1'];

export function drawVitals(rng: Rng, patient: Before): Vitals {
  const systolic = drawSystolic(rng.fork('systolic_bp'), patient);
  const diastolic = drawDiastolic(rng.fork('diastolic_bp'), patient, systolic);
  const step = drawStep(rng.fork('bp_rounding'));
  return {
    systolic: Math.round(systolic / step) * step,
    diastolic: Math.round(diastolic / step) * step,
    heartRate: drawHeartRate(rng.fork('heart_rate'), patient),
  };
}

function drawSystolic(rng: Rng, patient: Before): number {
  const mean =
    SYSTOLIC.mean +
    SYSTOLIC.hypertension * flag(patient.hypertension) +
    SYSTOLIC.perYear * (patient.age - 70) +
    SYSTOLIC.perBmi * (clamp(patient.bmi, 18, 40) - 28) +
    SYSTOLIC.perPointBelow50 * Math.max(0, 50 - patient.lvef) +
    SYSTOLIC.acuity * patient.acuity +
    SYSTOLIC.shock * flag(patient.diagnosis.code === 'R57.0') +
    SYSTOLIC.hypertensiveCrisis * flag(patient.diagnosis.code === 'I10');
  const high = patient.diagnosis.code === 'R57.0' ? 98 : SYSTOLIC.high;
  return drawNormal(rng, mean, SYSTOLIC.sd, SYSTOLIC.low, high);
}

function drawDiastolic(rng: Rng, patient: Before, systolic: number): number {
  const mean =
    DIASTOLIC.mean +
    DIASTOLIC.perSystolic * (systolic - 135) +
    DIASTOLIC.perYear * (patient.age - 70) +
    DIASTOLIC.fibrillation * flag(patient.atrialFibrillation);
  const high = Math.min(DIASTOLIC.high, systolic - LEAST_PULSE_PRESSURE);
  return drawNormal(rng, mean, DIASTOLIC.sd, DIASTOLIC.low, high);
}

function drawStep(rng: Rng): 1 | 2 | 5 | 10 {
  const u = rng.float();
  if (u < ROUNDED.toTen) return 10;
  if (u < ROUNDED.toTen + ROUNDED.toFive) return 5;
  return u < ROUNDED.toTen + ROUNDED.toFive + ROUNDED.toEven ? 2 : 1;
}

function drawHeartRate(rng: Rng, patient: Before): number {
  if (SLOW_RHYTHMS.includes(patient.diagnosis.code)) {
    const { mean, sd, low, high } = BLOCKED_HEART_RATE;
    return Math.round(drawNormal(rng, mean, sd, low, high));
  }
  const mean =
    HEART_RATE.mean +
    HEART_RATE.acuity * patient.acuity +
    HEART_RATE.fibrillation * flag(patient.atrialFibrillation) +
    HEART_RATE.copd * flag(patient.copd) +
    HEART_RATE.failure * flag(patient.heartFailure) +
    HEART_RATE.infection *
      flag(patient.diagnosis.group === 'infection' || patient.diagnosis.group === 'lung');
  return Math.round(drawNormal(rng, mean, HEART_RATE.sd, HEART_RATE.low, HEART_RATE.high));
}
