import type { Outcome } from '../../data/failure';
import type { ProjectOrigin } from '../../platform/projects/types';
import type { AppState } from './app.svelte';
import { pinFile } from './pin-file';

/** Extension of the project files this program writes. */
export const PROJECT_EXTENSION = '.understudy';

/** What names of projects are given out already, and the moment. */
interface NameGround {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly taken: readonly string[];
}

/**
 * A name for a project before a person gives it one. It says nothing of the source file, whose name may be that of a patient
 * or a hospital: the name of the project is the title of everything that leaves it.
 */
export function nameProject({ now, taken }: NameGround): string {
  const day = new Date(now).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const name = `Synthetic records of ${day}`;
  const names = [name, ...Array.from({ length: taken.length }, (_, i) => `${name} (${i + 2})`)];
  return names.find((each) => !taken.includes(each)) ?? name;
}

/** Opens a new project and reads the file into it; answers when the file has been read or refused. */
export async function beginProject(
  app: AppState,
  file: Blob,
  fileName: string,
  origin: ProjectOrigin,
): Promise<Outcome<null>> {
  const pinned = pinFile(file);
  const created = await app.create(origin === 'file' || origin === 'paste' ? null : fileName, origin);
  return created.ok ? created.value.source.take(pinned, fileName, origin) : created;
}

/** A dropped file: a project file is added to the list and opened, anything else begins a project of its own. */
export async function takeFile(app: AppState, file: File): Promise<void> {
  if (file.name.toLowerCase().endsWith(PROJECT_EXTENSION)) await app.importProject(file);
  else await beginProject(app, file, file.name, 'file');
}
