import type { Rng } from '../../math/rng';
import { clamp, drawLogNormal, flag, happens } from './chance';
import type { Demographics, Sex } from './demographics';

/** KDIGO 2012 G categories; G1-2 (eGFR ≥ 60) only with albuminuria. */
export type CkdStage = 'no CKD' | 'G1-2' | 'G3a' | 'G3b' | 'G4' | 'G5';

export interface Kidney {
  /** µmol/L outside any acute injury. */
  readonly usualCreatinine: number;
  readonly ckdStage: CkdStage;
}

/** µmol/L of creatinine in one mg/dL. */
export const UMOL_PER_MG_DL = 88.4;

/** CKD-EPI 2021 creatinine equation (Inker et al., N Engl J Med 2021;385:1737), without race. */
const CKD_EPI = {
  factor: 142,
  perYear: 0.9938,
  aboveExponent: -1.2,
  female: { kappa: 0.7, alpha: -0.241, factor: 1.012 },
  male: { kappa: 0.9, alpha: -0.302, factor: 1 },
} as const;

/** eGFR in mL/min/1.73 m² from serum creatinine in µmol/L. */
export function estimateGfr(creatinine: number, age: number, sex: Sex): number {
  const { kappa, alpha, factor } = CKD_EPI[sex];
  const ratio = creatinine / UMOL_PER_MG_DL / kappa;
  const exponent = ratio < 1 ? alpha : CKD_EPI.aboveExponent;
  return CKD_EPI.factor * ratio ** exponent * CKD_EPI.perYear ** age * factor;
}

/** The creatinine in µmol/L that {@link estimateGfr} maps to `gfr`. */
export function creatinineForGfr(gfr: number, age: number, sex: Sex): number {
  const { kappa, alpha, factor } = CKD_EPI[sex];
  const atKappa = CKD_EPI.factor * CKD_EPI.perYear ** age * factor;
  const exponent = gfr > atKappa ? alpha : CKD_EPI.aboveExponent;
  return UMOL_PER_MG_DL * kappa * (gfr / atKappa) ** (1 / exponent);
}

/** KDIGO category of an eGFR below 60, or null. */
export function stageOfGfr(gfr: number): Exclude<CkdStage, 'no CKD' | 'G1-2'> | null {
  if (gfr < 15) return 'G5';
  if (gfr < 30) return 'G4';
  if (gfr < 45) return 'G3b';
  if (gfr < 60) return 'G3a';
  return null;
}

/** Median filtration falls with age from 40 on and is divided by disease; log scale but for `at40` and `perYear`. */
const GFR = {
  at40: 101,
  perYear: -0.85,
  diabetes: -0.1,
  hypertension: -0.07,
  heartFailure: -0.13,
  frailty: -0.08,
};
const GFR_SPREAD = 0.23;

/** Log odds of advanced renal disease, which leaves 20–55 % of filtration: the tail into G4 and G5. */
const ADVANCED = { intercept: -4.1, diabetes: 1.0, hypertension: 0.6, leastLeft: 0.2, mostLeft: 0.55 };

/** Log odds of albuminuria on record while eGFR ≥ 60. */
const ALBUMINURIA = { intercept: -3.2, diabetes: 1.5, hypertension: 0.4 };

export interface KidneyCauses {
  readonly hypertension: boolean;
  readonly diabetes: boolean;
  readonly heartFailure: boolean;
}

export function drawKidney(rng: Rng, person: Demographics, causes: KidneyCauses): Kidney {
  const gfr = drawGfr(rng, person, causes);
  const usualCreatinine = Math.round(clamp(creatinineForGfr(gfr, person.age, person.sex), 38, 900));
  const reported = Math.round(estimateGfr(usualCreatinine, person.age, person.sex));
  return {
    usualCreatinine,
    ckdStage: stageOfGfr(reported) ?? drawEarlyStage(rng.fork('albuminuria'), causes),
  };
}

function drawGfr(rng: Rng, person: Demographics, causes: KidneyCauses): number {
  const shift =
    GFR.diabetes * flag(causes.diabetes) +
    GFR.hypertension * flag(causes.hypertension) +
    GFR.heartFailure * flag(causes.heartFailure) +
    GFR.frailty * person.frailty;
  const median = (GFR.at40 + GFR.perYear * Math.max(0, person.age - 40)) * Math.exp(shift);
  const gfr = drawLogNormal(rng.fork('gfr'), median, GFR_SPREAD, 12, 128);
  const advanced = rng.fork('advanced_renal_disease');
  const logit =
    ADVANCED.intercept +
    ADVANCED.diabetes * flag(causes.diabetes) +
    ADVANCED.hypertension * flag(causes.hypertension);
  if (!happens(advanced, logit)) return gfr;
  return gfr * (ADVANCED.leastLeft + (ADVANCED.mostLeft - ADVANCED.leastLeft) * advanced.float());
}

function drawEarlyStage(rng: Rng, causes: KidneyCauses): 'no CKD' | 'G1-2' {
  const logit =
    ALBUMINURIA.intercept +
    ALBUMINURIA.diabetes * flag(causes.diabetes) +
    ALBUMINURIA.hypertension * flag(causes.hypertension);
  return happens(rng, logit) ? 'G1-2' : 'no CKD';
}
