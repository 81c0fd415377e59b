import type { IdentifierKind } from '../../src/data/identifiers/kinds';

type Labels = Readonly<Partial<Record<IdentifierKind, string>>>;

/**
 * What the columns of the public tables hold, written by hand from their names and the documents of their makers before
 * any value was looked at. A column is labelled by what it holds, whatever table it stands in: an address is an address
 * in a table of organisations, too. Keys of patients, stays, orders and records are numbers of records; keys and names of
 * organisations, payers, wards and things are not, nor are roles and job titles. Columns not named are no identifiers.
 */
export const LABELS: Readonly<Record<string, Labels>> = {
  'synthea_unmc/patients.csv': {
    'medical-record-number': 'Id',
    'birth-or-death-date': 'BIRTHDATE DEATHDATE',
    'social-security-number': 'SSN',
    'licence-number': 'DRIVERS PASSPORT',
    'person-name': 'FIRST LAST MAIDEN',
    place: 'BIRTHPLACE CITY COUNTY FIPS',
    'street-address': 'ADDRESS',
    'zip-code': 'ZIP',
    coordinates: 'LAT LON',
  },
  'synthea_unmc/allergies.csv': { 'event-date': 'START STOP', 'medical-record-number': 'PATIENT ENCOUNTER' },
  'synthea_unmc/careplans.csv': {
    'event-date': 'START STOP',
    'medical-record-number': 'Id PATIENT ENCOUNTER',
  },
  'synthea_unmc/conditions.csv.gz': {
    'event-date': 'START STOP',
    'medical-record-number': 'PATIENT ENCOUNTER',
  },
  'synthea_unmc/devices.csv': {
    'event-date': 'START STOP',
    'medical-record-number': 'PATIENT ENCOUNTER',
    'device-number': 'UDI',
  },
  'synthea_unmc/encounters.csv.gz': {
    'event-date': 'START STOP',
    'medical-record-number': 'Id PATIENT',
    'other-code': 'PROVIDER',
  },
  'synthea_unmc/imaging_studies.csv': {
    'event-date': 'DATE',
    'medical-record-number': 'Id PATIENT ENCOUNTER',
    'other-code': 'SERIES_UID INSTANCE_UID',
  },
  'synthea_unmc/immunizations.csv.gz': { 'event-date': 'DATE', 'medical-record-number': 'PATIENT ENCOUNTER' },
  'synthea_unmc/medications.csv.gz': {
    'event-date': 'START STOP',
    'medical-record-number': 'PATIENT ENCOUNTER',
  },
  'synthea_unmc/organizations.csv': {
    'street-address': 'ADDRESS',
    place: 'CITY',
    'zip-code': 'ZIP',
    coordinates: 'LAT LON',
    telephone: 'PHONE',
  },
  'synthea_unmc/payer_transitions.csv': {
    'event-date': 'START_DATE END_DATE',
    'medical-record-number': 'PATIENT',
    'health-plan-number': 'MEMBERID',
    'person-name': 'OWNER_NAME',
  },
  'synthea_unmc/payers.csv': {
    'street-address': 'ADDRESS',
    place: 'CITY',
    'zip-code': 'ZIP',
    telephone: 'PHONE',
  },
  'synthea_unmc/procedures.csv.gz': {
    'event-date': 'START STOP',
    'medical-record-number': 'PATIENT ENCOUNTER',
  },
  'synthea_unmc/providers.csv': {
    'other-code': 'Id',
    'person-name': 'NAME',
    'street-address': 'ADDRESS',
    place: 'CITY',
    'zip-code': 'ZIP',
    coordinates: 'LAT LON',
  },
  'synthea_unmc/supplies.csv': { 'event-date': 'DATE', 'medical-record-number': 'PATIENT ENCOUNTER' },
  'mimic3_demo/ADMISSIONS.csv': {
    'medical-record-number': 'row_id subject_id hadm_id',
    'event-date': 'admittime dischtime edregtime edouttime',
    'birth-or-death-date': 'deathtime',
    'free-text': 'diagnosis',
  },
  'mimic3_demo/CALLOUT.csv': {
    'medical-record-number': 'row_id subject_id hadm_id',
    'event-date':
      'createtime updatetime acknowledgetime outcometime firstreservationtime currentreservationtime',
  },
  'mimic3_demo/CPTEVENTS.csv': {
    'medical-record-number': 'row_id subject_id hadm_id',
    'event-date': 'chartdate',
  },
  'mimic3_demo/DATETIMEEVENTS.csv.gz': {
    'medical-record-number': 'row_id subject_id hadm_id icustay_id',
    'other-code': 'cgid',
    'event-date': 'charttime storetime value',
  },
  'mimic3_demo/DIAGNOSES_ICD.csv': { 'medical-record-number': 'row_id subject_id hadm_id' },
  'mimic3_demo/DRGCODES.csv': { 'medical-record-number': 'row_id subject_id hadm_id' },
  'mimic3_demo/D_ICD_DIAGNOSES.csv.gz': {},
  'mimic3_demo/D_ICD_PROCEDURES.csv.gz': {},
  'mimic3_demo/D_ITEMS.csv.gz': {},
  'mimic3_demo/D_LABITEMS.csv': {},
  'mimic3_demo/ICUSTAYS.csv': {
    'medical-record-number': 'row_id subject_id hadm_id icustay_id',
    'event-date': 'intime outtime',
  },
  'mimic3_demo/INPUTEVENTS_MV.csv.gz': {
    'medical-record-number': 'row_id subject_id hadm_id icustay_id',
    'event-date': 'starttime endtime storetime comments_date',
    'other-code': 'cgid orderid linkorderid',
  },
  'mimic3_demo/MICROBIOLOGYEVENTS.csv.gz': {
    'medical-record-number': 'row_id subject_id hadm_id',
    'event-date': 'chartdate charttime',
  },
  'mimic3_demo/OUTPUTEVENTS.csv.gz': {
    'medical-record-number': 'row_id subject_id hadm_id icustay_id',
    'event-date': 'charttime storetime',
    'other-code': 'cgid',
  },
  'mimic3_demo/PATIENTS.csv': {
    'medical-record-number': 'row_id subject_id',
    'birth-or-death-date': 'dob dod dod_hosp dod_ssn',
  },
  'mimic3_demo/PRESCRIPTIONS.csv.gz': {
    'medical-record-number': 'row_id subject_id hadm_id icustay_id',
    'event-date': 'startdate enddate',
  },
  'mimic3_demo/PROCEDUREEVENTS_MV.csv': {
    'medical-record-number': 'row_id subject_id hadm_id icustay_id',
    'event-date': 'starttime endtime storetime comments_date',
    'other-code': 'cgid orderid linkorderid',
  },
  'mimic3_demo/PROCEDURES_ICD.csv': { 'medical-record-number': 'row_id subject_id hadm_id' },
  'mimic3_demo/SERVICES.csv': {
    'medical-record-number': 'row_id subject_id hadm_id',
    'event-date': 'transfertime',
  },
  'mimic3_demo/TRANSFERS.csv': {
    'medical-record-number': 'row_id subject_id hadm_id icustay_id',
    'event-date': 'intime outtime',
  },
  'adult/adult_train.csv.gz': { age: 'age' },
  'actg175/ACTG175_joined.csv': { age: 'age' },
  'brfss2015/diabetes_binary_health_indicators_BRFSS2015.csv.gz': {},
  'diabetes130/diabetic_data.csv.gz': { 'medical-record-number': 'encounter_id patient_nbr', age: 'age' },
  'support2/support2.csv.gz': { 'medical-record-number': 'sno', age: 'age' },
};

/** What the labelled spans of the presidio sentences are, by their entity type; `null` = no identifier. */
export const SPAN_LABELS: Readonly<Record<string, IdentifierKind | null>> = {
  PERSON: 'person-name',
  STREET_ADDRESS: 'street-address',
  GPE: 'place',
  ORGANIZATION: null,
  CREDIT_CARD: 'account-number',
  DATE_TIME: 'event-date',
  TITLE: null,
  PHONE_NUMBER: 'telephone',
  AGE: 'age',
  NRP: null,
  EMAIL_ADDRESS: 'email',
  ZIP_CODE: 'zip-code',
  DOMAIN_NAME: 'web-address',
  IBAN_CODE: 'account-number',
  US_SSN: 'social-security-number',
  IP_ADDRESS: 'network-address',
  US_DRIVER_LICENSE: 'licence-number',
};
