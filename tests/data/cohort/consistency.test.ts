import { describe, expect, it } from 'vitest';
import { estimateGfr, stageOfGfr } from '../../../src/data/cohort/kidney';
import { simulateCohort } from '../../../src/data/cohort/simulate';
import { cell, daysBetween, is, num, readSample, toRows, type Row } from './read-cohort';

type Rule = readonly [name: string, holds: (row: Row) => boolean];

const STAGES = ['no CKD', 'G1-2', 'G3a', 'G3b', 'G4', 'G5'];

function isKidneyConsistent(row: Row): boolean {
  const [creatinine, egfr] = [num(row, 'creatinine_umol_l'), num(row, 'egfr')];
  if (Number.isNaN(creatinine)) return Number.isNaN(egfr);
  const sex = is(row, 'sex', 'female') ? 'female' : 'male';
  return egfr === Math.round(estimateGfr(creatinine, num(row, 'age'), sex));
}

/** Arrival may be worse than the chronic stage (acute injury), never better. */
function isStageConsistent(row: Row): boolean {
  const egfr = num(row, 'egfr');
  if (Number.isNaN(egfr)) return true;
  const now = stageOfGfr(egfr) ?? 'G1-2';
  const usual = cell(row, 'ckd_stage') === 'no CKD' ? 'G1-2' : cell(row, 'ckd_stage');
  return STAGES.indexOf(now) >= STAGES.indexOf(usual);
}

const codesNamed: RegExp[] = [];

/** Whether a code that presupposes a condition comes with it. */
function needs(codes: RegExp, condition: (row: Row) => boolean): (row: Row) => boolean {
  codesNamed.push(codes);
  return (row) => !codes.test(cell(row, 'main_diagnosis')) || condition(row);
}

function isWithin(name: string, low: number, high: number): Rule {
  return [
    `${name} lies in [${low}, ${high}]`,
    (row) => cell(row, name) === '' || (num(row, name) >= low && num(row, name) <= high),
  ];
}

const RULES: readonly Rule[] = [
  ['discharge = admission + length of stay', (row) =>
    daysBetween(cell(row, 'admission_date'), cell(row, 'discharge_date')) === num(row, 'length_of_stay_days')],
  ['follow-up reaches at least to discharge', (row) => num(row, 'follow_up_days') >= num(row, 'length_of_stay_days')],
  ['the dead have less than a year', (row) => !is(row, 'death_1y') || num(row, 'follow_up_days') < 365],
  ['survivors have the whole year', (row) => !is(row, 'death_1y', 'no') || num(row, 'follow_up_days') === 365],
  ['unknown survival means lost before a year', (row) => cell(row, 'death_1y') !== '' || num(row, 'follow_up_days') < 365],
  ['death in hospital is a death on the day of discharge', (row) =>
    !is(row, 'discharge_destination', 'died') ||
    (is(row, 'death_1y') && num(row, 'follow_up_days') === num(row, 'length_of_stay_days'))],
  ['readmission is for the discharged', (row) =>
    !is(row, 'discharge_destination', 'died') || cell(row, 'readmission_30d') === ''],
  ['readmission needs days at home', (row) =>
    !is(row, 'readmission_30d') || num(row, 'follow_up_days') - num(row, 'length_of_stay_days') >= 2],
  ['eGFR is CKD-EPI 2021 of creatinine, age and sex', isKidneyConsistent],
  ['arrival is no better than the chronic kidney stage', isStageConsistent],
  ['diastolic is well below systolic', (row) =>
    cell(row, 'systolic_bp') === '' || num(row, 'systolic_bp') - num(row, 'diastolic_bp') >= 10],
  ['both pressures or none', (row) => (cell(row, 'systolic_bp') === '') === (cell(row, 'diastolic_bp') === '')],
  ['NYHA only in heart failure', (row) => cell(row, 'nyha_class') === '' || is(row, 'heart_failure')],
  ['LVEF under 40 % only in heart failure', (row) => !(num(row, 'lvef_percent') < 40) || is(row, 'heart_failure')],
  ['HbA1c below 6.5 % without diabetes', (row) => is(row, 'type_2_diabetes') || !(num(row, 'hba1c_percent') >= 6.5)],
  ['insulin only in diabetes', (row) => !is(row, 'insulin') || is(row, 'type_2_diabetes')],
  ['SGLT2 inhibitor only from eGFR 20', (row) => !is(row, 'sglt2_inhibitor') || !(num(row, 'egfr') < 20)],
  ['SGLT2 inhibitor has an indication', (row) =>
    !is(row, 'sglt2_inhibitor') ||
    is(row, 'heart_failure') || is(row, 'type_2_diabetes') || !is(row, 'ckd_stage', 'no CKD')],
  ['no RAS inhibitor with potassium over 5.5', (row) =>
    is(row, 'ras_inhibitor', 'not given') || !(num(row, 'potassium_mmol_l') > 5.5)],
  ['ARNI only in heart failure with LVEF ≤ 40 %', (row) =>
    !is(row, 'ras_inhibitor', 'ARNI') || (is(row, 'heart_failure') && !(num(row, 'lvef_percent') > 40))],
  ['no beta blocker in marked bradycardia', (row) => !is(row, 'beta_blocker') || !(num(row, 'heart_rate') < 52)],
  ['no DOAC with eGFR under 15', (row) => !is(row, 'anticoagulant', 'DOAC') || !(num(row, 'egfr') < 15)],
  ['heart failure codes have heart failure', needs(/^(I50|I11|I13|I42|I25\.5)/, (row) => is(row, 'heart_failure'))],
  ['hypertensive codes have hypertension', needs(/^I1[0-3]/, (row) => is(row, 'hypertension'))],
  ['AF codes have AF', needs(/^I48/, (row) => is(row, 'atrial_fibrillation'))],
  ['diabetes codes have diabetes', needs(/^(E11|E16)/, (row) => is(row, 'type_2_diabetes'))],
  ['COPD codes have COPD', needs(/^J44/, (row) => is(row, 'copd'))],
  ['N18.4 is stage G4, N18.5 stage G5', needs(/^N18/, (row) =>
    is(row, 'ckd_stage', is(row, 'main_diagnosis', 'N18.4') ? 'G4' : 'G5'))],
  ['cardiorenal codes have kidney disease', needs(/^(I13|E11\.2)/, (row) => /^G[345]/.test(cell(row, 'ckd_stage')))],
  ['shock is hypotensive', needs(/^R57\.0/, (row) => !(num(row, 'systolic_bp') > 100))],
  ['anaemia and bleeding are anaemic', needs(/^(D50|D64|D46|K92\.2)/, (row) => !(num(row, 'haemoglobin_g_dl') > 12))],
  ['hyponatraemia is hyponatraemic', needs(/^E87\.1/, (row) => !(num(row, 'sodium_mmol_l') >= 130))],
  ['hypokalaemia is hypokalaemic', needs(/^E87\.6/, (row) => !(num(row, 'potassium_mmol_l') >= 3.4))],
  ['infarction and stroke are never planned', needs(/^(I2[12]|I6[01]|I63\.[^2])/, (row) => !is(row, 'admission_type', 'elective'))],
  ['hip fractures are of the old', needs(/^S72/, (row) => num(row, 'age') > 65)],
  ['a note of death is of the dead', (row) =>
    /Died|Comfort care/.test(cell(row, 'note')) === (is(row, 'discharge_destination', 'died') && cell(row, 'note') !== '')],
  ['a note of AF is of AF', (row) => !/\bAF\b/.test(cell(row, 'note')) || is(row, 'atrial_fibrillation')],
  ['a smoking note is of a smoker', (row) =>
    !/smoking/.test(cell(row, 'note')) || ['current', ''].includes(cell(row, 'smoking'))],
  isWithin('age', 24, 101), isWithin('bmi', 14.5, 62), isWithin('systolic_bp', 70, 235),
  isWithin('diastolic_bp', 35, 130), isWithin('heart_rate', 26, 180), isWithin('potassium_mmol_l', 2.4, 6.4),
  isWithin('sodium_mmol_l', 108, 149), isWithin('haemoglobin_g_dl', 5.6, 18.6), isWithin('hba1c_percent', 4.3, 14.8),
  isWithin('ldl_mmol_l', 0.5, 7.5), isWithin('nt_probnp_ng_l', 10, 35_000), isWithin('creatinine_umol_l', 38, 1050),
  isWithin('egfr', 2, 140), isWithin('lvef_percent', 10, 76), isWithin('length_of_stay_days', 0, 92),
  isWithin('follow_up_days', 0, 365),
]; // prettier-ignore

describe.each([
  ['the sample', readSample()],
  ['another seed', toRows(simulateCohort('another', 3000))],
])('no row of %s contradicts itself', (_name, rows) => {
  it.each(RULES)('%s', (_rule, holds) => {
    expect(rows.filter((row) => !holds(row)).map((row) => row['patient_id'])).toEqual([]);
  });
});

it('has every code that a rule is about', () => {
  const codes = readSample().map((row) => cell(row, 'main_diagnosis'));
  expect(codesNamed.filter((named) => !codes.some((code) => named.test(code)))).toEqual([]);
});
