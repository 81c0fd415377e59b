import type { Edit } from '../../data/edits/edit';
import { EMPTY_HISTORY, listInForce, type EditHistory } from '../../data/edits/history';
import { tellEdit } from '../../data/edits/tell-edit';
import { accountFindings, type AccountedFinding } from '../../data/identifiers/account-findings';
import type { IdentifierFinding } from '../../data/identifiers/finding';
import { isSameValue } from '../../data/same-value';
import type { ProjectRecord } from '../../platform/projects/types';
import type { Json } from '../../release/canonical-json';
import type { AuditNote } from './audit-notes';

/** What became of the history: `carried-over` where another file or reading left some of it out. */
type How = 'made' | 'undone' | 'redone' | 'carried-over';

interface Step {
  readonly how: How;
  /** Edits concerned; of a history that was carried over, those that still count. */
  readonly edits: readonly Edit[];
}

/**
 * What a change of the record says was done to the data handling: the edits that were made, undone or done again, and which
 * proposals for identifiers came into force by it or went out of it. It names columns and no values.
 *
 * @param findings those that were known when the change was asked for
 */
export function noteEdits(
  before: ProjectRecord,
  after: ProjectRecord,
  findings: readonly IdentifierFinding[],
): readonly AuditNote[] {
  if (before.edits === after.edits) return [];
  const history = after.edits ?? EMPTY_HISTORY;
  const step = findStep(before.edits ?? EMPTY_HISTORY, history);
  if (step === null) return [];
  const detail = {
    of: 'edits',
    how: step.how,
    edits: step.edits.map(tellEdit),
    nInForce: history.cursor,
    ...tellProposals(handledIn(before, findings), handledIn(after, findings)),
  };
  return [{ act: 'handling', detail: detail as Json }];
}

function findStep(before: EditHistory, after: EditHistory): Step | null {
  if (isSameValue(before.edits, after.edits)) {
    const [from, to] = [before.cursor, after.cursor];
    if (from === to) return null;
    return to < from
      ? { how: 'undone', edits: before.edits.slice(to, from).reverse() }
      : { how: 'redone', edits: before.edits.slice(from, to) };
  }
  const [old, now] = [listInForce(before), listInForce(after)];
  if (isSameValue(old, now)) return null;
  const isGrown = now.length > old.length && isSameValue(now.slice(0, old.length), old);
  return isGrown ? { how: 'made', edits: now.slice(old.length) } : { how: 'carried-over', edits: now };
}

function handledIn(
  { schema, dialect }: ProjectRecord,
  findings: readonly IdentifierFinding[],
): readonly AccountedFinding[] {
  return schema === null ? [] : accountFindings(findings, schema, dialect.generalise ?? []);
}

/** Proposals for identifiers that came into force, and those that went out of it again. */
function tellProposals(before: readonly AccountedFinding[], after: readonly AccountedFinding[]): object {
  const turned = (isHandled: boolean) =>
    after
      .filter((now) => now.isHandled === isHandled)
      .filter(({ column }) => before.some((old) => old.column === column && old.isHandled !== isHandled))
      .map(({ column, kind, proposal }) => ({ column, kind, proposal: proposal.action }));
  const [accepted, rejected] = [turned(true), turned(false)];
  return {
    ...(accepted.length === 0 ? {} : { accepted }),
    ...(rejected.length === 0 ? {} : { rejected }),
  };
}
