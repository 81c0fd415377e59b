import type { AuditEntry } from './audit-log';
import type { FileDigest } from './dossier';
import { findStatementProblems, isSigned, type SignOff, type Verify } from './sign-off';

/** What sign-offs that come from elsewhere are held against. */
export interface AnswerGround {
  /** The files that were built and are to be signed. */
  readonly files: readonly FileDigest[];
  readonly log: readonly AuditEntry[];
  /** Sign-offs that are here already, and hold. */
  readonly known: readonly SignOff[];
}

/** What is new in an answer, and why each of the rest is not taken. */
export interface CheckedAnswer {
  readonly added: readonly SignOff[];
  readonly refused: readonly string[];
}

/** Sign-offs from another device: those that belong to these files and this log, and a sentence for each that does not. */
export async function checkAnswer(
  given: readonly SignOff[],
  { files, log, known }: AnswerGround,
  verify: Verify,
): Promise<CheckedAnswer> {
  const added: SignOff[] = [];
  const refused: string[] = [];
  for (const signOff of given) {
    const here = [...known, ...added];
    if (here.some(({ signature }) => signature === signOff.signature)) continue;
    const why = await refuse(signOff, { files, log, known: here }, verify);
    if (why === null) added.push(signOff);
    else refused.push(why);
  }
  return { added, refused };
}

async function refuse(signOff: SignOff, ground: AnswerGround, verify: Verify): Promise<string | null> {
  const { statement } = signOff;
  const who = `${statement.name.trim() === '' ? 'Somebody without a name' : statement.name} (${statement.role})`;
  if (!(await isSigned(signOff, verify)))
    return `The signature of ${who} does not hold: statement, key or signature was changed after signing. Ask for the file again.`;
  const [problem] = findStatementProblems(statement);
  if (problem !== undefined) return `The sign-off of ${who} cannot be taken: ${problem}.`;
  const others = listOtherFiles(signOff, ground.files);
  if (others.length > 0)
    return `${who} signed other files than those that are kept here (${others.join(', ')}). It belongs to another package, or to this one before it was built again; send the present one.`;
  const head = ground.log[statement.log.length - 1];
  if (head?.hash !== statement.log.hash)
    return `${who} signed another log than the one that is kept here. It belongs to another project, or to a copy of this one.`;
  return findSharedRole(signOff, ground.known, who);
}

/** Names of files whose hash is not the one that was signed, or that only one of both sides has. */
export function listOtherFiles({ statement }: SignOff, files: readonly FileDigest[]): readonly string[] {
  const here = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const names = new Set([...here.keys(), ...Object.keys(statement.hashes)]);
  return [...names].sort().filter((name) => here.get(name) !== signedHash(statement.hashes, name));
}

function signedHash(hashes: SignOff['statement']['hashes'], name: string): string | undefined {
  return Object.hasOwn(hashes, name) ? hashes[name] : undefined;
}

/** Why a key that signed in one role may not sign in another; null where it did not. */
export function findSharedRole(
  { publicKey, statement }: Pick<SignOff, 'publicKey' | 'statement'>,
  known: readonly SignOff[],
  who: string,
): string | null {
  const other = known.find((each) => each.publicKey === publicKey && each.statement.role !== statement.role);
  if (other === undefined) return null;
  return `${who} signed with the key that signed as ${other.statement.role}: two people are needed, each with a key of their own.`;
}
