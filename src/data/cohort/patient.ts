import type { Rng } from '../../math/rng';
import { drawAdmission, type Admission } from './admission';
import { drawCardiac, type Cardiac } from './cardiac';
import { drawDemographics, type Demographics } from './demographics';
import { drawHistory, type History } from './history';
import { drawLabs, type Labs } from './labs';
import { drawOutcome, type Outcome } from './outcome';
import { drawStay, type Stay } from './stay';
import { drawTreatment, type Treatment } from './treatment';
import { drawVitals, type Vitals } from './vitals';

/** Everything that is true of a simulated patient, written in the file or not. */
export type Patient = Demographics &
  History &
  Admission &
  Cardiac &
  Vitals &
  Labs &
  Treatment &
  Stay &
  Outcome;

/** One patient, block by block in the order of the causal graph; every variable draws from a fork of its own. */
export function drawPatient(rng: Rng): Patient {
  const demographics = drawDemographics(rng);
  const known = { ...demographics, ...drawHistory(rng, demographics) };
  const admitted = { ...known, ...drawAdmission(rng, known) };
  const echoed = { ...admitted, ...drawCardiac(rng, admitted) };
  const examined = { ...echoed, ...drawVitals(rng, echoed), ...drawLabs(rng, admitted) };
  const discharged = { ...examined, ...drawTreatment(rng, examined), ...drawStay(rng, examined) };
  return { ...discharged, ...drawOutcome(rng, discharged) };
}
