import { judgeIdentifierName } from './identifier-names';
import type { Tally } from './tally';
import { averageOver, countRepeats, countWords, guess, type Evidence, type TypeGuess } from './type-guess';

interface Structure {
  readonly test: (text: string) => boolean;
  readonly what: string;
  /** Different values among others that suffice; Infinity = every value must have the shape. */
  readonly fewest: number;
  /** True for shapes that also name things (payers, code systems) in many rows each. */
  readonly isOfThings: boolean;
}

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/u;
const URL = /^(?:(?:https?|ftp):\/\/|www\.)\S+$/i;
const OID = /^\d+(?:\.\d+){6,}$/;
const SOCIAL_SECURITY = /^\d{3}-\d{2}-\d{4}$/;
/** Octets up to 255 and a first one of two digits, which numbers of enzymes (3.4.21.4) lack. */
const IP = /^[1-9]\d{1,2}(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const TELEPHONE =
  /^(?:\+\d[\d ()/-]{7,}|\(?\d{3}\)?[ -]\d{3}-\d{4}|\(?0\d{1,5}\)? ?[ /] ?\d{3,}(?:[ -]\d{2,})*|0\d{2,5}-\d{5,})$/;

/** A UUID, in braces or not. */
export const isUuid = (text: string): boolean => UUID.test(text);
/** True where an e-mail address stands anywhere in the text. */
export const hasEmail = (text: string): boolean => text.includes('@') && EMAIL.test(text);
/** A web address with its scheme, or one that begins with www. */
export const isWebAddress = (text: string): boolean => URL.test(text);
/** An IPv4 address. */
export const isNetworkAddress = (text: string): boolean => IP.test(text);
/** Numbers between points, seven or more. */
export const isObjectIdentifier = (text: string): boolean => OID.test(text);

const STRUCTURES: readonly Structure[] = [
  {
    test: isUuid,
    what: 'universally unique identifiers (UUID)',
    fewest: 3,
    isOfThings: true,
  },
  {
    test: hasEmail,
    what: 'e-mail addresses',
    fewest: 1,
    isOfThings: false,
  },
  {
    test: (text) => SOCIAL_SECURITY.test(text),
    what: 'social security numbers',
    fewest: 3,
    isOfThings: false,
  },
  { test: isTelephone, what: 'telephone numbers', fewest: 3, isOfThings: false },
  { test: isWebAddress, what: 'web addresses (URL)', fewest: 3, isOfThings: true },
  { test: isNetworkAddress, what: 'network addresses (IP)', fewest: 3, isOfThings: false },
  { test: isObjectIdentifier, what: 'object identifiers (OID)', fewest: Infinity, isOfThings: true },
];

/** National numbers begin with a zero and have nine digits or more. */
export function isTelephone(text: string): boolean {
  return TELEPHONE.test(text) && text.replace(/\D/g, '').length >= 9;
}

/** Share of values or of rows from which a shape among others counts. */
const LEAST_SHARE = 0.01;

/**
 * Identifier (or free text) where values have the shape of an address, a telephone or another number of a person: all of
 * them, or some among others. One e-mail address is enough; of the others three different ones and one in a hundred.
 */
export const detectStructured = ({ raw, tally }: Evidence): TypeGuess | null => {
  for (const structure of STRUCTURES) {
    const found = countShaped(tally, structure.test);
    if (found.nTexts === 0) continue;
    const isAll = found.nTexts === tally.texts.length;
    if (!isAll && !isEnough(found, tally, structure.fewest)) continue;
    if (structure.isOfThings && isSmallCode(raw.name, tally))
      return guess('categorical', `A few ${structure.what} that stand for things, each in many rows.`);
    if (isAll) return guess('identifier', `All values are ${structure.what}.`);
    const which = found.nTexts === 1 ? 'One value has' : `${found.nTexts} different values have`;
    const isWording = averageOver(tally.texts, countWords) > 3;
    return guess(isWording ? 'text' : 'identifier', `${which} the form of ${structure.what}.`);
  }
  return null;
};

interface Shaped {
  readonly nTexts: number;
  readonly nRows: number;
}

function countShaped({ texts, counts }: Tally, test: (text: string) => boolean): Shaped {
  let nTexts = 0;
  let nRows = 0;
  texts.forEach((text, i) => {
    if (!test(text)) return;
    nTexts++;
    nRows += counts[i] ?? 0;
  });
  return { nTexts, nRows };
}

function isEnough({ nTexts, nRows }: Shaped, tally: Tally, fewest: number): boolean {
  if (nTexts < fewest) return false;
  const share = Math.max(nTexts / tally.texts.length, nRows / tally.nPresent);
  return fewest === 1 || share >= LEAST_SHARE;
}

function isSmallCode(name: string, tally: Tally): boolean {
  return tally.texts.length <= 20 && countRepeats(tally) >= 20 && judgeIdentifierName(name) === null;
}
