import { isAnswers, isSaidToBeNone, type IdentifierAnswer } from '../data/identifiers/answers';
import type { IdentifierAccount } from '../data/identifiers/direct-identifiers';
import { isSameValue } from '../data/same-value';
import { findLearntAsItIs } from './account-columns';
import type { AuditAct, AuditEntry } from './audit-log';
import type { Dossier } from './dossier';
import { MEMBER } from './package';
import { isRecord } from './plain-json';
import { problem, type Problem } from './verification';

/** How the log names the answers of a person about identifiers. */
export const ANSWERS = 'identifier-answers';

/**
 * What a dossier says of direct identifiers against its own columns, against what the log kept of the run when it ended, and
 * against what a person last said of them. Of a run from before they were kept, and of an entry that does not tell, nothing is asked.
 */
export function verifyIdentifiers(
  { run, columns }: Pick<Dossier, 'run' | 'columns'>,
  log: readonly AuditEntry[] | null,
): readonly Problem[] {
  const account = run.identifiers ?? null;
  if (account === null) return [];
  return [
    ...account.found.flatMap(({ column, fate }, i) => {
      const isLearnt = findLearntAsItIs(columns, column);
      return isLearnt === null || isLearnt === (fate === 'as-it-is')
        ? []
        : [accuse(`found[${i}].fate`, `this is not what the dossier says became of ${column}`)];
    }),
    ...(log === null ? [] : verifyAgainstLog(account, run.run.id, log)),
  ];
}

function verifyAgainstLog(
  { found, saidToBeNone }: IdentifierAccount,
  run: string,
  log: readonly AuditEntry[],
): readonly Problem[] {
  const ended = findLast(log, 'training', 'run', run);
  const kept: unknown = ended === null ? undefined : ended.detail['directIdentifiers'];
  const answers = findAnswers(log);
  const unsaid = saidToBeNone.flatMap((answer, i) =>
    isSaidToBeNone(answer, answers)
      ? []
      : [accuse(`saidToBeNone[${i}]`, `the log does not tell that somebody said so of ${answer.column}`)],
  );
  if (ended === null || kept === undefined || isSameValue(kept, found)) return unsaid;
  return [accuse('found', `this is not what entry ${ended.entry} of the log says was found`), ...unsaid];
}

/** What a person said last, of all columns together. */
function findAnswers(log: readonly AuditEntry[]): readonly IdentifierAnswer[] {
  const answers: unknown = findLast(log, 'handling', 'of', ANSWERS)?.detail['answers'];
  return isAnswers(answers) ? answers : [];
}

interface Found {
  /** Place in the log, counted from 1. */
  readonly entry: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The last act of a kind whose detail has that value under that key. */
function findLast(log: readonly AuditEntry[], act: AuditAct, key: string, value: string): Found | null {
  return log.reduce<Found | null>(
    (found, { act: done, detail }, i) =>
      done === act && isRecord(detail) && detail[key] === value ? { entry: i + 1, detail } : found,
    null,
  );
}

function accuse(path: string, what: string): Problem {
  return problem('altered', MEMBER.dossier, `run.identifiers.${path}`, what);
}
