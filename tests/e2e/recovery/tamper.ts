import type { Page } from 'playwright-core';

/** Changes what the browser has stored behind the page's back, as a fault of the disk or another program would. */

type StoreName = 'projects' | 'parts';

interface Entry {
  readonly key: IDBValidKey;
  readonly value: unknown;
}

/** Puts fields into the record of the only project. */
export async function changeRecord(page: Page, patch: Readonly<Record<string, unknown>>): Promise<void> {
  await withStore(
    page,
    'projects',
    (entries, put, given) => {
      for (const { key, value } of entries) put(key, { ...(value as object), ...(given as object) });
    },
    patch,
  );
}

/** Removes the parts of that kind (`source`, `model`, …). */
export async function deletePart(page: Page, kind: string): Promise<void> {
  await withStore(
    page,
    'parts',
    (entries, put, given) => {
      for (const { key } of entries)
        if (String((key as string[])[1]).startsWith(String(given))) put(key, null);
    },
    kind,
  );
}

/** Puts other texts into a part of that kind. */
export async function putPart(
  page: Page,
  kind: string,
  part: { readonly kind: 'value'; readonly json: string; readonly arrays: string },
): Promise<void> {
  await withStore(
    page,
    'parts',
    (entries, put, given) => {
      const { kind: wanted, part: texts } = given as { kind: string; part: typeof part };
      const value = { kind: 'value', json: new Blob([texts.json]), arrays: new Blob([texts.arrays]) };
      for (const { key } of entries) if (String((key as string[])[1]).startsWith(wanted)) put(key, value);
    },
    { kind, part },
  );
}

/** Gives the part of that kind of one project to the run of another. Projects by their name. */
export async function copyParts(page: Page, from: string, to: string, kind: string): Promise<void> {
  const names = await listNames(page);
  await withStore(
    page,
    'parts',
    (entries, put, given) => {
      const { source, target, kind: wanted } = given as { source: string; target: string; kind: string };
      const find = (id: string) =>
        entries.find(({ key }) => (key as string[])[0] === id && (key as string[])[1]?.startsWith(wanted));
      const [taken, replaced] = [find(source), find(target)];
      if (taken === undefined || replaced === undefined) throw new Error('no such part');
      put(replaced.key, taken.value);
    },
    { source: names.get(from), target: names.get(to), kind },
  );
}

async function listNames(page: Page): Promise<ReadonlyMap<string, string>> {
  const found: [string, string][] = await page.evaluate(async () => {
    const [{ name = '' } = {}] = await indexedDB.databases();
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no database'));
    });
    const records = await new Promise<{ id: string; name: string }[]>((resolve) => {
      const request = database.transaction('projects').objectStore('projects').getAll();
      request.onsuccess = () => resolve(request.result as { id: string; name: string }[]);
    });
    database.close();
    return records.map(({ id, name: title }) => [title, id]);
  });
  return new Map(found);
}

type Change = (
  entries: readonly Entry[],
  put: (key: IDBValidKey, value: unknown) => void,
  given: unknown,
) => void;

/** Runs `change` (sent as text) over a store; a null value removes. */
async function withStore(page: Page, store: StoreName, change: Change, given: unknown): Promise<void> {
  await page.evaluate(
    async ([storeName, text, parameter]) => {
      const act = (0, eval)(`(${text})`) as Change;
      const [{ name = '' } = {}] = await indexedDB.databases();
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no database'));
      });
      await new Promise<void>((resolve, reject) => {
        const transaction = database.transaction(storeName, 'readwrite');
        const objects = transaction.objectStore(storeName);
        const keys = objects.getAllKeys();
        const values = objects.getAll();
        values.onsuccess = () => {
          const entries = keys.result.map((key, i): Entry => ({ key, value: values.result[i] }));
          act(
            entries,
            (key, value) => void (value === null ? objects.delete(key) : objects.put(value, key)),
            parameter,
          );
        };
        transaction.oncomplete = () => resolve();
        transaction.onerror = () => reject(transaction.error ?? new Error('not changed'));
        transaction.onabort = () => reject(transaction.error ?? new Error('broken off'));
      });
      database.close();
    },
    [store, change.toString(), given] as const,
  );
}
