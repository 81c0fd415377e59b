import { scopedName } from './names';
import { listFolder, listNames, openFolder } from './opfs';

/** The Web Lock that stands for a page that writes, or lets the browser read, an output of that name. */
export function outputLock(scope: string, name: string): string {
  return scopedName(scope, `output/${name}`);
}

/** Chromium writes to a file beside the one asked for until it is closed. */
const SWAP_SUFFIX = /\.crswap$/;

/**
 * Removes the outputs of pages that are gone; those of a living page are locked by it. Answers how many were removed;
 * makes no folder where there is none.
 */
export async function removeLeftovers(scope: string): Promise<number> {
  if ((await listFolder(scope)) === null) return 0;
  const folder = await openFolder(scope);
  if (folder === null) return 0;
  let nRemoved = 0;
  for (const name of await listNames(folder)) {
    const free = await navigator.locks.request(
      outputLock(scope, name.replace(SWAP_SUFFIX, '')),
      { ifAvailable: true },
      (lock) => lock !== null,
    );
    if (free && (await removes(folder, name))) nRemoved++;
  }
  return nRemoved;
}

/** False for a file that went away meanwhile, or that the browser still holds. */
async function removes(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.removeEntry(name);
    return true;
  } catch {
    return false;
  }
}
