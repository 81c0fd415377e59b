import { refuse } from '../../../data/failure';
import { isSealed } from './sealed-record';
import type { SealedRecord } from './sealed-record';
import type { OpenedEnvelope } from './envelope';

/** Keys of the projects that this page has unlocked; in memory only, and none can be read out. */
export type Keyring = Map<string, OpenedEnvelope>;

/** The key of a stored record: null for a plain one. Throws `passphrase-needed` where this page has none for it. */
export function keyFor(keys: Keyring, id: string, raw: unknown): OpenedEnvelope | null {
  if (!isSealed(raw)) return null;
  return keys.get(id) ?? refuse('passphrase-needed', NEEDED);
}

/**
 * Throws unless what is stored is protected as this page is about to write it: another tab may have changed that
 * meanwhile, and nothing that was protected may be replaced by something plain.
 */
export function checkSameProtection(present: unknown, mine: OpenedEnvelope | null): void {
  const digest = isSealed(present) ? digestOf(present) : null;
  if (digest === (mine?.envelope.digest ?? null)) return;
  if (mine === null) refuse('passphrase-needed', NEEDED);
  refuse('project-locked', CHANGED);
}

/** What a damaged record says is no digest of ours. */
function digestOf({ envelope }: SealedRecord): unknown {
  return (envelope as Partial<OpenedEnvelope['envelope']> | undefined)?.digest ?? '';
}

const NEEDED = 'This project is protected by a passphrase. Type it to open the project.';
const CHANGED =
  'The protection of this project was changed in another tab, so this tab no longer saves it. Open it again from the list of projects.';
