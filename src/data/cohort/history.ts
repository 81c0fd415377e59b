import type { Rng } from '../../math/rng';
import { happens } from './chance';
import type { Demographics } from './demographics';
import {
  oddsOfCopd,
  oddsOfDiabetes,
  oddsOfFibrillation,
  oddsOfHeartFailure,
  oddsOfHypertension,
  oddsOfInfarction,
  oddsOfStatin,
} from './history-odds';
import { drawKidney, type Kidney } from './kidney';

export interface History extends Kidney {
  readonly hypertension: boolean;
  readonly diabetes: boolean;
  readonly priorMi: boolean;
  readonly copd: boolean;
  readonly atrialFibrillation: boolean;
  readonly heartFailure: boolean;
  /** Never written: it lowers LDL and makes a statin at discharge likely. */
  readonly statinBefore: boolean;
}

/** Conditions in causal order: later ones depend on earlier ones. */
export function drawHistory(rng: Rng, person: Demographics): History {
  const hypertension = happens(rng.fork('hypertension'), oddsOfHypertension(person));
  const diabetes = happens(rng.fork('type_2_diabetes'), oddsOfDiabetes(person, { hypertension }));
  const priorMi = happens(rng.fork('prior_mi'), oddsOfInfarction(person, { hypertension, diabetes }));
  const atrialFibrillation = happens(
    rng.fork('atrial_fibrillation'),
    oddsOfFibrillation(person, { hypertension }),
  );
  const copd = happens(rng.fork('copd'), oddsOfCopd(person));
  const known = { hypertension, diabetes, priorMi, atrialFibrillation };
  const heartFailure = happens(rng.fork('heart_failure'), oddsOfHeartFailure(person, known));
  const statinBefore = happens(rng.fork('statin_before'), oddsOfStatin(person, known));
  return {
    ...drawKidney(rng, person, { ...known, heartFailure }),
    ...known,
    copd,
    heartFailure,
    statinBefore,
  };
}
