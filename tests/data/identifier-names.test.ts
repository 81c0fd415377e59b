import { describe, expect, it } from 'vitest';
import { isQuasiIdentifierName, isSensitiveName } from '../../src/data/column-names';
import { isKeyName, isPersonName, judgeIdentifierName } from '../../src/data/identifier-names';
import {
  CONTACT_NAMES,
  FILE_NUMBERS,
  NAME_WORDS,
  PERSON_NUMBERS,
  QUALIFIERS,
} from '../../src/data/identifier-words';

describe('judgeIdentifierName', () => {
  it.each([
    ['Nachname', 'direct'],
    ['Mädchenname', 'direct'],
    ['patient_vorname', 'direct'],
    ['Prénom', 'direct'],
    ['primer_apellido', 'direct'],
    ['Cognome', 'direct'],
    ['achternaam', 'direct'],
    ['initials', 'direct'],
    ['Straße', 'likely'],
    ['Handy', 'likely'],
    ['Tel', 'likely'],
    ['Tel. privat', 'likely'],
    ['courriel', 'likely'],
    ['indirizzo', 'likely'],
    ['telefoonnummer', 'likely'],
    ['emergency_contact', 'likely'],
    ['nok', 'likely'],
    ['hospital_no', 'record'],
    ['KVNR', 'record'],
    ['Aktenzeichen', 'record'],
    ['codice_fiscale', 'record'],
    ['casenote', 'record'],
  ])('takes %s for one that is %s', (name, judged) => {
    expect(judgeIdentifierName(name)).toBe(judged);
  });

  it.each([
    ...[
      'tel_length',
      'telomere',
      'cell_count',
      'cell',
      'mobile_ct',
      'contact_days',
      'gp_visits',
      'policy_type',
    ],
    ...[
      'street_drugs_use',
      'portable_xray',
      'nombre_de_visites',
      'hospital',
      'hospital_id_type',
      'via',
      'ip_visits',
    ],
    ...[
      'hausarzt_besuche',
      'handicap',
      'strassenverkehrsunfall',
      'dossier_complet',
      'employment',
      'named',
      'chart',
    ],
  ])('takes %s for no identifier of a person', (name) => {
    expect(['direct', 'likely', 'record']).not.toContain(judgeIdentifierName(name));
  });

  it('holds its lists folded, each word once', () => {
    for (const words of [NAME_WORDS, CONTACT_NAMES, PERSON_NUMBERS, FILE_NUMBERS, QUALIFIERS]) {
      expect(words.filter((word) => !/^[a-z0-9_]+$/.test(word))).toEqual([]);
      expect(new Set(words).size).toBe(words.length);
    }
  });

  it('knows the numbers of persons as keys by which rows belong together', () => {
    for (const name of ['mrn', 'NHS', 'kvnr', 'hospital_no', 'bsn']) {
      expect([name, isKeyName(name), isPersonName(name)]).toEqual([name, true, true]);
    }
    expect(isKeyName('surname')).toBe(false);
    expect(isPersonName('aktenzeichen')).toBe(false);
  });
});

describe('roles by name', () => {
  it.each([
    'geb',
    'Geburtsdatum',
    'date_de_naissance',
    'fecha_nacimiento',
    'data di nascita',
    'geboortedatum',
    'sexe',
  ])('takes %s for a quasi-identifier', (name) => {
    expect(isQuasiIdentifierName(name)).toBe(true);
  });

  it('takes how many diagnoses there are for nothing sensitive, and the diagnosis for it', () => {
    expect(isSensitiveName('number_diagnoses')).toBe(false);
    expect(isSensitiveName('diagnosis')).toBe(true);
  });
});
