import { beforeEach, describe, expect, it, vi } from 'vitest';
import { packValue } from '../../../src/api/packed-value';
import { openOutputFile } from '../../../src/platform/download';
import { listKept, type KeptThing } from '../../../src/platform/projects/erase';
import { databaseName, scopedName } from '../../../src/platform/projects/names';
import { sampleRecord } from '../../platform/projects/sample-record';
import { codeOf, openStore, putPart, scratchScope, take } from './scratch-store';

/** Kinds and names, a line each. */
function lines(things: readonly KeptThing[]): readonly string[] {
  return things.map(({ kind, name }) => `${kind} ${name}`);
}

describe('erasing one project', () => {
  it('removes its record and parts and nothing else', async () => {
    const store = await openStore(scratchScope());
    for (const id of ['a', 'ab']) {
      take(await store.put(sampleRecord(id)));
      take(await putPart(store, id, 'source', new Blob([id])));
      take(await putPart(store, id, 'model/r1', packValue({ w: new Float32Array(3) })));
    }
    take(await store.erase('a'));
    expect(take(await store.list()).map(({ id, nBytes }) => [id, nBytes > 2])).toEqual([['ab', true]]);
    expect(take(await store.getPart('a', 'source'))).toBeNull();
    expect(await (take(await store.getPart('ab', 'source')) as Blob).text()).toBe('ab');
  });

  it('keeps every tab from saving it once more', async () => {
    const scope = scratchScope();
    const [here, there] = [await openStore(scope), await openStore(scope)];
    take(await there.put(sampleRecord('a')));
    const claim = take(await there.claim('a', 'if-free'));
    take(await here.erase('a'));
    expect(await claim.lost).toBe('erased');
    expect(codeOf(await there.put(sampleRecord('a')))).toBe('project-missing');
    expect(codeOf(await here.put(sampleRecord('a')))).toBe('project-missing');
    expect(take(await here.list())).toEqual([]);
  });
});

describe('erasing everything', () => {
  beforeEach(() => {
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  });

  it('leaves nothing of ours and everything of others', async () => {
    const scope = scratchScope();
    const [here, there] = [await openStore(scope), await openStore(scope)];
    take(await here.put(sampleRecord('a')));
    take(await putPart(here, 'a', 'source', new Blob(['records'])));
    const claim = take(await there.claim('a', 'if-free'));
    localStorage.setItem(scopedName(scope, 'theme'), 'dark');
    localStorage.setItem('of-another-page', 'stays');
    sessionStorage.setItem(scopedName(scope, 'tab'), '1');
    const output = take(await openOutputFile('synthetic.csv', scope, 'download'));
    take(await output.write(new Uint8Array(10)));
    take(await output.finish());
    const other = scratchScope();
    await openStore(other);

    const all = lines(await listKept(scope));
    const before = all.filter((line) => !line.startsWith('output file '));
    expect(before).toEqual([
      `database ${databaseName(scope)}`,
      `output folder ${scope}`,
      `setting ${scopedName(scope, 'theme')}`,
      `setting ${scopedName(scope, 'tab')}`,
    ]);
    expect(all.length).toBeGreaterThan(before.length);
    const report = take(await here.eraseEverything());
    expect([lines(report.found), report.left]).toEqual([all, []]);
    expect(await listKept(scope)).toEqual([]);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(databaseName(scope));
    expect((await indexedDB.databases()).map(({ name }) => name)).toContain(databaseName(other));
    expect(localStorage.getItem('of-another-page')).toBe('stays');
    localStorage.removeItem('of-another-page');
    expect(await claim.lost).toBe('erased');
    expect(codeOf(await there.put(sampleRecord('a')))).toBe('project-missing');
    expect(take(await there.list())).toEqual([]);
  });

  it('takes the program’s own cache of this scope, and that of no other', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    const [ours, others] = [`understudy ${scope} abc`, 'understudy /scratch/other/ abc'];
    for (const name of [ours, others]) await caches.open(name);
    const report = take(await store.eraseEverything());
    expect(lines(report.found)).toContain(`program cache ${ours}`);
    expect([await caches.has(ours), await caches.has(others)]).toEqual([false, true]);
    await caches.delete(others);
  });

  it('names an output that is still being written', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    const output = take(await openOutputFile('synthetic.csv', scope, 'download'));
    const { left } = take(await store.eraseEverything());
    expect(left.map(({ kind }) => kind)).toContain('output file');
    await output.discard();
    expect(take(await store.eraseEverything()).left).toEqual([]);
  });

  it('says what it could not erase', async () => {
    const scope = scratchScope();
    const store = await openStore(scope);
    localStorage.setItem(scopedName(scope, 'theme'), 'dark');
    vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(() => undefined);
    expect(lines(take(await store.eraseEverything()).left)).toEqual([
      `setting ${scopedName(scope, 'theme')}`,
    ]);
  });
});
