import { describe, expect, it } from 'vitest';
import { KINDS } from '../../../src/data/identifiers/kinds';
import { cells, findIn, findOne } from './columns';

const pick = (list: readonly string[]) => (i: number) => list[i % list.length] ?? '';
const digits = (i: number, n: number): string =>
  String((i * 7919 + 12_345) ** 2 + 10 ** (n - 1))
    .slice(-n)
    .padStart(n, '1');
const WORDS = 'ash bay cove dell elm fern glen hill isle knoll'.split(' ');

/** Ten digits whose NHS check fits; the numbers are made and begin with 999, which is not given out. */
function makeNhs(i: number): string {
  for (let serial = i * 13; ; serial++) {
    const body = `999${String(100_000 + serial)}`;
    const check = 11 - ([...body].reduce((sum, digit, at) => sum + (10 - at) * Number(digit), 0) % 11);
    if (check !== 10) return body + String(check % 11);
  }
}

describe('finding identifiers by name', () => {
  it.each([
    [
      'surname',
      'person-name',
      pick(['Quux', 'Corge', 'Grault', 'Garply', 'Waldo', 'Plugh', 'Xyzzy', 'Thud']),
    ],
    [
      'Nachname',
      'person-name',
      pick(['Quux', 'Corge', 'Grault', 'Garply', 'Waldo', 'Plugh', 'Xyzzy', 'Thud']),
    ],
    ['street_address', 'street-address', (i: number) => `Plot ${WORDS[i % 10] ?? ''} ${i}`],
    ['city', 'place', pick(WORDS)],
    ['zip', 'zip-code', (i: number) => String(10_000 + i * 37)],
    ['PLZ', 'postcode', (i: number) => String(10_000 + i * 37)],
    ['latitude', 'coordinates', (i: number) => (40 + i / 997).toFixed(5)],
    ['home_phone', 'telephone', (i: number) => digits(i, 10)],
    ['Faxnummer', 'fax', (i: number) => digits(i, 10)],
    ['ssn', 'social-security-number', (i: number) => digits(i, 9)],
    ['mrn', 'medical-record-number', (i: number) => digits(i, 7)],
    ['patient_id', 'medical-record-number', (i: number) => `P${i}`],
    ['member_id', 'health-plan-number', (i: number) => `W${digits(i, 8)}`],
    ['account_no', 'account-number', (i: number) => digits(i, 8)],
    ['drivers_license', 'licence-number', (i: number) => `S9${digits(i, 7)}`],
    ['license_plate', 'vehicle-number', (i: number) => `KA ${100 + i}X`],
    ['serial_number', 'device-number', (i: number) => `SN-${digits(i, 6)}`],
    ['fingerprint', 'biometric', (i: number) => `tpl${digits(i, 9)}`],
    ['patient_code', 'medical-record-number', (i: number) => `C${digits(i, 6)}`],
    ['CCNumber', 'account-number', (i: number) => digits(i, 12)],
    ['username', 'other-code', (i: number) => `user_${digits(i, 5)}`],
    ['photo', 'photograph', (i: number) => `face${i}.jpg`],
  ] as const)('takes %s for %s', (name, kind, make) => {
    const found = findOne(name, cells(60, make));
    expect(found).toMatchObject({ kind, letter: KINDS[kind].letter, isDirect: KINDS[kind].isDirect });
    expect(found?.confidence).toBeGreaterThan(0.5);
  });

  it.each([
    ['phone_calls', (i: number) => String(i % 9)],
    ['cpr', (i: number) => String(i % 4)],
    ['visit_number', (i: number) => String(1 + (i % 6))],
    ['has_fax', (i: number) => String(i % 2)],
    ['email_sent', (i: number) => (i % 2 === 0 ? 'yes' : 'no')],
    ['fetal_age', (i: number) => String(24 + (i % 17))],
    ['gestational_age', (i: number) => String(24 + (i % 17))],
    ['state', pick(['NE', 'IA', 'KS'])],
    ['birth_year', (i: number) => String(1930 + (i % 70))],
    ['icd10_code', (i: number) => `E${10 + i}.${i % 10}`],
    ['blood_pressure', (i: number) => `${110 + (i % 30)}/${60 + (i % 20)}`],
    ['weight', (i: number) => (50 + i / 7).toFixed(2)],
    ['site_uuid', (i: number) => `0000000${i % 3}-0000-4000-8000-000000000000`],
  ] as const)('finds nothing in %s', (name, make) => {
    expect(findOne(name, cells(60, make))).toBeUndefined();
  });
});

describe('finding identifiers by values under a header that says nothing', () => {
  it.each([
    ['email', (i: number) => `who${i}@example.org`],
    ['telephone', (i: number) => `(402) 555-0${100 + i}`],
    ['social-security-number', (i: number) => `219-0${(i % 9) + 1}-${1000 + i}`],
    ['web-address', (i: number) => `https://example.org/p/${i}`],
    ['network-address', (i: number) => `192.0.2.${i}`],
    ['street-address', (i: number) => `${100 + i} ${WORDS[i % 10] ?? ''} Street`],
    ['postcode', (i: number) => `SW${1 + (i % 9)}A ${i % 10}AA`],
    ['national-number', makeNhs],
    [
      'person-name',
      (i: number) =>
        `${['Maria', 'John', 'Anna', 'Peter'][i % 4] ?? ''} ${['Quux', 'Corge', 'Grault', 'Garply', 'Thud'][i % 5] ?? ''}`,
    ],
    ['photograph', (i: number) => `scan_${i}.png`],
    ['biometric', (i: number) => `take_${i}.wav`],
    ['event-date', (i: number) => `2020-0${1 + (i % 9)}-1${i % 10}`],
    [
      'free-text',
      (i: number) =>
        `the ${WORDS[i % 10] ?? ''} was seen at ${i} and the ${WORDS[(i * 7) % 10] ?? ''} was well after that`,
    ],
  ] as const)('finds %s', (kind, make) => {
    expect(findOne('field', cells(60, make))).toMatchObject({ kind, letter: KINDS[kind].letter });
  });

  it('does not take ten digits whose checks fit no more often than by chance for numbers of persons', () => {
    const found = findOne(
      'field',
      cells(60, (i) => digits(i, 10)),
    );
    expect(found?.kind).not.toBe('national-number');
  });

  it('says the share that fits and no cell value', () => {
    const found = findOne(
      'field',
      cells(60, (i) => (i % 3 === 0 ? `x${i}` : `who${i}@example.org`)),
    );
    expect(found?.reason).toBe('67 % of 60 different values have the form of an e-mail address.');
  });

  it('raises its confidence where name and check digits agree', () => {
    const byName = findOne(
      'nhs_number',
      cells(60, (i) => digits(i, 10)),
    );
    const byBoth = findOne('nhs_number', cells(60, makeNhs));
    expect(byBoth?.kind).toBe('national-number');
    expect(byBoth?.confidence).toBeGreaterThan(byName?.confidence ?? 1);
  });

  it('believes values of a sure form before a name with other meanings', () => {
    expect(
      findOne(
        'contact',
        cells(60, (i) => `who${i}@example.org`),
      )?.kind,
    ).toBe('email');
  });
});

describe('what is proposed', () => {
  const person = cells(60, (i) => `P${i >> 1}`);
  const day = cells(60, (i) => `2020-0${1 + (i % 9)}-1${i % 10}`);

  it('counts dates of care from the first of each patient where a patient’s key repeats, and gives years where none does', () => {
    const withKey = findIn({ patient_id: person, seen: day });
    expect(withKey.find(({ column }) => column === 'seen')?.proposal).toMatchObject({
      action: 'generalise',
      by: { rule: 'days-since-first', key: 'patient_id' },
    });
    expect(findOne('seen', day)?.proposal).toMatchObject({ action: 'generalise', by: { rule: 'year' } });
  });

  it('gives birth and death by year even beside a patient’s key', () => {
    const found = findIn({ patient_id: person, dob: day });
    expect(found.find(({ column }) => column === 'dob')).toMatchObject({
      kind: 'birth-or-death-date',
      proposal: { action: 'generalise', by: { rule: 'year', format: 'yyyy-MM-dd' } },
    });
  });

  it('puts births together that show an age over 89 by the latest date of the table, unless the calendar was shifted', () => {
    const births = (first: number) => cells(60, (i) => `${first + i}-03-0${1 + (i % 9)}`);
    const proposalOf = (dob: readonly string[]) =>
      findIn({ dob, seen: day }).find(({ column }) => column === 'dob')?.proposal;
    const by = { column: 'dob', rule: 'year', format: 'yyyy-MM-dd' };
    expect(proposalOf(births(1920))).toEqual({ action: 'generalise', by: { ...by, earliest: 1930 } });
    expect(proposalOf(births(1930))).toEqual({ action: 'generalise', by });
    expect(proposalOf(births(1850))).toEqual({ action: 'generalise', by });
  });

  it('caps ages only where there are any over 89', () => {
    const old = findOne(
      'age',
      cells(60, (i) => String(40 + i)),
    );
    expect(old?.proposal).toMatchObject({ action: 'generalise', by: { rule: 'age-90' } });
    expect(
      findOne(
        'age_at_admission',
        cells(60, (i) => String(40 + i)),
      )?.kind,
    ).toBe('age');
    const young = findOne(
      'age',
      cells(60, (i) => String(20 + i)),
    );
    expect(young?.proposal).toEqual({ action: 'quasi-identifier' });
  });

  it('drops free text, names and numbers that could be somebody’s, and regenerates an institution’s own', () => {
    expect(
      findOne(
        'ssn',
        cells(60, (i) => `219-09-${1000 + i}`),
      )?.proposal.action,
    ).toBe('drop');
    expect(
      findOne(
        'surname',
        cells(60, (i) => `Quux${WORDS[i % 10] ?? ''}`),
      )?.proposal.action,
    ).toBe('drop');
    expect(
      findOne(
        'mrn',
        cells(60, (i) => digits(i, 7)),
      )?.proposal.action,
    ).toBe('regenerate');
    expect(
      findOne(
        'zip',
        cells(60, (i) => String(10_000 + i)),
      )?.proposal,
    ).toMatchObject({ action: 'generalise', by: { rule: 'zip3' } });
  });

  it('finds at most one thing a column, in file order, and nothing in an empty one', () => {
    const found = findIn({
      ssn: cells(60, (i) => `219-09-${1000 + i}`),
      none: cells(60, () => ''),
      dob: day,
    });
    expect(found.map(({ column }) => column)).toEqual(['ssn', 'dob']);
  });
});
