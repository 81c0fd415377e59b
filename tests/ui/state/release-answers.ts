import { headOf, type AuditEntry } from '../../../src/release/audit-log';
import { canonicalise } from '../../../src/release/canonical-json';
import { MEMBER, type Members } from '../../../src/release/package';
import { signStatement, writeStatement, type Signer, type SignOff } from '../../../src/release/sign-off';
import { makeSigner } from '../../release/sample-keys';

export const reviewer = makeSigner();
export const REVIEWER = { role: 'reviewer', name: 'R. Eviewer', decision: 'approve', reason: '' } as const;

/** What a reviewer sends back who was given that package. */
export async function answer(
  members: Members,
  said: Partial<SignOff['statement']> = {},
  signer: Signer = reviewer,
): Promise<Blob> {
  const { entries } = JSON.parse(textIn(members, MEMBER.log)) as { entries: readonly AuditEntry[] };
  const { signOffs } = JSON.parse(textIn(members, MEMBER.signOffs)) as { signOffs: readonly SignOff[] };
  const [first] = signOffs;
  if (first === undefined) throw new Error('the author has not signed');
  const files = Object.entries(first.statement.hashes).map(([name, sha256]) => ({ name, sha256, nBytes: 0 }));
  const head = headOf(entries) ?? { length: 0, hash: '' };
  const statement = writeStatement({ ...REVIEWER, at: '2026-11-28T12:00:00.000Z' }, files, head);
  return writeAnswer([await signStatement({ ...statement, ...said }, signer)]);
}

/** sign-offs.json of those. */
export function writeAnswer(signOffs: readonly SignOff[]): Blob {
  return new Blob([canonicalise({ format: 'understudy-sign-offs', version: 1, signOffs })]);
}

export function textIn(members: Members, name: string): string {
  return Buffer.from(members.get(name) ?? []).toString('utf8');
}
