import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** What a browser holds for the origin of a page, by kind. */
export interface StoredCounts {
  readonly databases: number;
  readonly files: number;
  readonly settings: number;
  readonly caches: number;
  readonly workers: number;
}

export function countStored(of: Page): Promise<StoredCounts> {
  return of.evaluate(async () => {
    const count = async (folder: FileSystemDirectoryHandle): Promise<number> => {
      let n = 0;
      for await (const [, handle] of folder as unknown as AsyncIterable<[string, FileSystemHandle]>)
        n += 1 + (handle.kind === 'directory' ? await count(handle as FileSystemDirectoryHandle) : 0);
      return n;
    };
    return {
      databases: (await indexedDB.databases()).length,
      files: await count(await navigator.storage.getDirectory()),
      settings: localStorage.length + sessionStorage.length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    };
  });
}

/** Which of the words the browser holds for this origin: in databases (Blobs too), files and settings. */
export function findStored(of: Page, words: readonly string[]): Promise<readonly string[]> {
  return of.evaluate(async (wanted) => {
    const texts: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const read = (bytes: ArrayBuffer): void => void texts.push(new TextDecoder('latin1').decode(bytes));
    const walk = async (value: unknown): Promise<void> => {
      if (value instanceof Blob) read(await value.arrayBuffer());
      else if (value instanceof ArrayBuffer) read(value);
      else if (ArrayBuffer.isView(value)) read(value.buffer.slice(0) as ArrayBuffer);
      else if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) {
          texts.push(key);
          await walk(item);
        }
      else texts.push(String(value));
    };
    const ask = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('not read'));
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await ask(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = [ask(objects.getAllKeys()), ask(objects.getAll())];
        await walk(await keys);
        await walk(await values);
      }
      database.close();
    }
    const search = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const [name, handle] of folder as unknown as AsyncIterable<[string, FileSystemHandle]>) {
        texts.push(name);
        if (handle.kind === 'directory') await search(handle as FileSystemDirectoryHandle);
        else read(await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer());
      }
    };
    await search(await navigator.storage.getDirectory());
    return wanted.filter((word) => texts.some((text) => text.includes(word)));
  }, words);
}

/** Which of the words stand in any file of a browser profile, by file. */
export function findOnDisk(folder: string, words: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const bytes = readIfFile(join(folder, name));
    for (const word of words) if (bytes?.includes(word) === true) found.push(`${word} in ${name}`);
  }
  return found;
}

/** Null for folders, sockets and what the browser has just removed. */
function readIfFile(path: string): Buffer | null {
  try {
    return statSync(path).isFile() ? readFileSync(path) : null;
  } catch {
    return null;
  }
}
