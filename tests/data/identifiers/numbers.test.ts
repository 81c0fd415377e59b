import { describe, expect, it } from 'vitest';
import {
  isCardNumber,
  isHardwareAddress,
  isIban,
  isImei,
  isUdi,
  isVin,
} from '../../../src/data/identifiers/account-and-device-numbers';
import * as english from '../../../src/data/identifiers/english-numbers';
import * as european from '../../../src/data/identifiers/european-numbers';

interface Example {
  readonly what: string;
  readonly test: (text: string) => boolean;
  /** Published specimens, none of which belongs to a person. */
  readonly good: readonly string[];
  /** Place of the check character from the right; null where there is none. */
  readonly checkAt?: number | null;
}

const EXAMPLES: readonly Example[] = [
  {
    what: 'IBAN (ISO 13616 registry)',
    test: isIban,
    good: [
      'GB29 NWBK 6016 1331 9268 19',
      'DE89370400440532013000',
      'FR1420041010050500013M02606',
      'NL91ABNA0417164300',
    ],
  },
  {
    what: 'card (issuers’ test numbers)',
    test: isCardNumber,
    good: ['4111 1111 1111 1111', '5555555555554444', '378282246310005', '6011111111111117'],
  },
  { what: 'IMEI', test: isImei, good: ['490154203237518', '35-209900-176148-1'] },
  { what: 'VIN', test: isVin, good: ['1M8GDM9AXKP042788', '11111111111111111'], checkAt: 9 },
  { what: 'NPI (CMS)', test: english.isNpi, good: ['1234567893', '1245319599'] },
  { what: 'DEA', test: english.isDeaNumber, good: ['AB1234563', 'F91234563'] },
  { what: 'NHS', test: english.isNhsNumber, good: ['943 476 5919', '4010232137', '9000000009'] },
  { what: 'CHI (made: a last day of December 1999)', test: english.isChiNumber, good: ['3112991001'] },
  { what: 'Canadian SIN', test: english.isCanadianNumber, good: ['123-456-782', '193456787'] },
  {
    what: 'Australian Medicare',
    test: english.isAustralianMedicare,
    good: ['2123 45670 1', '2428778132'],
    checkAt: 2,
  },
  { what: 'CPF', test: english.isBrazilianNumber, good: ['390.533.447-05', '111.444.777-35'] },
  { what: 'Aadhaar', test: english.isAadhaar, good: ['2341 2341 2346'] },
  {
    what: 'German tax number (BZSt)',
    test: european.isGermanTaxId,
    good: ['86095742719', '47036892816', '65929970489'],
  },
  {
    what: 'German pension insurance number',
    test: european.isGermanPensionNumber,
    good: ['15 070649 C 103', '65170839J003'],
  },
  { what: 'German health insurance number', test: european.isGermanHealthNumber, good: ['A123456780'] },
  { what: 'NIR', test: european.isFrenchNumber, good: ['2 55 08 14 168 025 38', '253072B07300470'] },
  {
    what: 'Swedish personnummer (Skatteverket)',
    test: european.isSwedishNumber,
    good: ['811228-9874', '198112289874', '670919-9530'],
  },
  { what: 'Finnish henkilötunnus', test: european.isFinnishNumber, good: ['131052-308T'] },
  { what: 'Danish CPR', test: european.isDanishNumber, good: ['211062-5629'], checkAt: null },
  { what: 'Norwegian fødselsnummer', test: european.isNorwegianNumber, good: ['151086 95088'] },
  { what: 'codice fiscale', test: european.isItalianCode, good: ['RSSMRA85T10A562S', 'RCCMNL83S18D969H'] },
  { what: 'DNI and NIE', test: european.isSpanishNumber, good: ['12345678Z', '54362315-K', 'X-2482300W'] },
  { what: 'BSN', test: european.isDutchNumber, good: ['111222333', '123456782'] },
  { what: 'Belgian national number', test: european.isBelgianNumber, good: ['85.07.30-033 28'] },
  { what: 'PESEL', test: european.isPolishNumber, good: ['44051401359', '02070803628'] },
  { what: 'AHV', test: european.isSwissNumber, good: ['756.9217.0769.85', '756.1234.5678.97'] },
  { what: 'Austrian SVNR', test: european.isAustrianNumber, good: ['1237 010180'], checkAt: 8 },
  { what: 'Irish PPS', test: european.isIrishNumber, good: ['1234567T', '1234567FA'] },
  { what: 'rodné číslo', test: european.isCzechNumber, good: ['710319/2745'] },
];

describe('numbers with check digits', () => {
  for (const { what, test, good } of EXAMPLES) {
    it(`knows published examples of ${what}`, () => {
      for (const text of good) expect([text, test(text)]).toEqual([text, true]);
      expect(good.length).toBeGreaterThan(0);
    });
  }

  for (const { what, test, good, checkAt = 1 } of EXAMPLES) {
    if (checkAt === null) continue;
    it(`refuses ${what} with another check character`, () => {
      for (const text of good) {
        const at = text.length - checkAt - countMarks(text, checkAt);
        const others = listOthers(text.charAt(at)).map(
          (char) => text.slice(0, at) + char + text.slice(at + 1),
        );
        expect(others.filter(test)).toEqual([]);
      }
    });
  }

  it('refuses what never was given out', () => {
    const never = ['000-12-3456', '666-12-3456', '123-00-4567', '123-45-0000', '123456789'];
    expect(never.filter(english.isSocialSecurityNumber)).toEqual([]);
    expect(english.isSocialSecurityNumber('219-09-9999')).toBe(true);
    expect(['0000000000', '1111111111'].filter(english.isNhsNumber)).toEqual([]);
    expect(['00000000000', '11111111111'].filter(english.isBrazilianNumber)).toEqual([]);
    expect(european.isDanishNumber('311362-5629')).toBe(false);
    expect(european.isDutchNumber('000000000')).toBe(false);
  });

  it('knows the places of a Medicare Beneficiary Identifier', () => {
    expect(['1EG4-TE5-MK72', '1EG4TE5MK73'].every(english.isMedicareNumber)).toBe(true);
    expect(['0EG4-TE5-MK72', '1SG4-TE5-MK72', '1EG4-TE5-MK7'].filter(english.isMedicareNumber)).toEqual([]);
  });

  it('knows forms of device identifiers', () => {
    expect(['(01)00844588003288(17)141120(21)10987654d321', '+H123PARTNO1234567890120'].every(isUdi)).toBe(
      true,
    );
    expect(['0101', '+4915112345', '(02)123'].filter(isUdi)).toEqual([]);
    expect(['00:1B:44:11:3A:B7', '00-1b-44-11-3a-b7'].every(isHardwareAddress)).toBe(true);
    expect(['00:1B:44:11:3A', '00:1B-44:11:3A:B7', '12:30:45'].filter(isHardwareAddress)).toEqual([]);
  });
});

/** Marks between the place and the end, which the place from the right does not count. */
function countMarks(text: string, checkAt: number): number {
  let nMarks = 0;
  let nChars = 0;
  for (let i = text.length - 1; i >= 0 && nChars < checkAt; i--) {
    if (/[ .\-/]/.test(text.charAt(i))) nMarks++;
    else nChars++;
  }
  return nMarks;
}

function listOthers(char: string): string[] {
  const alphabet = /\d/.test(char) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return [...alphabet].filter((other) => other !== char);
}
