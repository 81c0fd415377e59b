import type { DiagnosisGroup } from './diagnoses';
import type { Patient } from './patient';
import type { DischargeDestination } from './stay';

/** Openings by main diagnosis; none says more than its group allows. */
export const OPENINGS: Readonly<Record<DiagnosisGroup, readonly string[]>> = {
  'heart failure': [
    'Progressive breathlessness for {days} days, bilateral ankle oedema',
    'Orthopnoea and weight gain of {kg} kg over two weeks',
    'Decompensated heart failure, basal crackles, raised JVP',
    'Breathless on minimal exertion, IV furosemide with good diuresis',
  ],
  coronary: [
    'Chest pain for {hours} hours, radiating to left arm',
    'Chest tightness since {hours} hours, ECG and troponin series taken',
    'Retrosternal pressure, cardiology review requested',
  ],
  rhythm: [
    'Palpitations for {days} days',
    'Light-headed for {hours} hours, telemetry overnight',
    'Near-collapse at home',
  ],
  valve: ['Systolic murmur, exertional breathlessness', 'Valve disease, discussed in heart team meeting'],
  vascular: [
    'Acute vascular presentation, CT angiography reviewed',
    'Symptoms for {days} days, vascular team aware',
  ],
  metabolic: ['Fluids and medication review', 'Unwell for {days} days, bloods out of range at GP'],
  kidney: [
    'Renal function worse than usual, nephrotoxic drugs held',
    'Poor oral intake for {days} days, renal ultrasound done',
  ],
  lung: ['Cough and breathlessness for {days} days', 'Hypoxic on arrival, chest film reviewed'],
  infection: ['Febrile for {days} days, cultures taken', 'Unwell and feverish, antibiotics started'],
  stroke: [
    'Sudden neurological deficit, stroke team on arrival',
    'Symptoms since {hours} hours, CT head done',
  ],
  other: ['Reviewed on ward round', 'Admitted through emergency department after {hours} hours'],
};

export const PLANNED_OPENINGS = [
  'Elective admission as planned',
  'Planned admission, pre-assessment completed',
  'Came in for planned procedure, consent signed',
] as const;

export interface NoteClause {
  readonly text: string;
  readonly applies: (patient: Patient) => boolean;
}

/** What a note may add when the row bears it out. */
export const CLAUSES: readonly NoteClause[] = [
  { text: 'rate control for AF', applies: (p) => p.atrialFibrillation && p.heartRate > 95 },
  { text: 'known AF', applies: (p) => p.atrialFibrillation },
  { text: 'diabetes nurse involved', applies: (p) => p.diabetes && p.hba1c >= 8 },
  { text: 'inhalers checked', applies: (p) => p.copd },
  { text: 'kidney function to be followed', applies: (p) => p.egfr < 45 },
  { text: 'smoking cessation advice given', applies: (p) => p.smoking === 'current' },
  { text: 'BP high on arrival', applies: (p) => p.systolic >= 170 },
  { text: 'anaemia work-up pending', applies: (p) => p.haemoglobin < 10 },
  { text: 'lives alone', applies: (p) => p.age > 75 && p.destination === 'home with care' },
];

export const CLOSINGS: Readonly<Record<DischargeDestination, readonly string[]>> = {
  home: ['Home, GP follow-up.', 'Discharged home, clinic in 2 weeks.', 'Well on discharge.'],
  'home with care': ['Home with district nurse.', 'Home, package of care in place.'],
  rehabilitation: ['Transferred to rehab.', 'Mobilising with frame, rehab bed accepted.'],
  'care home': ['Discharged to care home.', 'Care home, GP to review tablets.'],
  'other hospital': ['Transferred for further treatment.', 'Accepted by receiving hospital.'],
  died: ['Comfort care, family informed.', 'Died on ward, family present.'],
};

/** Invented surnames: real notes hold names, which is one reason that free text is never modelled. */
export const CLINICIANS = [
  'Abara',
  'Brandt',
  'Castellan',
  'Dahlgren',
  'Estrada',
  'Farouk',
  'Grieve',
  'Hollis',
  'Iyer',
  'Jansson',
  'Kowal',
  'Lindqvist',
  'Marchetti',
  'Nakano',
  'Osei',
  'Petrov',
  'Quillan',
  'Rahman',
  'Sorel',
  'Tamm',
] as const;
