/** What an identifier identifies by; the closed list that findings, labels of the bench and documents share. */
export type IdentifierKind =
  | 'person-name'
  | 'street-address'
  | 'zip-code'
  | 'postcode'
  | 'place'
  | 'coordinates'
  | 'birth-or-death-date'
  | 'event-date'
  | 'age'
  | 'telephone'
  | 'fax'
  | 'email'
  | 'social-security-number'
  | 'national-number'
  | 'medical-record-number'
  | 'health-plan-number'
  | 'account-number'
  | 'licence-number'
  | 'vehicle-number'
  | 'device-number'
  | 'web-address'
  | 'network-address'
  | 'biometric'
  | 'photograph'
  | 'other-code'
  | 'free-text';

/** Items of HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i). */
export type SafeHarborLetter =
  'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'N' | 'O' | 'P' | 'Q' | 'R';

/** What is known of every column of a kind, whatever its values. */
export interface KindFacts {
  readonly letter: SafeHarborLetter;
  /** The kind in words, in the plural, as part of a sentence. */
  readonly words: string;
  /** True when one value with the register it was taken from leads to one person, stay or record. */
  readonly isDirect: boolean;
}

const direct = (letter: SafeHarborLetter, words: string): KindFacts => ({ letter, words, isDirect: true });
const indirect = (letter: SafeHarborLetter, words: string): KindFacts => ({ letter, words, isDirect: false });

/** The Safe Harbor item of each kind. Forms of other countries stand under the item that asks for the same thing. */
export const KINDS: Readonly<Record<IdentifierKind, KindFacts>> = {
  'person-name': direct('A', 'names of persons'),
  'street-address': direct('B', 'street addresses'),
  'zip-code': indirect('B', 'ZIP codes'),
  postcode: indirect('B', 'postal codes'),
  place: indirect('B', 'places smaller than a state'),
  coordinates: indirect('B', 'geographic coordinates'),
  'birth-or-death-date': indirect('C', 'dates of birth or death'),
  'event-date': indirect('C', 'dates of a person’s care'),
  age: indirect('C', 'ages'),
  telephone: direct('D', 'telephone numbers'),
  fax: direct('E', 'fax numbers'),
  email: direct('F', 'e-mail addresses'),
  'social-security-number': direct('G', 'social security numbers'),
  'national-number': direct('G', 'national numbers of persons'),
  'medical-record-number': direct('H', 'numbers of patients, stays or records'),
  'health-plan-number': direct('I', 'health plan numbers'),
  'account-number': direct('J', 'account or card numbers'),
  'licence-number': direct('K', 'certificate or licence numbers'),
  'vehicle-number': direct('L', 'vehicle numbers or plates'),
  'device-number': direct('M', 'device identifiers or serial numbers'),
  'web-address': direct('N', 'web addresses'),
  'network-address': direct('O', 'network addresses'),
  biometric: direct('P', 'biometric identifiers'),
  photograph: direct('Q', 'photographs or comparable images'),
  'other-code': direct('R', 'codes that are one record’s own'),
  'free-text': indirect('R', 'free text, which may hold any identifier'),
};
