import { flag } from './chance';
import type { Demographics, Smoking } from './demographics';
import type { History } from './history';

/**
 * Log odds of each condition: the intercept is for a White woman of 70 with BMI 28 who never smoked and has none of
 * the others; `perDecade` is per ten years, `perBmi` per kg/m². Intercepts are set so that prevalences come near those
 * of docs/sample-cohort.md; slopes are round numbers in the direction and size that epidemiology reports.
 */
const HYPERTENSION = { intercept: 0.65, perDecade: 0.38, perBmi: 0.06, black: 0.6 };
const DIABETES = {
  intercept: -1.1,
  perDecadeOver80: -0.35,
  perBmi: 0.1,
  asian: 0.9,
  black: 0.7,
  hypertension: 0.6,
};
const MYOCARDIAL_INFARCTION = {
  intercept: -2.1,
  perDecade: 0.15,
  male: 0.65,
  smoking: { never: 0, former: 0.25, current: 0.55 } satisfies Record<Smoking, number>,
  diabetes: 0.45,
  hypertension: 0.3,
};
const COPD = {
  intercept: { never: -3.4, former: -1.25, current: -0.65 } satisfies Record<Smoking, number>,
  perDecade: 0.12,
};
const ATRIAL_FIBRILLATION = {
  intercept: -1.25,
  perDecade: 0.62,
  male: 0.3,
  perBmi: 0.035,
  hypertension: 0.3,
};
const HEART_FAILURE = {
  intercept: -0.55,
  perDecade: 0.25,
  perBmi: 0.02,
  priorMi: 1.0,
  atrialFibrillation: 0.9,
  hypertension: 0.35,
  diabetes: 0.4,
};
const STATIN_BEFORE = {
  intercept: -1.3,
  priorMi: 2.4,
  diabetes: 1.2,
  hypertension: 0.5,
  perDecadeOver80: -0.4,
};

type Known<Names extends keyof History> = Pick<History, Names>;

export function oddsOfHypertension(person: Demographics): number {
  return (
    HYPERTENSION.intercept +
    HYPERTENSION.perDecade * decadesOver(70, person) +
    HYPERTENSION.perBmi * (person.bmi - 28) +
    HYPERTENSION.black * flag(person.ethnicGroup === 'Black')
  );
}

export function oddsOfDiabetes(person: Demographics, known: Known<'hypertension'>): number {
  return (
    DIABETES.intercept +
    DIABETES.perDecadeOver80 * Math.max(0, decadesOver(80, person)) +
    DIABETES.perBmi * (person.bmi - 28) +
    DIABETES.asian * flag(person.ethnicGroup === 'Asian') +
    DIABETES.black * flag(person.ethnicGroup === 'Black') +
    DIABETES.hypertension * flag(known.hypertension)
  );
}

export function oddsOfInfarction(person: Demographics, known: Known<'hypertension' | 'diabetes'>): number {
  return (
    MYOCARDIAL_INFARCTION.intercept +
    MYOCARDIAL_INFARCTION.perDecade * decadesOver(70, person) +
    MYOCARDIAL_INFARCTION.male * flag(person.sex === 'male') +
    MYOCARDIAL_INFARCTION.smoking[person.smoking] +
    MYOCARDIAL_INFARCTION.diabetes * flag(known.diabetes) +
    MYOCARDIAL_INFARCTION.hypertension * flag(known.hypertension)
  );
}

export function oddsOfCopd(person: Demographics): number {
  return COPD.intercept[person.smoking] + COPD.perDecade * decadesOver(70, person);
}

export function oddsOfFibrillation(person: Demographics, known: Known<'hypertension'>): number {
  return (
    ATRIAL_FIBRILLATION.intercept +
    ATRIAL_FIBRILLATION.perDecade * decadesOver(70, person) +
    ATRIAL_FIBRILLATION.male * flag(person.sex === 'male') +
    ATRIAL_FIBRILLATION.perBmi * (person.bmi - 28) +
    ATRIAL_FIBRILLATION.hypertension * flag(known.hypertension)
  );
}

export function oddsOfHeartFailure(
  person: Demographics,
  known: Known<'hypertension' | 'diabetes' | 'priorMi' | 'atrialFibrillation'>,
): number {
  return (
    HEART_FAILURE.intercept +
    HEART_FAILURE.perDecade * decadesOver(70, person) +
    HEART_FAILURE.perBmi * (person.bmi - 28) +
    HEART_FAILURE.priorMi * flag(known.priorMi) +
    HEART_FAILURE.atrialFibrillation * flag(known.atrialFibrillation) +
    HEART_FAILURE.hypertension * flag(known.hypertension) +
    HEART_FAILURE.diabetes * flag(known.diabetes)
  );
}

export function oddsOfStatin(
  person: Demographics,
  known: Known<'hypertension' | 'diabetes' | 'priorMi'>,
): number {
  return (
    STATIN_BEFORE.intercept +
    STATIN_BEFORE.priorMi * flag(known.priorMi) +
    STATIN_BEFORE.diabetes * flag(known.diabetes) +
    STATIN_BEFORE.hypertension * flag(known.hypertension) +
    STATIN_BEFORE.perDecadeOver80 * Math.max(0, decadesOver(80, person))
  );
}

function decadesOver(age: number, person: Demographics): number {
  return (person.age - age) / 10;
}
