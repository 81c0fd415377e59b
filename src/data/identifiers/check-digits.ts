/** Check digits: each function takes bare digits (or the characters it names) and says whether they agree. */

const digitsOf = (text: string): number[] => Array.from(text, Number);

/** Σ wᵢ·dᵢ over as many places as there are weights. */
export function weigh(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(text[i] ?? 0), 0);
}

/** ISO/IEC 7812-1 annex B: every second digit from the right doubled. */
export function passesLuhn(digits: string): boolean {
  const sum = digitsOf(digits)
    .reverse()
    .reduce((total, digit, i) => total + (i % 2 === 0 ? digit : crossSum(2 * digit)), 0);
  return sum % 10 === 0;
}

/** Sum of the decimal digits of a number below 100. */
export function crossSum(value: number): number {
  return Math.floor(value / 10) + (value % 10);
}

/** ISO/IEC 7064 MOD 97-10 over digits and letters A–Z (10–35). */
export function passesMod97(text: string): boolean {
  return remainderOf97([...text].map((char) => parseInt(char, 36)).join('')) === 1;
}

/** The remainder by 97 of digits of any length. */
export function remainderOf97(digits: string): number {
  return digitsOf(digits).reduce((rest, digit) => (rest * 10 + digit) % 97, 0);
}

/** ISO/IEC 7064 MOD 11,10, the last digit being the check. */
export function passesMod11And10(digits: string): boolean {
  let product = 10;
  for (const digit of digitsOf(digits.slice(0, -1))) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.slice(-1));
}

/** Ten digits with weights 10 to 2 and the check 11 − sum mod 11, 11 written 0 and 10 not given: NHS and CHI numbers. */
export function passesNhs(digits: string): boolean {
  const check = 11 - (weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return check !== 10 && check % 11 === Number(digits[9]);
}

/** The check digit of ISO/IEC 15420 (EAN-13): weights 1 and 3 in turn. */
export function passesEan13(digits: string): boolean {
  return weigh(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

const DIHEDRAL = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTATION = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff 1969: the dihedral group of ten elements. */
export function passesVerhoeff(digits: string): boolean {
  const result = digitsOf(digits)
    .reverse()
    .reduce((state, digit, i) => Number(DIHEDRAL[state]?.[Number(PERMUTATION[i % 8]?.[digit])]), 0);
  return result === 0;
}

/** True for a day of the calendar in any century; `month` and `day` as written. */
export function isCalendarDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= (LENGTHS[month - 1] ?? 0);
}

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
