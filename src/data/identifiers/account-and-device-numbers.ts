import { passesLuhn, passesMod97 } from './check-digits';
import { checkDigits, checkedForm, sureForm, type ValueForm } from './value-form';

/** ISO 13616: country, two check digits and up to thirty characters, MOD 97-10. */
export const isIban = checkDigits(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, (text) =>
  passesMod97(text.slice(4) + text.slice(0, 4)),
);

/** Card numbers of the large issuers (ISO/IEC 7812): 13 to 19 digits that begin 2 to 6 and pass Luhn. */
export const isCardNumber = checkDigits(
  /^(?:4\d{12,18}|5[0-8]\d{14,17}|6\d{14,18}|2[2-7]\d{14}|3[04-9]\d{12,14}|(?:1800|2131)\d{11})$/,
  passesLuhn,
);

/** IMEI: fifteen digits that pass Luhn (3GPP TS 23.003). */
export const isImei = checkDigits(/^[0-9]\d{14}$/, passesLuhn);

const VIN_VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH', ...'JKLMN', ...'P', ...'R', ...'STUVWXYZ'].map((letter, i) => [
    letter,
    [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9][i] ?? 0,
  ]),
);
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Vehicle identification number with the check of 49 CFR 565.15 (North America). */
export const isVin = checkDigits(/^[A-HJ-NPR-Z0-9]{17}$/, (text) => {
  const sum = [...text].reduce(
    (total, char, i) => total + (VIN_VALUES[char] ?? Number(char)) * (VIN_WEIGHTS[i] ?? 0),
    0,
  );
  return text[8] === (sum % 11 === 10 ? 'X' : String(sum % 11));
});

/** GS1, HIBCC or ICCBBA form of a unique device identifier: its device part, in brackets or behind a flag character. */
export function isUdi(text: string): boolean {
  return /^(?:\(01\)\d{14}|01\d{14}(?:1[017]|21)|\+[A-Z]\d{3}[A-Z0-9]{1,18}\d|=\/[A-Z0-9]{6}\d)/.test(text);
}

/** IEEE 802 hardware address, six pairs of hexadecimal digits. */
export function isHardwareAddress(text: string): boolean {
  return /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}$/i.test(text);
}

/** Numbers of accounts, cards, vehicles and devices. */
export const ACCOUNT_AND_DEVICE_NUMBERS: readonly ValueForm[] = [
  sureForm('account-number', 'an IBAN with its check digits', isIban),
  sureForm('vehicle-number', 'a vehicle identification number with its check digit', isVin, { share: 0.2 }),
  sureForm('device-number', 'a unique device identifier (UDI)', isUdi, { share: 0.2 }),
  sureForm('device-number', 'a hardware address', isHardwareAddress),
  checkedForm('account-number', 'a card number with its check digit', isCardNumber, 0.04),
  checkedForm('device-number', 'an IMEI with its check digit', isImei),
];
