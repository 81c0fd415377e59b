import { describe, expect, it } from 'vitest';
import { cell, is, missingShare, num, quantile, readSample, share, split, type Row } from './read-cohort';

const rows = readSample();
const failure = rows.filter((row) => is(row, 'heart_failure'));
const reducedEf = failure.filter((row) => num(row, 'lvef_percent') <= 40);
const mainFailure = rows.filter((row) => /^(I50|I11|I13|I42|I25\.5)/.test(cell(row, 'main_diagnosis')));

describe('marginals stay within the ranges of docs/sample-cohort.md', () => {
  it.each<[string, number, number, number]>([
    ['women', share(rows, 'sex', 'female'), 0.4, 0.52],
    ['median age', quantile(rows, 'age'), 69, 75],
    ['hypertension', share(rows, 'hypertension'), 0.6, 0.75],
    ['type 2 diabetes', share(rows, 'type_2_diabetes'), 0.3, 0.44],
    ['atrial fibrillation', share(rows, 'atrial_fibrillation'), 0.27, 0.4],
    ['prior infarction', share(rows, 'prior_mi'), 0.18, 0.3],
    ['COPD', share(rows, 'copd'), 0.1, 0.2],
    ['chronic kidney disease', 1 - share(rows, 'ckd_stage', 'no CKD'), 0.4, 0.6],
    ['heart failure', share(rows, 'heart_failure'), 0.5, 0.65],
    ['reduced or mildly reduced LVEF in heart failure', reducedEf.length / failure.length, 0.35, 0.55],
    ['median NT-proBNP of heart failure stays', quantile(mainFailure, 'nt_probnp_ng_l'), 3500, 6500],
    ['median nights', quantile(rows, 'length_of_stay_days'), 4, 6],
    ['death in hospital', share(rows, 'discharge_destination', 'died'), 0.02, 0.05],
    [
      'death in hospital of heart failure stays',
      share(mainFailure, 'discharge_destination', 'died'),
      0.03,
      0.08,
    ],
    ['death in a year of heart failure stays', share(mainFailure, 'death_1y'), 0.216, 0.365],
    ['readmission', share(rows, 'readmission_30d'), 0.12, 0.2],
    ['readmission of heart failure stays', share(mainFailure, 'readmission_30d'), 0.18, 0.27],
  ])('%s: %d', (_name, value, low, high) => {
    expect(value).toBeGreaterThanOrEqual(low);
    expect(value).toBeLessThanOrEqual(high);
  });
});

describe('disease shows in the laboratory', () => {
  it('diabetes raises HbA1c', () => {
    const [diabetes, none] = split(rows, (row) => is(row, 'type_2_diabetes'));
    expect(quantile(diabetes, 'hba1c_percent') - quantile(none, 'hba1c_percent')).toBeGreaterThan(1.2);
  });

  it('kidney disease raises creatinine and potassium and lowers haemoglobin', () => {
    const [disease, none] = split(rows, (row) => /^G[345]/.test(cell(row, 'ckd_stage')));
    expect(quantile(disease, 'creatinine_umol_l')).toBeGreaterThan(quantile(none, 'creatinine_umol_l') + 20);
    expect(quantile(disease, 'potassium_mmol_l')).toBeGreaterThan(quantile(none, 'potassium_mmol_l'));
    expect(quantile(disease, 'haemoglobin_g_dl')).toBeLessThan(quantile(none, 'haemoglobin_g_dl') - 0.5);
  });

  it('men have more haemoglobin and creatinine', () => {
    const [men, women] = split(rows, (row) => is(row, 'sex', 'male'));
    const gap = quantile(men, 'haemoglobin_g_dl') - quantile(women, 'haemoglobin_g_dl');
    expect(gap).toBeGreaterThan(0.9);
    expect(gap).toBeLessThan(2.2);
    expect(quantile(men, 'creatinine_umol_l')).toBeGreaterThan(quantile(women, 'creatinine_umol_l') + 8);
  });

  it('NT-proBNP rises with NYHA class and falls with BMI', () => {
    const byClass = ['II', 'III', 'IV'].map(
      (nyha) =>
      quantile(failure.filter((row) => is(row, 'nyha_class', nyha)), 'nt_probnp_ng_l'), // prettier-ignore
    );
    expect(byClass).toEqual([...byClass].sort((a, b) => a - b));
    const [obese, lean] = split(failure.filter((row) => cell(row, 'bmi') !== ''), (row) => num(row, 'bmi') >= 30); // prettier-ignore
    expect(quantile(obese, 'nt_probnp_ng_l')).toBeLessThan(0.8 * quantile(lean, 'nt_probnp_ng_l'));
  });

  it('statins lower LDL', () => {
    const [statin, none] = split(rows, (row) => is(row, 'statin'));
    expect(quantile(statin, 'ldl_mmol_l')).toBeLessThan(quantile(none, 'ldl_mmol_l') - 0.3);
  });
});

describe('treatment follows indication', () => {
  it('atrial fibrillation is anticoagulated, little else is', () => {
    const [fibrillation, none] = split(rows, (row) => is(row, 'atrial_fibrillation'));
    const given = (of: Row[]): number => 1 - share(of, 'anticoagulant', 'not given');
    expect(given(fibrillation)).toBeGreaterThan(0.75);
    expect(given(none)).toBeLessThan(0.08);
  });

  it('low ejection fraction brings RAS and beta blockade, the calendar SGLT2 inhibitors', () => {
    expect(1 - share(reducedEf, 'ras_inhibitor', 'not given')).toBeGreaterThan(0.65);
    expect(share(reducedEf, 'beta_blocker')).toBeGreaterThan(0.7);
    const inYear = (year: string): number =>
      share(reducedEf.filter((row) => cell(row, 'admission_date').startsWith(year)), 'sglt2_inhibitor'); // prettier-ignore
    expect(inYear('2024')).toBeGreaterThan(inYear('2021') + 0.15);
  });

  it('insulin goes to the worse controlled: confounding by indication', () => {
    const [insulin, none] = split(rows.filter((row) => is(row, 'type_2_diabetes')), (row) => is(row, 'insulin')); // prettier-ignore
    expect(quantile(insulin, 'hba1c_percent')).toBeGreaterThan(quantile(none, 'hba1c_percent') + 0.2);
  });
});

describe('outcomes follow risk', () => {
  it('death rises with age', () => {
    const rates = [0, 60, 70, 80].map(
      (from, i, all) =>
      share(rows.filter((row) => num(row, 'age') >= from && num(row, 'age') < (all[i + 1] ?? 200)), 'death_1y'), // prettier-ignore
    );
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect((rates[3] ?? 0) / (rates[0] ?? 1)).toBeGreaterThan(2);
  });

  it('death rises over quarters of NT-proBNP', () => {
    const cuts = [0.25, 0.5, 0.75].map((p) => quantile(rows, 'nt_probnp_ng_l', p));
    const measured = rows.filter((row) => cell(row, 'nt_probnp_ng_l') !== '');
    const quarterOf = (row: Row): number => cuts.filter((cut) => num(row, 'nt_probnp_ng_l') >= cut).length;
    const rates = [0, 1, 2, 3].map(
      (quarter) =>
      share(measured.filter((row) => quarterOf(row) === quarter), 'death_1y'), // prettier-ignore
    );
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect((rates[3] ?? 0) / (rates[0] ?? 1)).toBeGreaterThan(3);
  });

  it('the kidney, NYHA class and emergencies count', () => {
    for (const holds of [
      (row: Row) => /^G(3b|4|5)/.test(cell(row, 'ckd_stage')),
      (row: Row) => is(row, 'nyha_class', 'IV'),
      (row: Row) => is(row, 'admission_type', 'emergency'),
    ]) {
      const [yes, no] = split(rows, holds);
      expect(share(yes, 'death_1y')).toBeGreaterThan(1.3 * share(no, 'death_1y'));
    }
  });
});

describe('charts have gaps for reasons', () => {
  it.each<[name: string, where: string, holds: (row: Row) => boolean, gap: number]>([
    ['hba1c_percent', 'without diabetes', (row) => !is(row, 'type_2_diabetes'), 0.4],
    ['nt_probnp_ng_l', 'without heart failure', (row) => !is(row, 'heart_failure'), 0.3],
    ['lvef_percent', 'without heart failure', (row) => !is(row, 'heart_failure'), 0.2],
    ['bmi', 'in emergencies', (row) => is(row, 'admission_type', 'emergency'), 0.03],
    ['lvef_percent', 'in short stays', (row) => num(row, 'length_of_stay_days') <= 1, 0.1],
    ['haemoglobin_g_dl', 'in short stays', (row) => num(row, 'length_of_stay_days') <= 1, 0.02],
  ])('%s is missing more often %s', (name, _where, holds, gap) => {
    const [yes, no] = split(rows, holds);
    expect(missingShare(yes, name) - missingShare(no, name)).toBeGreaterThan(gap);
  });

  it('loses a few from sight', () => {
    expect(missingShare(rows, 'death_1y')).toBeGreaterThan(0.02);
    expect(missingShare(rows, 'death_1y')).toBeLessThan(0.09);
  });
});

describe('people wrote it down', () => {
  const endings = (name: string, digit: string): number => {
    const present = rows.filter((row) => cell(row, name) !== '');
    return present.filter((row) => cell(row, name).endsWith(digit)).length / present.length;
  };

  it('pressures and ejection fractions prefer 0 and 5', () => {
    expect(endings('systolic_bp', '0')).toBeGreaterThan(0.3);
    expect(endings('systolic_bp', '0')).toBeLessThan(0.5);
    expect(endings('diastolic_bp', '0')).toBeGreaterThan(0.3);
    expect(endings('lvef_percent', '0') + endings('lvef_percent', '5')).toBeGreaterThan(0.55);
    expect(endings('heart_rate', '0')).toBeLessThan(0.14);
  });

  it('winter brings more unplanned stays, weekends few planned ones', () => {
    const unplanned = rows.filter((row) => !is(row, 'admission_type', 'elective'));
    const inMonths = (months: RegExp): number =>
      unplanned.filter((row) => months.test(cell(row, 'admission_date'))).length;
    expect(inMonths(/-(12|01|02)-/)).toBeGreaterThan(1.05 * inMonths(/-(06|07|08)-/));
    const planned = rows.filter((row) => is(row, 'admission_type', 'elective'));
    const onSaturday = planned.filter((row) => new Date(cell(row, 'admission_date')).getUTCDay() === 6);
    expect(onSaturday.length / planned.length).toBeLessThan(0.04);
  });

  it('has a long tail of diagnoses and notes that hardly repeat', () => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const code = cell(row, 'main_diagnosis');
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    expect(counts.size).toBeGreaterThan(100);
    expect([...counts.values()].filter((n) => n < 5).length).toBeGreaterThan(10);
    const notes = rows.map((row) => cell(row, 'note')).filter((note) => note !== '');
    expect(new Set(notes).size / notes.length).toBeGreaterThan(0.9);
  });
});
