import { folderName } from './names';

/** Our folder in the origin's private file system, which holds large outputs until they are downloaded. */
export async function openFolder(scope: string): Promise<FileSystemDirectoryHandle | null> {
  const root = await openRoot();
  return (await root?.getDirectoryHandle(folderName(scope), { create: true })) ?? null;
}

/** Removes our folder with everything in it but files that are being written, in this tab or another. */
export async function removeFolder(scope: string): Promise<void> {
  const root = await openRoot();
  const folder = await root?.getDirectoryHandle(folderName(scope)).catch(ignoreMissing);
  if (root === null || !folder) return;
  for (const name of await listNames(folder)) await folder.removeEntry(name).catch(ignoreBusy);
  await root.removeEntry(folderName(scope)).catch(ignoreBusy);
}

/** Names of our files there; null when there is no folder of ours. */
export async function listFolder(scope: string): Promise<readonly string[] | null> {
  const root = await openRoot();
  const folder = await root?.getDirectoryHandle(folderName(scope)).catch(ignoreMissing);
  return folder ? await listNames(folder) : null;
}

export async function listNames(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (folder as IterableFolder).keys()) names.push(name);
  return names;
}

/** TypeScript's DOM library leaves the async iterators of directories to a library of its own. */
type IterableFolder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

/** Null where the browser has no such file system or refuses it (some private windows). */
async function openRoot(): Promise<FileSystemDirectoryHandle | null> {
  const storage = (navigator as Partial<Navigator>).storage as Partial<StorageManager> | undefined;
  return (await storage?.getDirectory?.().catch(() => null)) ?? null;
}

function ignoreMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null;
  throw error;
}

/** A file being written, and the folder of one, cannot be removed; the caller lists what stays. */
function ignoreBusy(error: unknown): void {
  if (error instanceof DOMException && BUSY.includes(error.name)) return;
  throw error;
}

const BUSY = ['NotFoundError', 'NoModificationAllowedError', 'InvalidModificationError'];
