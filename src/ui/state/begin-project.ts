import type { Outcome } from '../../data/failure';
import type { ProjectOrigin } from '../../platform/projects/types';
import type { AppState } from './app.svelte';
import { pinFile } from './pin-file';

/** Extension of the project files this program writes. */
export const PROJECT_EXTENSION = '.understudy';

/** A name for a project from the name of its file: without folder and extensions. */
export function nameProject(fileName: string): string {
  const bare = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/(\.(csv|tsv|tab|txt|gz|zip|dat|json|jsonl|ndjson|parquet|xlsx|xlsm))+$/i, '');
  return bare.trim() === '' ? 'Untitled' : bare.trim().slice(0, 80);
}

/** Opens a new project and reads the file into it; answers when the file has been read or refused. */
export async function beginProject(
  app: AppState,
  file: Blob,
  fileName: string,
  origin: ProjectOrigin,
): Promise<Outcome<null>> {
  const pinned = pinFile(file);
  const created = await app.create(nameProject(fileName), origin);
  return created.ok ? created.value.source.take(pinned, fileName, origin) : created;
}

/** A dropped file: a project file is added to the list and opened, anything else begins a project of its own. */
export async function takeFile(app: AppState, file: File): Promise<void> {
  if (file.name.toLowerCase().endsWith(PROJECT_EXTENSION)) await app.importProject(file);
  else await beginProject(app, file, file.name, 'file');
}
