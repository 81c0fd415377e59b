import type { AuditEntry, DigestText } from './audit-log';
import { canonicalise } from './canonical-json';
import type { Dossier } from './dossier';
import { MEMBER } from './package';
import { isRecord } from './plain-json';
import { textIn } from './policy-history';
import { problem, type Problem } from './verification';

/**
 * Model, seed and edits of a dossier against what the log put on record when its run ended. Older logs hold less, and
 * seeds may be withheld: what is not there is not held against anything.
 */
export async function verifyTraining(
  { run }: Dossier,
  log: readonly AuditEntry[] | null,
  digest: DigestText,
): Promise<readonly Problem[]> {
  const entry = [...(log ?? [])]
    .reverse()
    .find(({ act, detail }) => act === 'training' && textIn(detail, 'run') === run.run.id);
  if (entry === undefined || !isRecord(entry.detail)) return [];
  const { model, seed, handling } = entry.detail;
  const stated: Readonly<Record<string, unknown>> = isRecord(run.model) ? { ...run.model } : {};
  const hash = isRecord(handling) ? handling['hash'] : null;
  const edits = 'edits' in run ? run.edits : null;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['run.model.id', model, stated['id']],
    ['run.model.seed', seed, stated['seed']],
    ['run.edits', hash, edits === null ? null : await digest(canonicalise(edits))],
  ];
  return pairs
    .filter(([, told, found]) => isTold(told) && isTold(found) && told !== found)
    .map(([path]) =>
      problem(
        'altered',
        MEMBER.dossier,
        path,
        `this is not what entry ${entry.index + 1} of the log tells of the run`,
      ),
    );
}

function isTold(value: unknown): boolean {
  return value !== null && value !== undefined;
}
