import { isSameValue } from '../../data/same-value';
import type { BuiltPackage, PackageBasis } from '../../platform/projects/types';
import type { AuditAct, AuditEntry } from '../../release/audit-log';
import { textIn } from '../../release/policy-history';

/** What was done, in words, by acts that no signature over an older log covers. */
const DONE: Readonly<Partial<Record<AuditAct, string>>> = {
  import: 'a source was read',
  handling: 'the handling was changed',
  'policy-locked': 'criteria were locked',
  'policy-changed': 'the criteria were changed',
  training: 'a run ended',
  evaluation: 'records were evaluated',
  override: 'records were exported in spite of what stood in the way',
};

/** Why a package is no longer what the project would make, a few words each; none for one that still is. */
export function listStale(
  { log: head, basis }: BuiltPackage,
  log: readonly AuditEntry[],
  now: PackageBasis,
): readonly string[] {
  const done = log.slice(head.length).map(tellDone);
  const isOther = log[head.length - 1]?.hash !== head.hash;
  return [
    ...(isOther ? ['the log is another one'] : []),
    ...new Set(done.filter((words) => words !== undefined)),
    ...(done.includes(DONE.evaluation) || isSameMoment(basis.evaluatedAt, now.evaluatedAt)
      ? []
      : ['the evaluation is another one']),
    ...(isSameValue(basis.statements, now.statements) ? [] : ['what is stated was changed']),
    ...(basis.title === now.title ? [] : ['the project was given another name']),
  ];
}

function tellDone({ act, detail }: AuditEntry): string | undefined {
  return act === 'import' && textIn(detail, 'what') !== null
    ? 'a file of criteria or edits was taken in'
    : DONE[act];
}

/** A moment that is not known tells nothing. */
function isSameMoment(one: number | null, other: number | null): boolean {
  return one === null || other === null || one === other;
}
