import { isSameValue } from '../../data/same-value';
import { digestText } from '../../platform/digest-text';
import { digest } from '../../platform/projects/file/digest';
import type { BuiltPackage } from '../../platform/projects/types';
import type { AuditEntry } from '../../release/audit-log';
import { canonicalise, type Json } from '../../release/canonical-json';
import { MEMBER } from '../../release/package';
import { fingerprint, readPublicKey } from '../../release/public-key';
import type { SignOff } from '../../release/sign-off';
import type { AuditNote } from './audit-notes';

/** A signature as the log tells it: whose, on what, and which dossier it stands under. */
export async function noteSignOff(
  built: BuiltPackage,
  { statement, publicKey }: SignOff,
  made: 'here' | 'elsewhere',
): Promise<AuditNote> {
  const { role, name, at, decision, reason } = statement;
  const code = await fingerprint(readPublicKey(publicKey) ?? new Uint8Array(), digest);
  const statementHash = await digestText(canonicalise(statement));
  return {
    act: 'sign-off',
    detail: {
      run: built.run,
      dossier: findDossierHash(built),
      role,
      name,
      at,
      decision,
      reason,
      key: code,
      statement: statementHash,
      made,
    },
  };
}

/** True where the latest override says the same, and neither results nor criteria have changed since. */
export function isOverridden(log: readonly AuditEntry[], detail: Json): boolean {
  const places = log.flatMap(({ act }, i) => (SETTING_ASIDE.includes(act) ? [i] : []));
  const latest = log[places.at(-1) ?? -1];
  return latest?.act === 'override' && isSameValue(latest.detail, detail);
}

const SETTING_ASIDE: readonly AuditEntry['act'][] = ['override', 'evaluation', 'policy-changed'];

/** A package, or its dossier alone, that is handed out. */
export function noteHandOut(
  built: BuiltPackage,
  what: 'dossier' | 'review package' | 'release package',
  nSignOffs: number,
): AuditNote {
  return { act: 'export', detail: { run: built.run, dossier: findDossierHash(built), what, nSignOffs } };
}

function findDossierHash({ files }: BuiltPackage): string | null {
  return files.find(({ name }) => name === MEMBER.dossier)?.sha256 ?? null;
}
