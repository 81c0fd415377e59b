import { isModelled, type ColumnSchema, type Schema } from '../schema';
import { isAnswers, isSaidToBeNone, type IdentifierAnswer } from './answers';
import type { IdentifierFinding } from './finding';
import { KINDS, type IdentifierKind } from './kinds';

/** What a column became: learnt, or written in every row; written anew; or not in the synthetic file. */
export type ColumnFate = 'as-it-is' | 'surrogates' | 'left-out';

/** A column that may hold a direct identifier, and what it became in a run. */
export interface DirectIdentifier extends IdentifierAnswer {
  /** As of {@link IdentifierFinding}. */
  readonly confidence: number;
  readonly fate: ColumnFate;
}

/** The direct identifiers of a run's source, and which of them a person said to be none. */
export interface IdentifierAccount {
  /** In file order, as they were when the run began. */
  readonly found: readonly DirectIdentifier[];
  /** Of those found, whenever it was said. */
  readonly saidToBeNone: readonly IdentifierAnswer[];
}

/**
 * The direct identifiers among some findings, and what their columns become under a schema.
 *
 * @param learnt the columns that handling left to learn from
 */
export function listDirect(
  findings: readonly IdentifierFinding[],
  schema: Schema,
  learnt: Schema,
): readonly DirectIdentifier[] {
  return findings.flatMap(({ column: name, kind, confidence, isDirect }) => {
    const column = schema.columns.find((each) => each.name === name);
    if (!isDirect || column === undefined) return [];
    return [{ column: name, kind, confidence, fate: findFate(column, learnt) }];
  });
}

function findFate(column: ColumnSchema, learnt: Schema): ColumnFate {
  if (isModelled(column))
    return learnt.columns.some(({ name }) => name === column.name) ? 'as-it-is' : 'left-out';
  if (!column.included || column.type === 'text' || column.type === 'empty') return 'left-out';
  return column.type === 'identifier' || column.role === 'identifier' ? 'surrogates' : 'as-it-is';
}

/** The account of what was found, with those of the answers that are about it. */
export function makeIdentifierAccount(
  found: readonly DirectIdentifier[],
  answers: readonly IdentifierAnswer[],
): IdentifierAccount {
  const saidToBeNone = found
    .filter((each) => isSaidToBeNone(each, answers))
    .map(({ column, kind }) => ({ column, kind }));
  return { found, saidToBeNone };
}

/** What went in as it is: `open` without a person having said that it is none, `kept` because one did. */
export function sortAsTheyAre({ found, saidToBeNone }: IdentifierAccount): {
  readonly open: readonly DirectIdentifier[];
  readonly kept: readonly DirectIdentifier[];
} {
  const asTheyAre = found.filter(({ fate }) => fate === 'as-it-is');
  const isKept = (each: DirectIdentifier) => isSaidToBeNone(each, saidToBeNone);
  return { open: asTheyAre.filter((each) => !isKept(each)), kept: asTheyAre.filter(isKept) };
}

/** A column with what it may hold: `phone (telephone numbers)`. */
export function nameDirect({ column, kind }: { readonly column: string; readonly kind: IdentifierKind }) {
  return `${column} (${KINDS[kind].words})`;
}

/** Whether something from outside is a list of direct identifiers. */
export function isDirectList(value: unknown): value is readonly DirectIdentifier[] {
  return isAnswers(value) && value.every(isFated);
}

function isFated(value: object): boolean {
  const { confidence, fate } = value as Readonly<Record<string, unknown>>;
  return typeof confidence === 'number' && FATES.some((known) => known === fate);
}

const FATES: readonly ColumnFate[] = ['as-it-is', 'surrogates', 'left-out'];
