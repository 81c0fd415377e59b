import type { Rng } from '../../math/rng';
import { CLAUSES, CLINICIANS, CLOSINGS, OPENINGS, PLANNED_OPENINGS } from './note-templates';
import type { Patient } from './patient';

/** Chance that a note mentions one of the patient's conditions, oxygen saturation, and who wrote it. */
const MENTIONS = { condition: 0.7, saturation: 0.55, clinician: 0.6 };

/** A ward note of one to four sentences that agrees with the row; the names are invented. */
export function writeNote(rng: Rng, patient: Patient): string {
  const parts = [`${writeOpening(rng, patient)}${writeCondition(rng, patient)}.`];
  if (patient.destination !== 'died' && rng.float() < MENTIONS.saturation)
    parts.push(`SpO2 ${91 + rng.int(8)}% on air, weight ${weigh(rng, patient)} kg.`);
  parts.push(pick(rng, CLOSINGS[patient.destination]));
  if (rng.float() < MENTIONS.clinician)
    parts.push(`Dr ${pick(rng, CLINICIANS)}, day ${1 + rng.int(patient.lengthOfStay + 1)}.`);
  return parts.join(' ');
}

function writeOpening(rng: Rng, patient: Patient): string {
  const isPlanned = patient.admissionType === 'elective';
  return pick(rng, isPlanned ? PLANNED_OPENINGS : OPENINGS[patient.diagnosis.group])
    .replace('{days}', `${2 + rng.int(9)}`)
    .replace('{hours}', `${1 + rng.int(11)}`)
    .replace('{kg}', `${2 + rng.int(6)}`);
}

function writeCondition(rng: Rng, patient: Patient): string {
  const applying = CLAUSES.filter((clause) => clause.applies(patient));
  return applying.length > 0 && rng.float() < MENTIONS.condition ? `, ${pick(rng, applying).text}` : '';
}

/** Whole kg, from the body mass index and a plausible height. */
function weigh(rng: Rng, patient: Patient): number {
  const metres = (patient.sex === 'male' ? 1.74 : 1.61) + 0.06 * rng.normal();
  return Math.round(patient.bmi * metres ** 2);
}

function pick<T>(rng: Rng, options: readonly T[]): T {
  const option = options[rng.int(options.length)];
  if (option === undefined) throw new RangeError('nothing to pick from');
  return option;
}
