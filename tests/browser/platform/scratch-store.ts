import { unpackValue, type PackedValue } from '../../../src/api/packed-value';
import { onTestFinished } from 'vitest';
import type { Outcome } from '../../../src/data/failure';
import { openProjectStore } from '../../../src/platform/projects/store';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import type { PartName } from '../../../src/platform/projects/types';

let nScopes = 0;

/** A scope of its own for one test; what the test leaves there is erased after it. */
export function scratchScope(): string {
  nScopes += 1;
  const scope = `/scratch/${nScopes}/`;
  onTestFinished(async () => {
    await (await openStore(scope)).eraseEverything();
  });
  return scope;
}

export async function openStore(scope: string): Promise<ProjectStore> {
  return take(await openProjectStore(scope));
}

/** Writes one part of a project that is there, or removes it (null), with its record as it stands. */
export async function putPart(
  store: ProjectStore,
  id: string,
  part: PartName,
  value: Blob | PackedValue | null,
): Promise<Outcome<null>> {
  const record = await store.get(id);
  return record.ok ? store.put(record.value, { [part]: value }) : record;
}

/** The value of an outcome that must have worked. */
export function take<T>(outcome: Outcome<T>): T {
  if (!outcome.ok)
    throw new Error(`${outcome.failure.code}: ${outcome.failure.message} ${outcome.failure.detail ?? ''}`);
  return outcome.value;
}

/** What a part holds, unpacked. */
export async function takeValue(store: ProjectStore, id: string, part: PartName): Promise<unknown> {
  const value = take(await store.getPart(id, part));
  if (value === null || value instanceof Blob) throw new Error(`${part} is no packed value`);
  return unpackValue(value);
}

/** The code of an outcome: `ok`, or why it failed. */
export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.failure.code;
}
