import { EMPTY_HISTORY, listInForce } from '../../data/edits/history';
import { foldAnswers } from '../../data/edits/fold';
import type { IdentifierAnswer } from '../../data/identifiers/answers';
import { makeIdentifierAccount, type IdentifierAccount } from '../../data/identifiers/direct-identifiers';
import { isSameValue } from '../../data/same-value';
import type { ProjectRecord, RunRecord } from '../../platform/projects/types';
import { ANSWERS } from '../../release/verify-identifiers';
import type { AuditNote } from './audit-notes';

/** What a person says now to be no identifier. */
export function listAnswers({ edits }: Pick<ProjectRecord, 'edits'>): readonly IdentifierAnswer[] {
  return foldAnswers(listInForce(edits ?? EMPTY_HISTORY));
}

/** What was found in the source of a run, under the answers that are in force now; null for a run from before it was kept. */
export function accountDirect(
  record: Pick<ProjectRecord, 'edits'>,
  { identifiers }: RunRecord,
): IdentifierAccount | null {
  return identifiers === undefined ? null : makeIdentifierAccount(identifiers, listAnswers(record));
}

/** Answers are on record by themselves: a finding rests on them, also on those that were given after training. */
export function noteAnswers(before: ProjectRecord, after: ProjectRecord): readonly AuditNote[] {
  const answers = listAnswers(after);
  if (isSameValue(listAnswers(before), answers)) return [];
  const detail = { of: ANSWERS, answers: answers.map(({ column, kind }) => ({ column, kind })) };
  return [{ act: 'handling', detail }];
}
