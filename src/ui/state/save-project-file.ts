import { fail, type Outcome } from '../../data/failure';
import { digestText } from '../../platform/digest-text';
import type { ExportOptions, ProjectStore } from '../../platform/projects/store.types';
import { appendEntry } from '../../release/audit-log';
import { noteProjectFile } from './audit-notes';
import type { Journey } from './journey.svelte';
import { writeMoment } from './write-moment';

/** Where a project lies, and what may be written of it. */
export interface ProjectPlace {
  readonly store: ProjectStore;
  readonly now: () => number;
  /** The project, where it is the one that is open. */
  readonly journey: Journey | null;
}

/**
 * Writes a project file, and puts on record that it was saved; the file itself is as the project was before. Where that
 * cannot be put on record, since another tab has the project, no file is written.
 */
export function saveProjectFile(
  place: ProjectPlace,
  id: string,
  options: ExportOptions,
): Promise<Outcome<Blob>> {
  return place.journey === null
    ? saveClosed(place, id, options)
    : saveOpen(place.store, place.journey, options);
}

async function saveOpen(
  store: ProjectStore,
  journey: Journey,
  options: ExportOptions,
): Promise<Outcome<Blob>> {
  if (journey.lost !== null) return fail('project-locked', ELSEWHERE);
  const file = await store.exportProject(journey.record.id, options);
  if (!file.ok) return file;
  const noted = await journey.governance.recordSaved(noteProjectFile(journey.record, options));
  return noted.ok ? file : noted;
}

async function saveClosed(
  { store, now }: ProjectPlace,
  id: string,
  options: ExportOptions,
): Promise<Outcome<Blob>> {
  const claim = await store.claim(id, 'if-free');
  if (!claim.ok) return claim.failure.code === 'project-locked' ? fail('project-locked', ELSEWHERE) : claim;
  try {
    const file = await store.exportProject(id, options);
    const record = file.ok ? await store.get(id) : file;
    if (!file.ok || !record.ok) return record.ok ? file : record;
    const { governance } = record.value;
    const note = { ...noteProjectFile(record.value, options), at: writeMoment(now()) };
    const log = await appendEntry(governance.log, note, digestText);
    const put = await store.put({ ...record.value, governance: { ...governance, log } });
    // Where the browser has no room for one more entry the file is what saves the project.
    return put.ok || put.failure.code === 'storage-full' ? file : put;
  } finally {
    claim.value.release();
  }
}

const ELSEWHERE =
  'Another tab has this project open, so that saving it could not be put on record here. Save the project file in that tab, or close it first.';
