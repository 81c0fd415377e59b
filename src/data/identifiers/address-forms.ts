import { sureForm, type ValueForm } from './value-form';

const ROAD =
  'street|st|avenue|ave?|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir|place|pl|terrace|ter|way|highway|hwy|parkway|pkwy|square|sq|crescent|close|grove|gardens?|trail|trl|alley|pass|loop|run|row|walk|mews|hill|esplanade|promenade|causeway|junction|mall|plaza|spur|village|estates?|rest|ridge|meadow|view|park';
/** A house number, words, and a word for a road: `12 High Street`, `4B Elm Rd Apt 2`. */
const ENGLISH = new RegExp(
  `^(?:(?:apt|suite|unit|flat|no)\\.? ?[\\w-]+,? )?\\d{1,6}[a-z]?(?:[-/]\\d+)?,? (?:[\\p{L}\\p{N}.'’-]+ ){1,5}?(?:${ROAD})\\b`,
  'iu',
);
/** A word for a road and a number behind it, as in German, Dutch, Italian, Spanish and the Nordic languages. */
const CONTINENTAL =
  /(?:^|\s|\p{L})(?:stra(?:ß|ss)e|str\.|gasse|weg|platz|allee|ufer|damm|ring|straat|laan|plein|gracht|kade|dreef|vägen|gatan|gade|vej|veien|gata|katu|tie|utca|út)[ ,]+\d{1,4} ?[a-z]?(?:[-/]\d+)?\b/iu;
const ROMANCE =
  /^(?:(?:\d{1,4}(?: ?(?:bis|ter))?,? )?(?:rue|avenue|boulevard|chemin|impasse|quai|route|allée)|(?:via|viale|piazza|corso|vicolo|strada|contrada)|(?:calle|c\/|avenida|avda\.?|plaza|paseo|carrer)|(?:rua|travessa)|ul\.|ulica) .*\p{L}/iu;
const POST_BOX = /\bp\.? ?o\.? box \d+/i;

/** True for an address that names a road and a house, or a post box. */
export function isStreetAddress(text: string): boolean {
  if (text.length < 6 || text.length > 160) return false;
  const line = text.replace(/\s+/g, ' ');
  return (
    POST_BOX.test(line) ||
    ENGLISH.test(line) ||
    CONTINENTAL.test(line) ||
    (/\d/.test(line) && ROMANCE.test(line))
  );
}

/** Postal code of the United Kingdom (BS 7666): it stands for some fifteen households. */
export function isBritishPostcode(text: string): boolean {
  return /^(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]) ?\d[ABD-HJLNP-UW-Z]{2})$/i.test(
    text,
  );
}

/** Postal codes of Canada and the Netherlands, which letters tell from other codes. */
export function isLetteredPostcode(text: string): boolean {
  return /^(?:[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d|[1-9]\d{3} [A-Z]{2})$/.test(
    text,
  );
}

/** ZIP+4 code of the United States. */
export function isZipPlusFour(text: string): boolean {
  return /^\d{5}-\d{4}$/.test(text);
}

/** Latitude and longitude in one cell. */
export function isCoordinatePair(text: string): boolean {
  return /^[([]?[+-]?\d{1,2}\.\d{3,}[,;] ?[+-]?1?\d{1,2}\.\d{3,}[)\]]?$/.test(text);
}

/** Where a person lives. */
export const ADDRESS_FORMS: readonly ValueForm[] = [
  sureForm('street-address', 'a street address', isStreetAddress, { share: 0.25 }),
  sureForm('postcode', 'a British postcode', isBritishPostcode, { share: 0.7 }),
  sureForm('postcode', 'a Canadian or Dutch postcode', isLetteredPostcode, { share: 0.7 }),
  sureForm('zip-code', 'a ZIP+4 code', isZipPlusFour, { share: 0.5 }),
  sureForm('coordinates', 'a pair of geographic coordinates', isCoordinatePair, { share: 0.7 }),
];
