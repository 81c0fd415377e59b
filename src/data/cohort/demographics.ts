import type { Rng } from '../../math/rng';
import { choose, drawLogNormal, drawWithin, flag, logistic, roundTenth } from './chance';

export type Sex = 'female' | 'male';
export type EthnicGroup = 'White' | 'Asian' | 'Black' | 'Mixed or other';
export type Smoking = 'never' | 'former' | 'current';

export interface Demographics {
  readonly sex: Sex;
  /** Completed years at admission. */
  readonly age: number;
  readonly ethnicGroup: EthnicGroup;
  readonly smoking: Smoking;
  /** kg/m², one decimal. */
  readonly bmi: number;
  /** Standard normal and never written: what the chart does not hold and outcomes still feel. */
  readonly frailty: number;
}

/** Between 37–40 % (European acute heart failure registries) and 52 % (ADHERE, Adams 2005). */
const FEMALE_SHARE = 0.45;

/** Skew-normal years: a long young tail, women older (AHEAD: men 68.6 ± 12.4, women 75.5 ± 11.5). */
const AGE = { location: { male: 81.5, female: 86.5 }, scale: 17, skew: -0.9, low: 24, high: 101 };

/** White 81.7 % in all ages (Census 2021, England and Wales), more in the old; the rest in the census' proportions. */
const ETHNIC = { otherThanWhite: -1.75, perYear: -0.035 };
const OTHER_GROUPS = [
  ['Asian', 9.3],
  ['Black', 4.0],
  ['Mixed or other', 5.0],
] as const;

/** Log odds of ever and, among those, of still smoking; survivors and quitters make the old smoke less. */
const EVER_SMOKED = { intercept: -0.15, male: 0.75, perYear: -0.008 };
const STILL_SMOKING = { intercept: -1.3, perYear: -0.055 };

/** kg/m²: median, log standard deviation by sex, and log shifts. */
const BMI = {
  median: 28.3,
  spread: { male: 0.175, female: 0.215 },
  perYearOver70: -0.006,
  asian: -0.06,
  smoker: -0.05,
  frailty: -0.03,
};

export function drawDemographics(rng: Rng): Demographics {
  const sex: Sex = rng.fork('sex').float() < FEMALE_SHARE ? 'female' : 'male';
  const age = drawAge(rng.fork('age'), sex);
  const ethnicGroup = drawEthnicGroup(rng.fork('ethnic_group'), age);
  const smoking = drawSmoking(rng.fork('smoking'), sex, age);
  const frailty = rng.fork('frailty').normal();
  const bmi = drawBmi(rng.fork('bmi'), { sex, age, ethnicGroup, smoking, frailty });
  return { sex, age, ethnicGroup, smoking, bmi, frailty };
}

function drawAge(rng: Rng, sex: Sex): number {
  const rest = Math.sqrt(1 - AGE.skew ** 2);
  const years = drawWithin(
    () => AGE.location[sex] + AGE.scale * (AGE.skew * Math.abs(rng.normal()) + rest * rng.normal()),
    AGE.low,
    AGE.high,
  );
  return Math.floor(years);
}

function drawEthnicGroup(rng: Rng, age: number): EthnicGroup {
  const other = logistic(ETHNIC.otherThanWhite + ETHNIC.perYear * (age - 70));
  return rng.float() < other ? choose<EthnicGroup>(rng, OTHER_GROUPS) : 'White';
}

function drawSmoking(rng: Rng, sex: Sex, age: number): Smoking {
  const ever =
    EVER_SMOKED.intercept + EVER_SMOKED.male * flag(sex === 'male') + EVER_SMOKED.perYear * (age - 70);
  if (rng.float() >= logistic(ever)) return 'never';
  return rng.float() < logistic(STILL_SMOKING.intercept + STILL_SMOKING.perYear * (age - 70))
    ? 'current'
    : 'former';
}

function drawBmi(rng: Rng, person: Omit<Demographics, 'bmi'>): number {
  const shift =
    BMI.perYearOver70 * Math.max(0, person.age - 70) +
    BMI.asian * flag(person.ethnicGroup === 'Asian') +
    BMI.smoker * flag(person.smoking === 'current') +
    BMI.frailty * person.frailty;
  return roundTenth(drawLogNormal(rng, BMI.median * Math.exp(shift), BMI.spread[person.sex], 14.5, 62));
}
