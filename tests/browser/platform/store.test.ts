import { describe, expect, it, vi } from 'vitest';
import { packValue } from '../../../src/api/packed-value';
import { deleteDB, openDB } from 'idb';
import { DATABASE_STEPS } from '../../../src/platform/projects/migrations';
import { openDatabase } from '../../../src/platform/projects/database';
import { databaseName } from '../../../src/platform/projects/names';
import { openProjectStore } from '../../../src/platform/projects/store';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import { sampleRecord } from '../../platform/projects/sample-record';
import { codeOf, openStore, putPart, scratchScope, take, takeValue } from './scratch-store';

/** A project of one page, protected where `kind` says so. */
async function makeProject(
  store: ProjectStore,
  kind: 'in clear' | 'under a passphrase',
  id: string,
): Promise<void> {
  take(await store.put(sampleRecord(id)));
  if (kind === 'under a passphrase') take(await store.protect(id, 'four words of mine'));
}

/** Everything below holds for projects in clear and for those under a passphrase. */
describe.each(['in clear', 'under a passphrase'] as const)('projects %s on this device', (kind) => {
  const make = (store: ProjectStore, id = 'a') => makeProject(store, kind, id);

  it('are kept, listed newest first, and found again by another page', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    for (const id of ['old', 'new']) await make(store, id);
    take(await store.put(sampleRecord('old', { updatedAt: 1 })));
    take(await store.put(sampleRecord('new', { updatedAt: 2 })));
    take(await putPart(store, 'new', 'source', new Blob(['12345'])));
    const other = await openStore(scope);
    const listed = take(await other.list());
    expect(listed.map(({ id, nBytes }) => [id, nBytes])).toEqual([
      ['new', kind === 'in clear' ? 5 : 5 + 28],
      ['old', 0],
    ]);
    take(await other.unlock('old', 'four words of mine'));
    expect(take(await other.get('old'))).toEqual(sampleRecord('old', { updatedAt: 1 }));
  });

  it('are not seen from another scope', async () => {
    const store = await openStore(scratchScope());
    await make(store);
    expect(take(await (await openStore(scratchScope())).list())).toEqual([]);
  });

  it('bring back Blobs as Blobs and values as they were', async () => {
    const store = await openStore(scratchScope());
    await make(store);
    take(await putPart(store, 'a', 'source', new File(['a;b\n'], 'cohort.csv', { type: 'text/csv' })));
    const weights = new Float32Array([1.5, NaN, -0]);
    const packed = packValue({ weights, names: new Map([[1, undefined]]) });
    weights.fill(0);
    take(await putPart(store, 'a', 'model/r1', packed));
    const source = take(await store.getPart('a', 'source')) as Blob;
    expect([source.type, await source.text()]).toEqual(['text/csv', 'a;b\n']);
    expect(await takeValue(store, 'a', 'model/r1')).toStrictEqual({
      weights: new Float32Array([1.5, NaN, -0]),
      names: new Map([[1, undefined]]),
    });
    expect(take(await store.getPart('a', 'synthetic/r1'))).toBeNull();
    take(await putPart(store, 'a', 'model/r1', null));
    expect(take(await store.getPart('a', 'model/r1'))).toBeNull();
  });

  it('take a value larger than one stored value may be', async () => {
    const store = await openStore(scratchScope());
    await make(store);
    const big = new Float32Array(40 * 2 ** 20);
    big.set([1, 2, 3], big.length - 3);
    take(await putPart(store, 'a', 'model/r1', packValue({ big, tail: new Uint8Array([9]) })));
    const back = (await takeValue(store, 'a', 'model/r1')) as { big: Float32Array; tail: Uint8Array };
    expect(back.big.byteLength).toBe(160 * 2 ** 20);
    expect([...back.big.subarray(-3), ...back.tail]).toEqual([1, 2, 3, 9]);
  });

  it('say what is missing', async () => {
    const store = await openStore(scratchScope());
    expect(codeOf(await store.get('nobody'))).toBe('project-missing');
    expect(codeOf(await putPart(store, 'nobody', 'source', new Blob(['x'])))).toBe('project-missing');
    expect(codeOf(await store.exportProject('nobody', { withSource: true }))).toBe('project-missing');
  });
});

describe.each(['in clear', 'under a passphrase'] as const)('replacing a part of a project %s', (kind) => {
  const make = (store: ProjectStore, id = 'a') => makeProject(store, kind, id);

  it('leaves the old one when it is broken off', async () => {
    const store = await openStore(scratchScope());
    await make(store);
    take(await putPart(store, 'a', 'checkpoint/r1', packValue({ step: 1, w: new Float32Array(1000) })));
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      const request = put.call(this, value, key);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    });
    const next = packValue({ step: 2, w: new Float32Array(9) });
    expect(codeOf(await putPart(store, 'a', 'checkpoint/r1', next))).toBe('storage-unavailable');
    vi.restoreAllMocks();
    expect(await takeValue(store, 'a', 'checkpoint/r1')).toEqual({ step: 1, w: new Float32Array(1000) });
  });

  it('leaves the old one when there is no room (quota.long.test.ts fills the real storage)', async () => {
    const store = await openStore(scratchScope());
    await make(store);
    take(await putPart(store, 'a', 'checkpoint/r1', packValue({ step: 1 })));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    expect(codeOf(await putPart(store, 'a', 'checkpoint/r1', packValue({ step: 2 })))).toBe('storage-full');
    expect(codeOf(await store.put(sampleRecord('b')))).toBe('storage-full');
    vi.restoreAllMocks();
    expect(await takeValue(store, 'a', 'checkpoint/r1')).toEqual({ step: 1 });
    expect(take(await store.list()).map(({ id }) => id)).toEqual(['a']);
  });

  it('never leaves a record that speaks of a part which is not there', async () => {
    const store = await openStore(scratchScope());
    await make(store);
    take(await store.put(sampleRecord('a', { name: 'before' })));
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (Array.isArray(key)) throw new DOMException('', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    const parts = { 'model/r1': packValue({ w: 1 }) };
    expect(codeOf(await store.put(sampleRecord('a', { name: 'after' }), parts))).toBe('storage-full');
    vi.restoreAllMocks();
    expect(take(await store.get('a')).name).toBe('before');
    expect(take(await store.getPart('a', 'model/r1'))).toBeNull();
    expect(codeOf(await store.put(sampleRecord('a', { name: 'after' }), parts))).toBe('ok');
    expect(await takeValue(store, 'a', 'model/r1')).toEqual({ w: 1 });
  });

  it('leaves a Blob that was taken before readable', async () => {
    const store = await openStore(scratchScope());
    await make(store);
    take(await putPart(store, 'a', 'source', new Blob(['before'])));
    const before = take(await store.getPart('a', 'source')) as Blob;
    take(await putPart(store, 'a', 'source', new Blob(['after'])));
    expect(await before.text()).toBe('before');
    expect(await (take(await store.getPart('a', 'source')) as Blob).text()).toBe('after');
  });
});

describe('what was stored by something else', () => {
  async function plant(
    scope: string,
    store: 'projects' | 'parts',
    value: unknown,
    key: IDBValidKey,
  ): Promise<void> {
    const database = await openDB(databaseName(scope));
    await database.put(store, value, key);
    database.close();
  }

  it('is listed but not opened when damaged or newer, and newer is never overwritten', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    await plant(scope, 'projects', { version: 1, name: 'Half' }, 'half');
    await plant(scope, 'projects', { ...sampleRecord('late'), version: 99 }, 'late');
    expect(
      take(await store.list())
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Half', 'Heart failure cohort']);
    expect(codeOf(await store.get('half'))).toBe('project-corrupt');
    expect(codeOf(await store.get('late'))).toBe('project-newer');
    expect(codeOf(await store.exportProject('half', { withSource: true }))).toBe('project-corrupt');
    expect(codeOf(await store.put(sampleRecord('late')))).toBe('project-newer');
    take(await store.put(sampleRecord('half')));
    take(await store.erase('late'));
    expect(take(await store.list()).map(({ id }) => id)).toEqual(['half']);
  });

  it('is refused as a part when damaged, at the latest when it is unpacked', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    take(await store.put(sampleRecord('a')));
    const broken = {
      kind: 'value',
      json: new Blob(['{"$array":"f32","at":0,"length":4}']),
      arrays: new Blob(['12']),
    };
    await plant(scope, 'parts', broken, ['a', 'model/r1']);
    await expect(takeValue(store, 'a', 'model/r1')).rejects.toMatchObject({
      failure: { code: 'project-corrupt' },
    });
  });

  it('is refused as a database of a later version', async () => {
    const scope = scratchScope();
    const later = await openDatabase(scope, () => undefined, [...DATABASE_STEPS, () => undefined]);
    expect(codeOf(await openProjectStore(scope))).toBe('project-newer');
    later.close();
    await deleteDB(databaseName(scope));
  });
});

describe('the database', () => {
  it('is brought up step by step with its contents', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    take(await store.put(sampleRecord('a')));
    const seen: string[] = [];
    const later = await openDatabase(scope, () => undefined, [
      () => seen.push('first again'),
      () => seen.push('second'),
      () => seen.push('third'),
      () => seen.push('fourth'),
    ]);
    expect(DATABASE_STEPS).toHaveLength(2);
    expect(seen).toEqual(['third', 'fourth']);
    expect(await later.getAllKeys('projects')).toEqual(['a']);
    later.close();
    expect(codeOf(await store.list())).toBe('project-newer');
    await deleteDB(databaseName(scope));
    expect(take(await store.list())).toEqual([]);
  });

  it('that cannot be opened is a failure, not an exception', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(codeOf(await openProjectStore('/denied/'))).toBe('storage-unavailable');
  });

  it('that an older page does not let go of is a failure with advice', async () => {
    const scope = scratchScope();
    const stubborn = await openDB(databaseName(scope), 1);
    const opening = openDatabase(scope, () => undefined, [() => undefined, () => undefined]);
    await expect(opening).rejects.toMatchObject({ failure: { code: 'storage-unavailable' } });
    stubborn.close();
    await deleteDB(databaseName(scope));
  });
});

describe('the report of storage', () => {
  it('gives usage and quota', async () => {
    const report = await (await openStore(scratchScope())).storage();
    expect(report.usageBytes).toBeGreaterThanOrEqual(0);
    expect(report.quotaBytes).toBeGreaterThan(2 ** 20);
    expect(typeof report.persisted).toBe('boolean');
  });
});
