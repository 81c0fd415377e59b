import {
  crossSum,
  isCalendarDay,
  passesEan13,
  passesLuhn,
  passesMod11And10,
  remainderOf97,
  weigh,
} from './check-digits';
import { checkDigits, checkedForm, type ValueForm } from './value-form';

const isDay = (text: string, month: number, day: number): boolean =>
  isCalendarDay(Number(text.slice(month, month + 2)), Number(text.slice(day, day + 2)));

/** § 139b AO: eleven digits, of the first ten one at least twice and none more than three times; ISO 7064 MOD 11,10. */
export const isGermanTaxId = checkDigits(/^[1-9]\d{10}$/, (digits) => {
  const counts = [...'0123456789'].map((digit) => digits.slice(0, 10).split(digit).length - 1);
  const most = Math.max(...counts);
  return (most === 2 || most === 3) && passesMod11And10(digits);
});

const letterNumber = (letter: string): string => String(letter.charCodeAt(0) - 64).padStart(2, '0');

/** Versicherungsnummer of the German pension insurance, VKVV § 4. */
export const isGermanPensionNumber = checkDigits(/^\d{8}[A-Z]\d{3}$/, (text) => {
  const digits = text.slice(0, 8) + letterNumber(text.slice(8, 9)) + text.slice(9, 11);
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  const sum = weights.reduce((total, weight, i) => total + crossSum(weight * Number(digits[i])), 0);
  return isDay(text, 4, 2) && sum % 10 === Number(text[11]);
});

/** Krankenversichertennummer, SGB V § 290: a letter and nine digits. */
export const isGermanHealthNumber = checkDigits(/^[A-Z]\d{9}$/, (text) => {
  const digits = letterNumber(text.slice(0, 1)) + text.slice(1, 9);
  const sum = [...digits].reduce((total, digit, i) => total + crossSum((1 + (i % 2)) * Number(digit)), 0);
  return sum % 10 === Number(text[9]);
});

/** NIR (numéro de sécurité sociale): key = 97 − number mod 97, Corsica 2A and 2B as 19 and 18. */
export const isFrenchNumber = checkDigits(/^[1-478]\d{4}(?:\d\d|2[AB])\d{8}$/, (text) => {
  const digits = text.replace('2A', '19').replace('2B', '18');
  return 97 - remainderOf97(digits.slice(0, 13)) === Number(digits.slice(13));
});

/** Personnummer, also with days over 60 (samordningsnummer); Luhn over the last ten digits. */
export function isSwedishNumber(text: string): boolean {
  const match = /^(?:19|20)?(\d{6})([-+]?)(\d{4})$/.exec(text);
  if (match === null) return false;
  const ten = `${match[1] ?? ''}${match[3] ?? ''}`;
  return isCalendarDay(Number(ten.slice(2, 4)), Number(ten.slice(4, 6)) % 60) && passesLuhn(ten);
}

const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** Henkilötunnus: the check character is the number mod 31. */
export function isFinnishNumber(text: string): boolean {
  const match = /^(\d{6})[-+A-FU-Y](\d{3})([0-9A-Y])$/.exec(text);
  if (match === null) return false;
  const [, date = '', serial = '', check = ''] = match;
  return isDay(date, 2, 0) && FINNISH[Number(date + serial) % 31] === check;
}

/** CPR number with its hyphen: since 2007 without a check digit, so its date alone is looked at. */
export function isDanishNumber(text: string): boolean {
  return /^\d{6}-\d{4}$/.test(text) && isDay(text, 2, 0);
}

/** Fødselsnummer: two check digits mod 11; D-numbers have days over 40. */
export const isNorwegianNumber = checkDigits(/^\d{11}$/, (digits) => {
  const isDated = isCalendarDay(Number(digits.slice(2, 4)), Number(digits.slice(0, 2)) % 40);
  return (
    isDated &&
    weigh(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weigh(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
});

const ODD_VALUES = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Codice fiscale, DM 23-12-1976: odd places by a table, even ones by order, mod 26. */
export const isItalianCode = checkDigits(
  /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/,
  (text) => {
    const order = (char: string): number => (/\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65);
    const sum = [...text.slice(0, 15)].reduce(
      (total, char, i) => total + (i % 2 === 0 ? (ODD_VALUES[order(char)] ?? 0) : order(char)),
      0,
    );
    return String.fromCharCode(65 + (sum % 26)) === text[15];
  },
);

const SPANISH = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** DNI and NIE: the letter is the number mod 23, X, Y, Z counting 0, 1, 2. */
export const isSpanishNumber = checkDigits(/^[XYZ\d]\d{7}[A-Z]$/, (text) => {
  const number = Number(text.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2'));
  return SPANISH[number % 23] === text[8];
});

/** Burgerservicenummer: weights 9 to 2 and −1, mod 11. */
export const isDutchNumber = checkDigits(
  /^\d{9}$/,
  (digits) => digits !== '000000000' && weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
);

/** Rijksregisternummer: 97 − nine digits mod 97, a 2 in front for those born from 2000. */
export const isBelgianNumber = checkDigits(/^\d{11}$/, (digits) => {
  const check = Number(digits.slice(9));
  const isKey = (body: string): boolean => 97 - remainderOf97(body) === check;
  const body = digits.slice(0, 9);
  return Number(digits.slice(2, 4)) <= 12 && (isKey(body) || isKey(`2${body}`));
});

/** PESEL: months have a century added in twenties. */
export const isPolishNumber = checkDigits(/^\d{11}$/, (digits) => {
  const isDated = isCalendarDay(Number(digits.slice(2, 4)) % 20, Number(digits.slice(4, 6)));
  return isDated && weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
});

/** Swiss AHV number: EAN-13 that begins with 756. */
export const isSwissNumber = checkDigits(/^756\d{10}$/, passesEan13);

/** Austrian Sozialversicherungsnummer: the check is the fourth digit; months 13 to 15 stand for unknown days. */
export const isAustrianNumber = checkDigits(/^[1-9]\d{9}$/, (digits) => {
  const month = Number(digits.slice(6, 8));
  const isDated = month > 12 ? month <= 15 : isDay(digits, 6, 4);
  return isDated && weigh(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(digits[3]);
});

/** Irish PPS number: weights 8 to 2, an optional second letter by 9, mod 23. */
export const isIrishNumber = checkDigits(/^\d{7}[A-W][A-IW]?$/, (text) => {
  const value = (letter: string): number => (letter === 'W' ? 0 : letter.charCodeAt(0) - 64);
  const sum = weigh(text, [8, 7, 6, 5, 4, 3, 2]) + 9 * (text.length > 8 ? value(text.slice(8)) : 0);
  return sum % 23 === value(text.slice(7, 8));
});

/** Czech and Slovak rodné číslo with its slash: divisible by 11; women's months have 50 added. */
export function isCzechNumber(text: string): boolean {
  if (!/^\d{6}\/\d{4}$/.test(text)) return false;
  const digits = text.replace('/', '');
  return (
    isCalendarDay((Number(digits.slice(2, 4)) % 50) % 20, Number(digits.slice(4, 6))) &&
    Number(digits) % 11 === 0
  );
}

const national = (what: string, test: (text: string) => boolean, chance = 0.1): ValueForm =>
  checkedForm('national-number', what, test, chance);

/** National numbers of Europe, those with letters or dates before bare digits. */
export const EUROPEAN_NUMBERS: readonly ValueForm[] = [
  national('an Italian codice fiscale with its check letter', isItalianCode, 0.001),
  national('a German pension insurance number with its check digit', isGermanPensionNumber, 0.01),
  checkedForm(
    'health-plan-number',
    'a German health insurance number with its check digit',
    isGermanHealthNumber,
  ),
  national('a Finnish henkilötunnus with its check character', isFinnishNumber, 0.001),
  national('a Spanish DNI or NIE with its check letter', isSpanishNumber, 0.04),
  national('an Irish PPS number with its check letter', isIrishNumber, 0.04),
  national('a Czech or Slovak birth number divisible by 11', isCzechNumber, 0.01),
  national('a French social security number with its key', isFrenchNumber, 0.01),
  national('a Swiss AHV number with its check digit', isSwissNumber, 0.001),
  national('a Norwegian fødselsnummer with its check digits', isNorwegianNumber, 0.004),
  national('a Belgian national number with its key', isBelgianNumber, 0.01),
  national('a Polish PESEL with its check digit', isPolishNumber, 0.03),
  national('a Swedish personnummer with its check digit', isSwedishNumber, 0.03),
  national('a Danish CPR number (its date; it has no check digit)', isDanishNumber, 0.04),
  national('an Austrian social insurance number with its check digit', isAustrianNumber, 0.03),
  national('a German tax number with its check digit', isGermanTaxId, 0.08),
  national('a Dutch burgerservicenummer with its check digit', isDutchNumber),
];
