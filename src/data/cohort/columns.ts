import { DAY_MS } from './admission';
import type { Maskable } from './missingness';
import type { Patient } from './patient';

/** One written column of the sample cohort. */
export interface CohortColumn {
  readonly name: string;
  /** The field whose absence empties it. */
  readonly maskedBy?: Maskable;
  /** The written text; empty when it does not apply. */
  readonly write: (patient: Patient) => string;
}

function yesNo(value: boolean | null): string {
  return value === null ? '' : value ? 'yes' : 'no';
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The columns that come from the patient, in the order of the file; identifier and note are added around them. */
export const COLUMNS: readonly CohortColumn[] = [
  { name: 'sex', write: (p) => p.sex },
  { name: 'age', write: (p) => `${p.age}` },
  { name: 'ethnic_group', maskedBy: 'ethnicGroup', write: (p) => p.ethnicGroup },
  { name: 'smoking', maskedBy: 'smoking', write: (p) => p.smoking },
  { name: 'bmi', maskedBy: 'bmi', write: (p) => p.bmi.toFixed(1) },
  { name: 'hypertension', write: (p) => yesNo(p.hypertension) },
  { name: 'type_2_diabetes', write: (p) => yesNo(p.diabetes) },
  { name: 'ckd_stage', write: (p) => p.ckdStage },
  { name: 'prior_mi', write: (p) => yesNo(p.priorMi) },
  { name: 'atrial_fibrillation', write: (p) => yesNo(p.atrialFibrillation) },
  { name: 'copd', write: (p) => yesNo(p.copd) },
  { name: 'heart_failure', write: (p) => yesNo(p.heartFailure) },
  { name: 'admission_date', write: (p) => isoDate(p.admittedMs) },
  { name: 'admission_type', write: (p) => p.admissionType },
  { name: 'main_diagnosis', write: (p) => p.diagnosis.code },
  { name: 'nyha_class', maskedBy: 'nyha', write: (p) => p.nyha ?? '' },
  { name: 'lvef_percent', maskedBy: 'lvef', write: (p) => `${p.lvef}` },
  { name: 'systolic_bp', maskedBy: 'bloodPressure', write: (p) => `${p.systolic}` },
  { name: 'diastolic_bp', maskedBy: 'bloodPressure', write: (p) => `${p.diastolic}` },
  { name: 'heart_rate', maskedBy: 'heartRate', write: (p) => `${p.heartRate}` },
  { name: 'creatinine_umol_l', maskedBy: 'creatinine', write: (p) => `${p.creatinine}` },
  { name: 'egfr', maskedBy: 'creatinine', write: (p) => `${p.egfr}` },
  { name: 'potassium_mmol_l', maskedBy: 'potassium', write: (p) => p.potassium.toFixed(1) },
  { name: 'sodium_mmol_l', maskedBy: 'sodium', write: (p) => `${p.sodium}` },
  { name: 'haemoglobin_g_dl', maskedBy: 'haemoglobin', write: (p) => p.haemoglobin.toFixed(1) },
  { name: 'hba1c_percent', maskedBy: 'hba1c', write: (p) => p.hba1c.toFixed(1) },
  { name: 'ldl_mmol_l', maskedBy: 'ldl', write: (p) => p.ldl.toFixed(1) },
  { name: 'nt_probnp_ng_l', maskedBy: 'ntProBnp', write: (p) => `${p.ntProBnp}` },
  { name: 'ras_inhibitor', write: (p) => p.rasInhibitor },
  { name: 'beta_blocker', write: (p) => yesNo(p.betaBlocker) },
  { name: 'sglt2_inhibitor', write: (p) => yesNo(p.sglt2Inhibitor) },
  { name: 'statin', write: (p) => yesNo(p.statin) },
  { name: 'anticoagulant', write: (p) => p.anticoagulant },
  { name: 'insulin', write: (p) => yesNo(p.insulin) },
  { name: 'discharge_date', write: (p) => isoDate(p.admittedMs + p.lengthOfStay * DAY_MS) },
  { name: 'length_of_stay_days', write: (p) => `${p.lengthOfStay}` },
  { name: 'discharge_destination', write: (p) => p.destination },
  { name: 'readmission_30d', write: (p) => yesNo(p.readmission30d) },
  { name: 'death_1y', write: (p) => yesNo(p.death1y) },
  { name: 'follow_up_days', write: (p) => `${p.followUpDays}` },
];
