import type { Rng } from '../../math/rng';
import type { Admission } from './admission';
import { choose, flag, happens } from './chance';
import type { Demographics } from './demographics';
import type { History } from './history';
import type { Labs } from './labs';

export type Anticoagulant = 'not given' | 'DOAC' | 'VKA';

type Before = Demographics & History & Admission & Labs;

/** Given atrial fibrillation; frail, anaemic and bleeding patients go without, VKA instead of DOAC in renal failure. */
const ANTICOAGULATION = { intercept: 1.9, perDecade: 0.1, frailty: -0.4, anaemia: -1.0, bleeding: -2.5 };
const OTHER_ANTICOAGULATION = { usual: -4.3, valve: -1.8, thrombosis: 3.2 };
const VKA_SHARE = { usual: 0.13, valve: 0.5 };
const LEAST_EGFR_FOR_DOAC = 15;

const BLEEDING_CODES: readonly string[] = ['K92.2', 'I61.9', 'I60.9', 'S06.5', 'I31.3'];

export function drawAnticoagulant(rng: Rng, patient: Before): Anticoagulant {
  const { code, group } = patient.diagnosis;
  const isThrombosis = /^I(26|80)/.test(code);
  const withFibrillation =
    ANTICOAGULATION.intercept +
    (ANTICOAGULATION.perDecade * (patient.age - 70)) / 10 +
    ANTICOAGULATION.frailty * patient.frailty +
    ANTICOAGULATION.anaemia * flag(patient.haemoglobin < 9) +
    ANTICOAGULATION.bleeding * flag(BLEEDING_CODES.includes(code));
  const withoutFibrillation = isThrombosis
    ? OTHER_ANTICOAGULATION.thrombosis
    : group === 'valve'
      ? OTHER_ANTICOAGULATION.valve
      : OTHER_ANTICOAGULATION.usual;
  const logit = patient.atrialFibrillation && !isThrombosis ? withFibrillation : withoutFibrillation;
  if (!happens(rng, logit)) return 'not given';
  if (patient.egfr < LEAST_EGFR_FOR_DOAC) return 'VKA';
  const vka = VKA_SHARE[group === 'valve' ? 'valve' : 'usual'];
  return choose<Anticoagulant>(rng, [
    ['VKA', vka],
    ['DOAC', 1 - vka],
  ]);
}
