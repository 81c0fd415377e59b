import { describe, expect, it } from 'vitest';
import { inferSchema } from '../../src/data/infer-schema';
import { findColumn, makeRaw, openBytes, PLAIN_RULES } from './open-text';
import { IDENTIFYING, makeEnglish, makeGerman } from './several-rows';

const cells = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));

function typesOf(columns: Readonly<Record<string, readonly string[]>>) {
  const schema = inferSchema(makeRaw(columns), PLAIN_RULES);
  return Object.fromEntries(schema.columns.map(({ name, type }) => [name, type]));
}

describe('columns of patients with several rows', () => {
  const nPersons = 100;
  const nRows = 8 * nPersons;
  const person = (i: number) => Math.floor(i / 8);
  const pid = cells(nRows, (i) => `P${1000 + person(i)}`);

  it.each([
    ['one-word codes', (i: number) => `K${person(i) * 7919}Q`, 'identifier'],
    [
      'codes that differ in a few rows',
      (i: number) => (i % 50 === 0 ? 'none' : `K${person(i) * 7919}Q`),
      'identifier',
    ],
    ['wordings', (i: number) => `lives behind house ${person(i)}`, 'text'],
    ['codes of a few persons each', (i: number) => `K${Math.floor(person(i) / 5)}`, 'categorical'],
    ['codes that change from row to row', (i: number) => `K${(i * 7) % 90}`, 'categorical'],
    ['numbers measured once', (i: number) => `${2000 + person(i) * 13}`, 'integer'],
  ])('judges %s over persons', (_, make, type) => {
    expect(typesOf({ pid, x: cells(nRows, make) })['x']).toBe(type);
    expect(typesOf({ x: cells(nRows, make) })['x']).not.toBe(type === 'categorical' ? 'identifier' : 'text');
  });

  it('leaves a column of categories alone where too few persons are there to judge by', () => {
    const few = cells(80, (i) => `P${Math.floor(i / 8)}`);
    expect(typesOf({ pid: few, x: cells(80, (i) => `K${Math.floor(i / 8)}`) })['x']).toBe('categorical');
  });

  it('names the column that it judged by', () => {
    const schema = inferSchema(makeRaw({ pid, x: cells(nRows, (i) => `K${person(i)}`) }), PLAIN_RULES);
    expect(findColumn(schema.columns, 'x').reason).toContain('"pid"');
  });

  it.each([
    ['English', makeEnglish],
    ['German', makeGerman],
  ])('finds each identifying column of a table in %s', async (_, make) => {
    const { opened } = await openBytes(make());
    const types = opened.schema.columns.map(({ name, type }) => ({ name, type }));
    const found = types.filter(({ type }) => ['identifier', 'text'].includes(type)).map(({ name }) => name);
    const known = types.map(({ name }) => name).filter((name) => IDENTIFYING.includes(name));
    expect(found).toEqual(known);
  });
});

describe('shapes of addresses and numbers of persons', () => {
  const of = (x: readonly string[]) => typesOf({ x })['x'];
  const mostly = (make: (i: number) => string, other: string) =>
    of(cells(600, (i) => (i % 3 === 0 ? make(i) : other)));

  it('finds one e-mail address among words', () => {
    expect(of(cells(600, (i) => (i === 5 ? 'Anna <anna@mail.org>' : `W${i % 20}`)))).toBe('identifier');
    expect(of(cells(600, (i) => (i % 2 ? '5mg@8.30' : '10mg@9.30')))).toBe('categorical');
  });

  it.each([
    ['telephone numbers', (i: number) => `0${170 + (i % 9)} ${1_000_000 + (i % 90)}`],
    ['social security numbers', (i: number) => `123-45-${1000 + (i % 90)}`],
    ['network addresses', (i: number) => `10.2.3.${i % 90}`],
    ['web addresses', (i: number) => `https://example.org/${i % 90}`],
    ['UUIDs', (i: number) => `63873e89-efbe-2cfc-9a1b-2d297a37a${100 + (i % 90)}`],
  ])('finds %s among other values', (_, make) => {
    expect(mostly(make, 'unknown')).toBe('identifier');
  });

  it.each([
    ['package codes of drugs', (i: number) => `000${10 + (i % 90)}-7510-0${i % 9}`],
    ['enzyme numbers', (i: number) => `3.4.21.${i % 90}`],
    ['dates', (i: number) => `01/0${1 + (i % 9)}/20${10 + (i % 9)}`],
    ['dosing schemes', (i: number) => `1-0-${i % 90}`],
  ])('takes %s for no numbers of persons', (_, make) => {
    expect(mostly(make, 'unknown')).not.toBe('identifier');
  });

  it('keeps a note that holds an address as text', () => {
    const note = (i: number) => `seen on day ${i}, reach the family by mail`;
    expect(of(cells(300, (i) => (i === 5 ? 'write to the family at a.b@mail.org please' : note(i))))).toBe(
      'text',
    );
  });
});

describe('names with several meanings', () => {
  it.each([
    ['tel', cells(300, (i) => `${5000 + (i % 90)}`), 'integer'],
    ['tel', cells(300, (i) => `${5 + (i % 9)}.${i % 10}`), 'continuous'],
    ['contact', cells(300, (i) => ['phone', 'mail', 'visit'][i % 3] ?? ''), 'categorical'],
    ['handy', cells(300, (i) => `${i % 2}`), 'boolean'],
    ['gp', cells(300, (i) => `Dr Lee ${'ABCDEFGHIJKL'[i % 12] ?? ''}`), 'identifier'],
    ['policy', cells(300, (i) => `A${(i % 150) * 7919}`), 'identifier'],
  ] as const)('judges %s by its values, too (%#)', (name, values, type) => {
    expect(typesOf({ [name]: values })[name]).toBe(type);
  });
});
