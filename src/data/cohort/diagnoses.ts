import { CARDIOVASCULAR_LINES } from './diagnoses-cardiovascular';
import { GENERAL_LINES } from './diagnoses-general';
import type { Fits, Line } from './diagnosis-line';

const LINES = { ...CARDIOVASCULAR_LINES, ...GENERAL_LINES } as const;

export type DiagnosisGroup = keyof typeof LINES;

export interface Diagnosis {
  /** ICD-10, WHO version. */
  readonly code: string;
  readonly group: DiagnosisGroup;
  /** Relative frequency within its group among those it fits. */
  readonly weight: number;
  /** Share of planned admissions, 0–1. */
  readonly elective: number;
  readonly fits: Fits;
}

/** All main diagnoses of the simulator. */
export const DIAGNOSES: readonly Diagnosis[] = (
  Object.entries(LINES) as [DiagnosisGroup, readonly Line[]][]
).flatMap(([group, lines]) =>
  lines.map(([code, weight, elective = 0, fits = () => true]) => ({ code, group, weight, elective, fits })),
);
