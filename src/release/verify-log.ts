import { findLogProblems, type AuditAct, type AuditEntry, type DigestText, type LogHead } from './audit-log';
import { MEMBER } from './package';
import type { PolicyHistory } from './policy-history';
import type { SignOff } from './sign-off';
import { problem, type Problem } from './verification';

/** What may come after the last signature: nothing that changes what was signed. */
const AFTER_SIGNING: readonly AuditAct[] = ['look', 'sign-off', 'export'];

/** The log against itself and against each head that was signed. */
export async function verifyLog(
  log: readonly AuditEntry[],
  signOffs: readonly SignOff[],
  digest: DigestText,
): Promise<readonly Problem[]> {
  const heads: readonly (LogHead | null)[] =
    signOffs.length === 0 ? [null] : signOffs.map(({ statement }) => statement.log);
  const places = new Map<string, number>();
  for (const head of heads)
    for (const { at, sentence } of await findLogProblems(log, digest, head)) places.set(sentence, at);
  const altered = [...places].map(([sentence, at]) =>
    problem('altered', MEMBER.log, `entries[${at}]`, sentence),
  );
  return [...altered, ...findUnsigned(log, signOffs)];
}

function findUnsigned(log: readonly AuditEntry[], signOffs: readonly SignOff[]): readonly Problem[] {
  if (signOffs.length === 0) return [];
  const nSigned = Math.max(...signOffs.map(({ statement }) => statement.log.length));
  return log.flatMap(({ act }, i) =>
    i < nSigned || AFTER_SIGNING.includes(act)
      ? []
      : [
          problem(
            'sign-off',
            MEMBER.log,
            `entries[${i}]`,
            `Entry ${i + 1} (${act}) was written after the last signature, and no signature covers it.`,
          ),
        ],
  );
}

/** Whether the criteria were fixed before anybody saw results. */
export function verifyOrder({ events, firstLook }: PolicyHistory): readonly Problem[] {
  const [first] = events;
  if (first === undefined)
    return [problem('criteria', MEMBER.log, null, 'it holds no moment at which the criteria were fixed')];
  if (!first.isAfterResults) return [];
  return [
    problem(
      'criteria',
      MEMBER.log,
      `entries[${first.entry - 1}]`,
      `the criteria were fixed in entry ${first.entry}, after results had been seen in entry ${firstLook ?? 0}`,
    ),
  ];
}
