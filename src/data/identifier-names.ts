import { foldWord, splitName } from './column-names';
import { CONTACT_NAMES, FILE_NUMBERS, NAME_WORDS, PERSON_NUMBERS, QUALIFIERS } from './identifier-words';

const ID_WORDS = ['id', 'ids', 'nbr', 'uid', 'uuid', 'guid', 'mrn', 'sno', 'pid', 'key', 'serial'];
const RECORD_WORDS =
  'patient|pat|subject|person|participant|member|client|encounter|enc|hadm|admission|stay|icustay|visit|episode|claim|record|row|case|sample|specimen|order|event|study|cg|caregiver|provider|physician|doctor|nurse|staff|user|account|insurance|policy'.split(
    '|',
  );
const DIRECT_WORDS =
  /^(?:ssn|mrn|npi|passport|drivers?|licen[cs]e|email|e-?mail|phone|telephone|fax|iban|url|imei|udi|nhs|hcn|medicare|uuid|guid|memberid)$/;
const PERSON_NAME =
  /^(?:(?:first|last|full|middle|given|family|sur|maiden|patient|person|user|nick|doctor|provider|physician|nurse|owner|guardian|mother|father|contact|spouse)_?name|name|surname|first|last|maiden|forename|firstname|lastname|address|street|addr|address_?line_?\d?)$/;

/** Words by which an id is that of a kind of thing (admission_type_id), not of one record. */
const KIND_WORDS =
  /^(?:type|class|kind|category|group|source|disposition|status|reason|location|code|item|product|drug|dept|department|unit|ward)$/;
const PERSON_WORDS = /^(?:patient|pat|subject|person|participant|member|client|mrn|patientid|subjectid)$/;

const names = new Set(NAME_WORDS);
const contacts = new Set(CONTACT_NAMES);
const personNumbers = new Set(PERSON_NUMBERS);
const fileNumbers = new Set(FILE_NUMBERS);
const qualifiers = new Set(QUALIFIERS);

export type IdentifierName = 'direct' | 'likely' | 'record' | 'generic';

/**
 * How a name claims to identify: `direct` (a person's number, name or address), `likely` (the same, but the word has
 * other meanings too), `record` (a key of a patient, stay or row), `generic` (some other …_id), or null.
 */
export function judgeIdentifierName(name: string): IdentifierName | null {
  const words = splitName(name).map(foldWord);
  const joined = words.join('_');
  const isDirect = (word: string) => DIRECT_WORDS.test(word) || names.has(word);
  if (words.some(isDirect) || PERSON_NAME.test(joined)) return 'direct';
  const core = words.filter((word) => !qualifiers.has(word)).join('_');
  if (contacts.has(joined) || contacts.has(core)) return 'likely';
  return judgeKey(words, joined);
}

function judgeKey(words: readonly string[], joined: string): IdentifierName | null {
  if (personNumbers.has(joined) || fileNumbers.has(joined)) return 'record';
  const last = words[words.length - 1] ?? '';
  const stem = words.slice(0, -1);
  const isRecord = stem.some((word) => RECORD_WORDS.includes(word));
  const isNumbered = ['no', 'num', 'number'].includes(last) && isRecord;
  if (ID_WORDS.includes(last) || isNumbered) {
    const isOfKind = stem.some((word) => KIND_WORDS.test(word));
    return stem.length === 0 || (isRecord && !isOfKind) ? 'record' : 'generic';
  }
  const glued = /^(.+?)(?:id|nbr)$/.exec(last)?.[1];
  if (glued !== undefined) {
    if (RECORD_WORDS.some((word) => word === glued || (word.length > 4 && glued.endsWith(word))))
      return 'record';
    if (/^(?:item|code|concept)$/.test(glued)) return 'generic';
  }
  return ['patient', 'encounter', 'subject'].includes(joined) ? 'record' : null;
}

/** True when the name is that of a person's key. */
export function isPersonName(name: string): boolean {
  const words = splitName(name).map(foldWord);
  return words.some((word) => PERSON_WORDS.test(word)) || personNumbers.has(words.join('_'));
}

/** True for names of keys by which rows can belong together: of persons, stays, records and things. */
export function isKeyName(name: string): boolean {
  const judged = judgeIdentifierName(name);
  if (judged === 'record' || judged === 'generic') return true;
  return judged === 'direct' && personNumbers.has(splitName(name).map(foldWord).join('_'));
}
