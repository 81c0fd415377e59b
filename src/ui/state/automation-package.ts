import { succeed, type Outcome } from '../../data/failure';
import type { RunRecord } from '../../platform/projects/types';
import { gatherMaterial, type ReleaseGround } from './release-files';
import type { ReleaseState } from './release.svelte';
import { readStatements } from './statements-file';

/** An unsigned package, as the command line asks for it. */
export interface PackageRequest {
  /** Text of a JSON file of what a person states, or null. */
  readonly statements: string | null;
}

/** Takes what a person states for the dossier: before training, so that a mistake in it costs none. */
export function takeStatements(release: ReleaseState, wanted: PackageRequest | undefined): Outcome<null> {
  if (wanted === undefined || wanted.statements === null) return succeed(null);
  const read = readStatements(wanted.statements);
  if (!read.ok) return read;
  for (const [id, text] of read.value) release.state(id, text);
  return succeed(null);
}

/** The package as the Release step builds it, with whatever is in its way written in it; null where none was asked for. */
export async function packRun(
  ground: ReleaseGround,
  run: RunRecord,
  wanted: PackageRequest | undefined,
): Promise<Outcome<Blob | null>> {
  if (wanted === undefined) return succeed(null);
  const made = await ground.journey.release.make(() => gatherMaterial(ground, run));
  return made.ok ? succeed(made.value.blob) : made;
}
