import { isCalendarDay, passesLuhn, passesNhs, passesVerhoeff, weigh } from './check-digits';
import { checkDigits, checkedForm, sureForm, type ValueForm } from './value-form';

/** NHS number of England, Wales and the Isle of Man. */
export const isNhsNumber = checkDigits(
  /^\d{10}$/,
  (digits) => !/^(\d)\1+$/.test(digits) && passesNhs(digits),
);

/** CHI number of Scotland: the check of the NHS number over a date of birth and a serial number. */
export const isChiNumber = checkDigits(
  /^\d{10}$/,
  (digits) => isCalendarDay(Number(digits.slice(2, 4)), Number(digits.slice(0, 2))) && passesNhs(digits),
);

/**
 * Social security number with hyphens; areas 000 and 666, group 00 and serial 0000 were never given. Areas from
 * 900 are taxpayers’ numbers and made-up ones, and count too.
 */
export function isSocialSecurityNumber(text: string): boolean {
  return /^(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(text);
}

/** National Provider Identifier: Luhn with 80840 in front. */
export const isNpi = checkDigits(/^[12]\d{9}$/, (digits) => passesLuhn(`80840${digits}`));

/** DEA registration: (1st + 3rd + 5th) + 2 · (2nd + 4th + 6th), last digit. */
export const isDeaNumber = checkDigits(
  /^[A-HJ-MPRSTUX][A-Z9]\d{7}$/,
  (text) => weigh(text.slice(2), [1, 2, 1, 2, 1, 2]) % 10 === Number(text[8]),
);

const MBI_LETTER = '[AC-HJKMNP-RT-Y]';
const MBI = new RegExp(
  `^[1-9]${MBI_LETTER}(?:${MBI_LETTER}|\\d)\\d${MBI_LETTER}(?:${MBI_LETTER}|\\d)\\d${MBI_LETTER}{2}\\d{2}$`,
);

/** Medicare Beneficiary Identifier: eleven places, each of a kind (CMS, no check digit). */
export const isMedicareNumber = checkDigits(MBI, () => true);

/** Canadian Social Insurance Number: Luhn over nine digits, 0 and 8 not given to persons. */
export const isCanadianNumber = checkDigits(/^[1-79]\d{8}$/, passesLuhn);

/** Australian Medicare number: the ninth digit is the check. */
export const isAustralianMedicare = checkDigits(
  /^[2-6]\d{9}$/,
  (digits) => weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]),
);

/** Brazilian CPF: two check digits mod 11. */
export const isBrazilianNumber = checkDigits(/^\d{11}$/, (digits) => {
  const check = (weights: readonly number[]): number => ((weigh(digits, weights) * 10) % 11) % 10;
  return (
    !/^(\d)\1+$/.test(digits) &&
    check([10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[9]) &&
    check([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[10])
  );
});

/** Aadhaar of India: Verhoeff over twelve digits. */
export const isAadhaar = checkDigits(/^[2-9]\d{11}$/, passesVerhoeff);

/** Numbers of persons in English-speaking countries, India and Brazil. */
export const ENGLISH_NUMBERS: readonly ValueForm[] = [
  sureForm('social-security-number', 'a US social security number', isSocialSecurityNumber),
  sureForm('health-plan-number', 'a Medicare Beneficiary Identifier', isMedicareNumber, { share: 0.5 }),
  checkedForm('licence-number', 'a DEA number with its check digit', isDeaNumber, 0.05),
  checkedForm('national-number', 'a Brazilian CPF with its check digits', isBrazilianNumber, 0.01),
  checkedForm('national-number', 'a Scottish CHI number with its check digit', isChiNumber, 0.03),
  checkedForm('licence-number', 'a US National Provider Identifier with its check digit', isNpi),
  checkedForm('national-number', 'an NHS number with its check digit', isNhsNumber),
  checkedForm(
    'health-plan-number',
    'an Australian Medicare number with its check digit',
    isAustralianMedicare,
  ),
  checkedForm('national-number', 'an Aadhaar number with its check digit', isAadhaar),
  checkedForm('national-number', 'a Canadian Social Insurance Number with its check digit', isCanadianNumber),
];
