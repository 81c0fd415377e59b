import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openOutputFile } from '../../../src/platform/download';
import { databaseName, folderName } from '../../../src/platform/projects/names';
import { listFolder } from '../../../src/platform/projects/opfs';
import { isNeeded } from '../../../src/platform/projects/sweep';
import { sampleRecord, sampleRun } from '../../platform/projects/sample-record';
import { openStore, scratchScope, take } from './scratch-store';

/** Puts something into the database as an older version, or one that died, may have left it. */
async function plant(
  scope: string,
  store: 'projects' | 'parts',
  entries: readonly (readonly [IDBValidKey, unknown])[],
): Promise<void> {
  const database = await openDB(databaseName(scope));
  for (const [key, value] of entries) await database.put(store, value, key);
  database.close();
}

async function listKeys(scope: string): Promise<readonly string[]> {
  const database = await openDB(databaseName(scope));
  const keys = await database.getAllKeys('parts');
  database.close();
  return keys.map((key) => String(key)).sort();
}

const part = { kind: 'bytes', bytes: new Blob(['x']) };

describe('tidying up at the start', () => {
  beforeEach(() => {
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  });

  it('removes parts that no record speaks of and keeps every other', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    const runs = [
      sampleRun('done', 'finished'),
      sampleRun('broken', 'interrupted'),
      sampleRun('off', 'cancelled'),
    ];
    take(await store.put(sampleRecord('a', { runs })));
    take(await store.put(sampleRecord('empty', { source: null, schema: null, runs: [] })));
    const kept = ['a,source', 'a,model/done', 'a,synthetic/done', 'a,checkpoint/broken'];
    const left = ['a,checkpoint/done', 'a,checkpoint/off', 'a,model/unknown', 'empty,source', 'gone,source'];
    await plant(
      scope,
      'parts',
      [...kept, ...left].map((key) => [key.split(','), part]),
    );
    expect(take(await store.sweep())).toEqual({ nParts: left.length, nOutputs: 0 });
    expect(await listKeys(scope)).toEqual([...kept].sort());
    expect(take(await store.sweep())).toEqual({ nParts: 0, nOutputs: 0 });
  });

  it('leaves alone what this version cannot read and what a tab holds', async () => {
    const scope = scratchScope();
    const [here, there] = [await openStore(scope), await openStore(scope)];
    take(await there.put(sampleRecord('held')));
    const claim = take(await there.claim('held', 'if-free'));
    await plant(scope, 'projects', [
      ['late', { version: 99 }],
      ['damaged', { version: 1, runs: 'none' }],
    ]);
    const keys = ['damaged,model/x', 'held,model/x', 'late,model/x'];
    await plant(
      scope,
      'parts',
      keys.map((key) => [key.split(','), part]),
    );
    expect(take(await here.sweep()).nParts).toBe(0);
    expect(await listKeys(scope)).toEqual(keys);
    claim.release();
    await expect.poll(async () => take(await here.sweep()).nParts).toBe(1);
    expect(await listKeys(scope)).toEqual(['damaged,model/x', 'late,model/x']);
  });

  it('removes outputs of pages that are gone, not those of a page that lives', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    expect(take(await store.sweep()).nOutputs).toBe(0);
    expect(await listFolder(scope)).toBeNull();
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(folderName(scope), { create: true });
    await folder.getFileHandle('dead', { create: true });
    await folder.getFileHandle('dead.crswap', { create: true });
    const living = take(await openOutputFile('synthetic.csv', scope, 'download'));
    await folder.getFileHandle('later', { create: true });
    take(await living.write(new Uint8Array(10)));
    expect(take(await store.sweep()).nOutputs).toBe(1);
    expect((await listFolder(scope))?.includes('later')).toBe(false);
    take(await living.finish());
    expect(await listFolder(scope)).toHaveLength(1);
  });
});

describe('whether a record speaks of a part', () => {
  const record = sampleRecord('a', { runs: [sampleRun('r', 'training')] });

  it.each([
    [undefined, 'source', false],
    [record, 'source', true],
    [{ ...record, source: null }, 'source', false],
    [record, 'checkpoint/r', true],
    [{ ...record, runs: [sampleRun('r', 'paused')] }, 'checkpoint/r', true],
    [{ ...record, runs: [sampleRun('r', 'failed')] }, 'checkpoint/r', false],
    [record, 'model/r', true],
    [record, 'model/other', false],
    [null, 'model/other', true],
    ['text', 'source', true],
    [{ ...record, runs: ['odd'] }, 'model/r', false],
  ])('%#', (raw, name, needed) => {
    expect(isNeeded(raw, name)).toBe(needed);
  });
});
