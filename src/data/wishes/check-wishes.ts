import { fail, succeed, type Outcome } from '../failure';
import type { Schema } from '../schema';
import { isObject, WishReader, type Fields } from './wish-reader';
import { readCondition, readRule, readShares } from './read-wish';
import { NO_WISHES, WISHES_VERSION, type Condition, type Rule, type Shares, type Wishes } from './wishes';

/** Most problems named in one refusal. */
const MAX_PROBLEMS = 10;

/**
 * Wishes from outside against the columns that a model draws: dates become milliseconds, what was left out is filled in.
 * Fails with `option-invalid` and all problems, one a line, that name column and fault.
 *
 * @param schema modelled columns as the model has them, after handling
 */
export function checkWishes(value: unknown, schema: Schema): Outcome<Wishes> {
  if (!isObject(value)) return fail('option-invalid', NO_FILE);
  const { version } = value;
  if (typeof version === 'number' && version > WISHES_VERSION) return fail('option-invalid', NEWER);
  if (version !== WISHES_VERSION) return fail('option-invalid', NO_FILE);
  const reader = new WishReader(schema);
  const wishes = readAll(value, reader);
  const problems = [...reader.problems, ...findConflicts(wishes)];
  if (problems.length === 0) return succeed(wishes);
  const named = problems.slice(0, MAX_PROBLEMS).join('\n');
  return fail('option-invalid', `These wishes cannot be granted as they stand.\n${named}`);
}

/**
 * Wishes in a text: a file of wishes, or the run.json of records that were drawn with some. Fails as
 * {@link checkWishes} does.
 */
export function readWishesFile(text: string, schema: Schema): Outcome<Wishes> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('option-invalid', NO_FILE);
  }
  return checkWishes(
    isObject(value) && value['format'] === 'understudy-run' ? unwrapRun(value) : value,
    schema,
  );
}

const NO_FILE = `This holds no wishes. Wishes are JSON with "version": ${WISHES_VERSION} and lists of "conditions" and "rules", or "shares".`;
const NEWER = 'These wishes were written for a newer version of Understudy. Get that version to use them.';

function unwrapRun({ output }: Fields): unknown {
  const wishes = isObject(output) ? output['wishes'] : null;
  return isObject(wishes) ? wishes['asked'] : null;
}

function readAll(value: Fields, reader: WishReader): Wishes {
  reader.checkKeys(value, 'wishes', ['version', 'conditions', 'shares', 'rules']);
  const { shares = null } = value;
  return {
    ...NO_WISHES,
    conditions: reader
      .list(value['conditions'], 'conditions')
      .flatMap((one, i) => readCondition(one, `conditions[${i}]`, reader) ?? []),
    shares: shares === null ? null : readShares(shares, 'shares', reader),
    rules: reader
      .list(value['rules'], 'rules')
      .flatMap((one, i) => readRule(one, `rules[${i}]`, reader) ?? []),
  };
}

/** Wishes that can be read but not be granted together. */
function findConflicts({ conditions, shares, rules }: Wishes): readonly string[] {
  const names = conditions.map(({ column }) => column);
  const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [
    ...[...twice].map((name) => `column "${name}" has more than one condition; make one of them`),
    ...conditions.flatMap((condition) => [
      ...conflictsWithShares(condition, shares),
      ...rules.flatMap((rule) => conflictsWithRule(condition, rule)),
    ]),
  ];
}

function conflictsWithShares(condition: Condition, shares: Shares | null): readonly string[] {
  if (condition.column !== shares?.column) return [];
  const isKept = (level: string | null) =>
    level === null
      ? condition.kind === 'missing'
      : condition.kind === 'present' || (condition.kind === 'levels' && condition.levels.includes(level));
  const lost = shares.shares.filter(({ level, share }) => share > 0 && !isKept(level));
  return lost.length === 0
    ? []
    : [
        `column "${shares.column}" is to have shares of levels that its condition rules out; change one of the two`,
      ];
}

function conflictsWithRule(condition: Condition, rule: Rule): readonly string[] {
  if (condition.kind !== 'within' || rule.kind !== 'range' || rule.column !== condition.column) return [];
  const low = Math.max(condition.min ?? -Infinity, rule.min ?? -Infinity);
  const high = Math.min(condition.max ?? Infinity, rule.max ?? Infinity);
  return low <= high ? [] : [`column "${rule.column}" has a condition and a rule whose ranges do not meet`];
}
