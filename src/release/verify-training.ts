import type { Edit } from '../data/edits/edit';
import { tellEdit } from '../data/edits/tell-edit';
import type { AuditEntry, DigestText } from './audit-log';
import { canonicalise } from './canonical-json';
import type { Dossier } from './dossier';
import { MEMBER } from './package';
import { isRecord } from './plain-json';
import { textIn } from './policy-history';
import { problem, type Problem } from './verification';

/**
 * Model, seed and edits of a dossier against what the log put on record when its run ended: edits as the log tells them, of
 * older logs by their hash. Older logs hold less, and seeds may be withheld: what is not there is not held against anything.
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
  const { hash, changes } = isRecord(handling) ? handling : {};
  const edits: unknown = 'edits' in run ? run.edits : null;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['run.model.id', model, stated['id']],
    ['run.model.seed', seed, stated['seed']],
    isTold(hash)
      ? ['run.edits', hash, isTold(edits) ? await digest(canonicalise(edits)) : null]
      : ['run.edits', tellPlain(changes), tellPlain(listTold(edits))],
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

/** The edits of a file of them as the log tells them; what is none stands as it is. Null for no such file. */
function listTold(file: unknown): readonly unknown[] | null {
  const edits = isRecord(file) ? file['edits'] : null;
  return Array.isArray(edits) ? edits.map((edit: unknown) => (isEdit(edit) ? tellEdit(edit) : edit)) : null;
}

function isEdit(edit: unknown): edit is Edit {
  if (!isRecord(edit)) return false;
  return edit['of'] === 'schema' || edit['value'] === null || isRecord(edit['value']);
}

/** Null for what is not told. */
function tellPlain(changes: unknown): string | null {
  return isTold(changes) ? canonicalise(changes) : null;
}

function isTold(value: unknown): boolean {
  return value !== null && value !== undefined;
}
