import type { Demographics } from './demographics';
import type { History } from './history';

/** Whether a diagnosis can be this patient's. */
export type Fits = (patient: Demographics & History) => boolean;
/** ICD-10 code (WHO), relative frequency in its group, planned share (0 when left out) and whom it fits (anyone). */
export type Line = readonly [code: string, weight: number, elective?: number, fits?: Fits];

export const hypertension: Fits = (patient) => patient.hypertension;
export const diabetes: Fits = (patient) => patient.diabetes;
export const fibrillation: Fits = (patient) => patient.atrialFibrillation;
export const infarction: Fits = (patient) => patient.priorMi;
export const copd: Fits = (patient) => patient.copd;
export const kidneyDisease: Fits = (patient) => patient.ckdStage !== 'no CKD' && patient.ckdStage !== 'G1-2';
export const cardiorenal: Fits = (patient) => hypertension(patient) && kidneyDisease(patient);
export const olderThan =
  (age: number): Fits =>
  (patient) =>
    patient.age > age;
