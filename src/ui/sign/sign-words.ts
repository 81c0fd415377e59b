import type { Decision, SignOff } from '../../release/sign-off';

/** What is typed to make a key. */
export interface KeyDraft {
  readonly label: string;
  readonly withBackup: boolean;
  /** Null until it is long enough and was typed twice alike. */
  readonly passphrase: string | null;
}

/** Why no key can be made of that, as a sentence; null when one can. */
export function findKeyObstacle({ label, withBackup, passphrase }: KeyDraft): string | null {
  if (label.trim() === '') return 'First give the key a name.';
  if (!withBackup || passphrase !== null) return null;
  return 'First type a passphrase for the backup, twice, or do without a backup.';
}

/** What is said before it is signed. */
export interface SignDraft {
  readonly publicKey: string | null;
  readonly role: string;
  readonly name: string;
  readonly decision: Decision | null;
  readonly reason: string;
}

/** Why that cannot be signed beside the signatures there are, as a sentence; null when it can. */
export function findSignObstacle(
  { publicKey, role, name, decision, reason }: SignDraft,
  signed: readonly SignOff[],
): string | null {
  if (name.trim() === '') return 'First write your name.';
  if (role.trim() === '') return 'First say in which role you sign.';
  if (decision === null) return 'First say whether you approve or reject.';
  if (decision === 'reject' && reason.trim() === '') return 'A rejection needs a reason.';
  if (publicKey === null) return 'First choose a key, or make one.';
  return findSharedKey(publicKey, role, signed);
}

function findSharedKey(publicKey: string, role: string, signed: readonly SignOff[]): string | null {
  const other = signed.find((each) => each.publicKey === publicKey && each.statement.role !== role);
  if (other === undefined) return null;
  return `This key signed as ${other.statement.role} (${other.statement.name}) already: two people are needed, each with a key of their own.`;
}
