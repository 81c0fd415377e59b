import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { packValue } from '../../../src/api/packed-value';
import { databaseName } from '../../../src/platform/projects/names';
import { PROJECT_VERSION, type ProjectRecord } from '../../../src/platform/projects/types';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import { sampleRecord } from '../../platform/projects/sample-record';
import { codeOf, openStore, putPart, scratchScope, take, takeValue } from './scratch-store';

const PASSPHRASE = 'four words of mine';
const CANARY = 'canary-cell-4711';
const COLUMN = 'canary_column';

/** A project with something of every kind in it, claimed by this page. */
async function makeProject(scope: string, id = 'a'): Promise<ProjectStore> {
  const store = await openStore(scope);
  take(await store.put(sampleRecord(id, { name: `Ward of ${CANARY}` })));
  take(await store.claim(id, 'if-free'));
  take(await putPart(store, id, 'source', new Blob([`${COLUMN}\n${CANARY}\n`], { type: 'text/csv' })));
  take(
    await putPart(store, id, 'model/r1', packValue({ [COLUMN]: CANARY, w: new Float32Array([1.5, NaN]) })),
  );
  take(await putPart(store, id, 'synthetic/r1', new Blob([`${COLUMN}\n${CANARY}\n`])));
  return store;
}

/** Everything the database of a scope holds, as text. */
async function readRaw(scope: string): Promise<string> {
  const database = await openDB(databaseName(scope));
  const texts: string[] = [];
  for (const name of database.objectStoreNames)
    for (const value of await database.getAll(name)) texts.push(await asText(value));
  database.close();
  return texts.join('\n');
}

async function asText(value: unknown): Promise<string> {
  if (value instanceof Blob) return latin(new Uint8Array(await value.arrayBuffer()));
  if (ArrayBuffer.isView(value)) return latin(new Uint8Array(value.buffer as ArrayBuffer));
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = Object.entries(value).map(async ([key, item]) => `${key}=${await asText(item)}`);
  return (await Promise.all(parts)).join(';');
}

function latin(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

/** Changes what is stored of one kind in place. */
async function tamper<T>(
  scope: string,
  store: 'projects' | 'parts',
  key: IDBValidKey,
  change: (value: T) => unknown,
): Promise<void> {
  const database = await openDB(databaseName(scope));
  await database.put(store, change((await database.get(store, key)) as T), key);
  database.close();
}

async function contentsOf(store: ProjectStore, id: string): Promise<unknown> {
  const blob = async (part: 'source' | 'synthetic/r1') => {
    const value = take(await store.getPart(id, part)) as Blob;
    return [value.type, await value.text()];
  };
  return [
    take(await store.get(id)),
    await blob('source'),
    await blob('synthetic/r1'),
    await takeValue(store, id, 'model/r1'),
  ];
}

describe('a protected project', () => {
  it('is kept as ciphertext, all of it, and in clear again once the passphrase is taken away', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    const before = await contentsOf(store, 'a');
    for (const word of [CANARY, COLUMN]) expect(await readRaw(scope)).toContain(word);
    take(await store.protect('a', PASSPHRASE));
    for (const word of [CANARY, COLUMN, 'cohort.csv', 'Heart'])
      expect([word, (await readRaw(scope)).includes(word)]).toEqual([word, false]);
    expect(await contentsOf(store, 'a')).toEqual(before);
    take(await store.unprotect('a'));
    expect(await contentsOf(store, 'a')).toEqual(before);
    for (const word of [CANARY, COLUMN]) expect(await readRaw(scope)).toContain(word);
  });

  it('keeps as ciphertext what is written later: record, checkpoint, evaluation', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    take(await store.protect('a', PASSPHRASE));
    take(
      await store.put(sampleRecord('a', { name: CANARY }), {
        'checkpoint/r1': packValue({ [COLUMN]: CANARY }),
        'evaluation/r1': new Blob([CANARY]),
      }),
    );
    expect(await readRaw(scope)).not.toContain(CANARY);
    expect(take(await store.get('a')).name).toBe(CANARY);
    expect(await takeValue(store, 'a', 'checkpoint/r1')).toEqual({ [COLUMN]: CANARY });
    take(await store.put(sampleRecord('a'), { 'checkpoint/r1': null }));
    expect(take(await store.getPart('a', 'checkpoint/r1'))).toBeNull();
  });

  it('is listed without its name, and opens in another page only under its passphrase', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    const before = await contentsOf(store, 'a');
    take(await store.protect('a', PASSPHRASE));
    take(await store.lock('a'));
    for (const page of [store, await openStore(scope)]) {
      const [line] = take(await page.list());
      expect(line).toMatchObject({ name: 'Locked project', sealed: true, nRows: null, nRuns: 0 });
      expect(line?.updatedAt).toBe(sampleRecord().updatedAt);
      expect(codeOf(await page.get('a'))).toBe('passphrase-needed');
      expect(codeOf(await page.getPart('a', 'source'))).toBe('passphrase-needed');
      expect(codeOf(await page.exportProject('a', { withSource: true }))).toBe('passphrase-needed');
      expect(codeOf(await page.put(sampleRecord('a')))).toBe('passphrase-needed');
      expect(codeOf(await page.unprotect('a'))).toBe('passphrase-needed');
      expect(codeOf(await page.unlock('a', 'not the right one'))).toBe('passphrase-wrong');
      expect(page.isUnlocked('a')).toBe(false);
      take(await page.unlock('a', PASSPHRASE));
      expect(await contentsOf(page, 'a')).toEqual(before);
      take(await page.lock('a'));
    }
  });

  it('changes its passphrase without being written anew', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    take(await store.protect('a', PASSPHRASE));
    expect(codeOf(await store.changePassphrase('a', 'not the right one', 'another good one'))).toBe(
      'passphrase-wrong',
    );
    take(await store.changePassphrase('a', PASSPHRASE, 'another good one'));
    take(await putPart(store, 'a', 'synthetic/r1', new Blob(['later'])));
    const other = await openStore(scope);
    expect(codeOf(await other.unlock('a', PASSPHRASE))).toBe('passphrase-wrong');
    take(await other.unlock('a', 'another good one'));
    expect(await (take(await other.getPart('a', 'synthetic/r1')) as Blob).text()).toBe('later');
  });

  it('is never replaced by something plain, nor under a passphrase that was changed elsewhere', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    const asleep = await openStore(scope);
    take(await store.protect('a', PASSPHRASE));
    expect(codeOf(await asleep.put(sampleRecord('a')))).toBe('passphrase-needed');
    take(await asleep.unlock('a', PASSPHRASE));
    take(await store.changePassphrase('a', PASSPHRASE, 'another good one'));
    expect(codeOf(await asleep.put(sampleRecord('a')))).toBe('project-locked');
    take(await store.unprotect('a'));
    expect(codeOf(await asleep.put(sampleRecord('a')))).toBe('project-locked');
    expect(codeOf(await store.put(sampleRecord('a')))).toBe('ok');
  });

  it('that a newer version wrote is neither opened nor overwritten', async () => {
    const store = await makeProject(scratchScope());
    take(await store.protect('a', PASSPHRASE));
    const later = { ...sampleRecord('a'), version: PROJECT_VERSION + 1 } as unknown as ProjectRecord;
    take(await store.put(later));
    expect(codeOf(await store.get('a'))).toBe('project-newer');
    expect(codeOf(await store.put(sampleRecord('a')))).toBe('project-newer');
    expect(codeOf(await store.unprotect('a'))).toBe('project-newer');
  });

  it('is erased like any other, and its key forgotten', async () => {
    const store = await makeProject(scratchScope());
    take(await store.protect('a', PASSPHRASE));
    take(await store.erase('a'));
    expect([store.isUnlocked('a'), take(await store.list())]).toEqual([false, []]);
  });
});

describe('a protected project that was tampered with', () => {
  it('says what was altered, and never “wrong passphrase”', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    take(await makeProject(scope, 'b').then((other) => other.protect('b', PASSPHRASE)));
    take(await store.protect('a', PASSPHRASE));
    interface Sealed {
      boxes: Blob[];
      type: string;
    }
    const flip = async (blob: Blob): Promise<Blob> => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      bytes[40] = (bytes[40] ?? 0) ^ 1;
      return new Blob([bytes]);
    };
    const database = await openDB(databaseName(scope));
    const source = (await database.get('parts', ['a', 'source'])) as Sealed;
    const others = (await database.get('parts', ['b', 'source'])) as Sealed;
    database.close();
    const flipped = await flip(source.boxes[0] ?? new Blob());
    const cut = source.boxes[0]?.slice(0, 20);
    for (const boxes of [[flipped], [cut], [], others.boxes]) {
      await tamper<Sealed>(scope, 'parts', ['a', 'source'], (part) => ({ ...part, boxes }));
      const outcome = await store.getPart('a', 'source');
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'project-altered' } });
      expect(!outcome.ok && outcome.failure.message).toContain('source table');
    }
    await tamper(scope, 'parts', ['a', 'source'], () => ({ kind: 'bytes', bytes: new Blob(['planted']) }));
    expect(codeOf(await store.getPart('a', 'source'))).toBe('project-altered');
    await tamper(scope, 'parts', ['a', 'source'], () => source);
    expect(codeOf(await store.getPart('a', 'source'))).toBe('ok');
  });

  it('says so of its record and of its protection, before and after the passphrase is typed', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    take(await store.protect('a', PASSPHRASE));
    type Raw = Record<string, unknown> & { boxes: Uint8Array[]; envelope: Record<string, unknown> };
    const database = await openDB(databaseName(scope));
    const raw = (await database.get('projects', 'a')) as Raw;
    database.close();
    const boxes = raw.boxes.map((box) => box.map((byte, i) => (i === 30 ? byte ^ 1 : byte)));
    for (const change of [{ boxes }, { updatedAt: 1 }, { boxes: [...raw.boxes].reverse() }]) {
      await tamper<Raw>(scope, 'projects', 'a', () => ({ ...raw, ...change }));
      expect(codeOf(await store.get('a'))).toBe('project-altered');
      expect(codeOf(await (await openStore(scope)).unlock('a', PASSPHRASE))).toBe('project-altered');
    }
    for (const field of ['check', 'nonce', 'wrapped', 'digest']) {
      const envelope = { ...raw.envelope, [field]: 'AAAA' };
      await tamper<Raw>(scope, 'projects', 'a', () => ({ ...raw, envelope }));
      for (const typed of [PASSPHRASE, 'not the right one'])
        expect(codeOf(await (await openStore(scope)).unlock('a', typed))).toBe('project-altered');
    }
    await tamper<Raw>(scope, 'projects', 'a', () => raw);
    expect(codeOf(await (await openStore(scope)).unlock('a', PASSPHRASE))).toBe('ok');
  });
});

describe('protecting and laying open', () => {
  /** Lets `nPuts` writes through and breaks the transaction off at the next. */
  function failAfter(nPuts: number): void {
    const put = IDBObjectStore.prototype.put;
    let left = nPuts;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (left-- > 0) return put.call(this, value, key);
      this.transaction.abort();
      throw new DOMException('', 'QuotaExceededError');
    });
  }

  it('are all or nothing, wherever they are broken off', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    const before = await contentsOf(store, 'a');
    const acts = [() => store.protect('a', PASSPHRASE), () => store.unprotect('a')];
    for (const act of acts) {
      for (let nPuts = 0; nPuts < 4; nPuts++) {
        const stored = await readRaw(scope);
        failAfter(nPuts);
        expect(codeOf(await act())).not.toBe('ok');
        vi.restoreAllMocks();
        expect(await readRaw(scope)).toBe(stored);
        expect(await contentsOf(store, 'a')).toEqual(before);
      }
      take(await act());
      expect(await contentsOf(store, 'a')).toEqual(before);
    }
  });

  it('wait for writes that are under way, and later writes wait for them', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    const outcomes = await Promise.all([
      store.put(sampleRecord('a', { name: 'first' })),
      store.protect('a', PASSPHRASE),
      store.put(sampleRecord('a', { name: CANARY }), { 'evaluation/r1': new Blob([CANARY]) }),
    ]);
    expect(outcomes.map(codeOf)).toEqual(['ok', 'ok', 'ok']);
    expect(await readRaw(scope)).not.toContain(CANARY);
    expect(take(await store.get('a')).name).toBe(CANARY);
  });
});

describe('a project file under a passphrase', () => {
  it('is kept under the same passphrase where it is opened, and never in clear', async () => {
    const [here, there] = [scratchScope(), scratchScope()];
    const store = await makeProject(here);
    const before = await contentsOf(store, 'a');
    const file = take(await store.exportProject('a', { withSource: true, passphrase: PASSPHRASE }));
    const other = await openStore(there);
    const id = 'b';
    const importing = (passphrase: string | null) => other.importProject(file, { id, now: 1, passphrase });
    expect(codeOf(await importing(null))).toBe('passphrase-needed');
    expect(codeOf(await importing('not the right one'))).toBe('passphrase-wrong');
    take(await importing(PASSPHRASE));
    expect(await readRaw(there)).not.toContain(CANARY);
    const [record, ...parts] = (await contentsOf(other, id)) as [object, ...unknown[]];
    expect([{ ...record, id: 'a', updatedAt: sampleRecord().updatedAt }, ...parts]).toEqual(before);
    take(await other.lock(id));
    expect(codeOf(await other.unlock(id, PASSPHRASE))).toBe('ok');
  });

  it('can be in clear though the project is protected, and the other way round', async () => {
    const scope = scratchScope();
    const store = await makeProject(scope);
    take(await store.protect('a', PASSPHRASE));
    const clear = take(await store.exportProject('a', { withSource: false }));
    take(await store.importProject(clear, { id: 'c', now: 1 }));
    expect(take(await store.list()).find(({ id }) => id === 'c')?.sealed).toBe(false);
  });
});
