import { describe, expect, it } from 'vitest';
import * as addresses from '../../../src/data/identifiers/address-forms';
import { isHost, isIpv6, isWrittenTelephone } from '../../../src/data/identifiers/contact-forms';
import { isImage, isSound } from '../../../src/data/identifiers/image-forms';
import { isPersonName } from '../../../src/data/identifiers/name-forms';
import { findForms, rateForm, VALUE_FORMS } from '../../../src/data/identifiers/read-values';
import { KINDS } from '../../../src/data/identifiers/kinds';

interface Form {
  readonly what: string;
  readonly test: (text: string) => boolean;
  readonly fits: readonly string[];
  readonly fitsNot: readonly string[];
}

const FORMS: readonly Form[] = [
  {
    what: 'a telephone number',
    test: isWrittenTelephone,
    fits: [
      '(402) 555-0123',
      '+44 20 7946 0958',
      '001-402-555-0123',
      '402.555.0123 x12',
      '030 123456-78',
      '040/22179-0',
    ],
    fitsNot: [
      '219-09-9999',
      '2020-01-31',
      '31.12.2020',
      '12.5',
      '1 234 567',
      '192.168.10.20',
      '4111 1111 1111 1111',
      '68154-1234',
      '12345678',
    ],
  },
  {
    what: 'an internet host',
    test: isHost,
    fits: ['example.org', 'https://example.org/a?b', 'www.example.co.uk'],
    fitsNot: ['scan.png', 'a@example.org', '1.5', 'e.g.', 'word'],
  },
  {
    what: 'an IPv6 address',
    test: isIpv6,
    fits: ['2001:db8::1', 'fe80:0:0:0:0:0:0:1', '2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
    fitsNot: ['12:30', '12:30:45', '::', '1::2::3', '12345:1:1:1:1:1:1:1', 'beef'],
  },
  {
    what: 'a street address',
    test: addresses.isStreetAddress,
    fits: [
      '12 High Street',
      '4B Elm Rd Apt 2',
      'Musterstraße 12',
      'Hauptstr. 5a',
      'Keizersgracht 174',
      '12 rue de la Paix',
      'Via Roma 5',
      'Calle Mayor, 10',
      'PO Box 123',
    ],
    fitsNot: ['Street', '12 mg twice a day', 'Main', 'weg', 'rue', '120/80'],
  },
  {
    what: 'a British postcode',
    test: addresses.isBritishPostcode,
    fits: ['SW1A 1AA', 'M1 1AE', 'ec1a1bb', 'GIR 0AA'],
    fitsNot: ['A1', 'QQ1 1AA', 'SW1A 1CC', 'I10', 'E11.9'],
  },
  {
    what: 'a Canadian or Dutch postcode',
    test: addresses.isLetteredPostcode,
    fits: ['K1A 0B1', '1012 AB'],
    fitsNot: ['D1A 0B1', '0012 AB', 'K1A'],
  },
  {
    what: 'a ZIP+4 code',
    test: addresses.isZipPlusFour,
    fits: ['68154-1234'],
    fitsNot: ['68154', '6815-1234'],
  },
  {
    what: 'a pair of coordinates',
    test: addresses.isCoordinatePair,
    fits: ['41.2565, -95.9345', '(48.137,11.575)'],
    fitsNot: ['1.5, 2.5', '120/80', '41.2565'],
  },
  {
    what: 'a picture',
    test: isImage,
    fits: ['face.JPG', 'x/1.dcm', 'data:image/png;base64,AA'],
    fitsNot: ['jpg', 'face.csv'],
  },
  {
    what: 'a sound',
    test: isSound,
    fits: ['take1.wav', 'data:audio/ogg;base64,AA'],
    fitsNot: ['wave', 'take1.png'],
  },
  {
    what: 'a name of a person',
    test: isPersonName,
    fits: ['Maria Quux', 'Dr. Peter Corge', 'JOHN', 'José', 'Anna-Lena Thud', 'Smith312', 'Garply, John'],
    fitsNot: ['maria', 'Aspirin', 'Maria has two children and a dog', 'MICU', '12 John', 'Emergency Room'],
  },
];

describe('forms of values', () => {
  it.each(FORMS)('$what is told by its form', ({ test, fits, fitsNot }) => {
    expect(fits.filter((text) => !test(text))).toEqual([]);
    expect(fitsNot.filter(test)).toEqual([]);
  });

  it('are looked for in every kind of text without failing', () => {
    const nasty = [
      '',
      ' ',
      '\u0000',
      '\ud800',
      '0'.repeat(5000),
      'a'.repeat(5000),
      '@',
      '::',
      '--',
      '((((',
      '٣٤٥',
    ];
    for (const form of VALUE_FORMS) for (const text of nasty) expect(typeof form.test(text)).toBe('boolean');
    expect(findForms([])).toEqual([]);
  });

  it('each belong to a kind with its item of Safe Harbor', () => {
    expect(VALUE_FORMS.map(({ kind }) => KINDS[kind].letter).every((letter) => /^[A-R]$/.test(letter))).toBe(
      true,
    );
    expect(new Set(Object.values(KINDS).map(({ letter }) => letter)).size).toBe(18);
  });

  it('count only above what chance would give', () => {
    const form = VALUE_FORMS.find(({ chance }) => chance === 0.1);
    if (form === undefined) throw new Error('no form with one check digit');
    expect(rateForm({ form, nTexts: 100, nFitting: 10 })).toBe(0);
    expect(rateForm({ form, nTexts: 100, nFitting: 100 })).toBeCloseTo(0.95, 12);
  });
});
