import { KINDS, type IdentifierKind } from './kinds';

/** That a person looked at a column and said that it holds no identifier of that kind. */
export interface IdentifierAnswer {
  readonly column: string;
  readonly kind: IdentifierKind;
}

/** Whether a finding was answered so; an answer about another kind is none about this one. */
export function isSaidToBeNone(
  { column, kind }: IdentifierAnswer,
  answers: readonly IdentifierAnswer[],
): boolean {
  return answers.some((answer) => answer.column === column && answer.kind === kind);
}

/** Whether something from outside is a list of answers. */
export function isAnswers(value: unknown): value is readonly IdentifierAnswer[] {
  return Array.isArray(value) && value.every(isAnswer);
}

function isAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { column, kind } = value as Readonly<Record<string, unknown>>;
  return typeof column === 'string' && typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}
