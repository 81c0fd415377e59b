import type { Generalisation, GeneraliseRule } from './generalisation';

/** Texts that go with each rule; a missing or surplus rule does not compile. */
const FIELDS: Readonly<Record<GeneraliseRule, readonly string[]>> = {
  zip3: [],
  'age-90': [],
  year: ['format'],
  'days-since-first': ['format', 'key'],
};

/** True for a list of coarsenings as they are kept and handed out. */
export function isGeneralisations(value: unknown): value is readonly Generalisation[] {
  return Array.isArray(value) && value.every(isGeneralisation);
}

function isGeneralisation(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Readonly<Record<string, unknown>>;
  const { rule } = given;
  if (typeof rule !== 'string' || !Object.hasOwn(FIELDS, rule)) return false;
  const { earliest, ...texts } = given;
  const isYear = earliest === undefined || (rule === 'year' && Number.isSafeInteger(earliest));
  const needed = ['column', ...FIELDS[rule as GeneraliseRule]];
  return (
    isYear &&
    needed.every((field) => typeof given[field] === 'string') &&
    Object.keys(texts).length === needed.length + 1
  );
}
