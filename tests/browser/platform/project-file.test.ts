import { describe, expect, it } from 'vitest';
import { packValue } from '../../../src/api/packed-value';
import { sampleRecord } from '../../platform/projects/sample-record';
import { codeOf, openStore, putPart, scratchScope, take, takeValue } from './scratch-store';

const NOW = 1_800_000_000_000;

describe('a project file in the browser', () => {
  it('carries a project from one browser to another', async () => {
    const [here, there] = [await openStore(scratchScope()), await openStore(scratchScope())];
    const weights = Float32Array.from({ length: 5_000 }, (_, i) => Math.cos(i));
    take(await here.put(sampleRecord('a')));
    take(await putPart(here, 'a', 'source', new Blob(['age;sex\n40;f\n'])));
    take(await putPart(here, 'a', 'model/r1', packValue({ weights })));
    take(await putPart(here, 'a', 'synthetic/r1', new Blob(['age\n41\n'])));
    const file = take(await here.exportProject('a', { withSource: true }));
    expect(take(await there.importProject(file, { id: 'b', now: NOW }))).toEqual(
      sampleRecord('b', { updatedAt: NOW }),
    );
    expect(await takeValue(there, 'b', 'model/r1')).toEqual({ weights });
    const again = take(await there.exportProject('b', { withSource: true }));
    const twice = take(await there.exportProject('b', { withSource: true }));
    expect(new Uint8Array(await again.arrayBuffer())).toEqual(new Uint8Array(await twice.arrayBuffer()));
  });

  it('leaves the records out when asked', async () => {
    const store = await openStore(scratchScope());
    const governance = { policy: null, lockedAt: null, log: [] };
    take(await store.put(sampleRecord('a', { governance })));
    take(await putPart(store, 'a', 'source', new Blob(['age;sex\n40;f\n'])));
    take(await putPart(store, 'a', 'synthetic/r1', new Blob(['age\n41\n'])));
    const file = take(await store.exportProject('a', { withSource: false }));
    take(await store.importProject(file, { id: 'b', now: NOW }));
    expect(take(await store.getPart('b', 'source'))).toBeNull();
    expect(await (take(await store.getPart('b', 'synthetic/r1')) as Blob).text()).toBe('age\n41\n');
  });

  it('adds nothing when the file is damaged, and never replaces a project', async () => {
    const store = await openStore(scratchScope());
    take(await store.put(sampleRecord('a')));
    take(await putPart(store, 'a', 'source', new Blob(['age;sex\n40;f\n'])));
    const bytes = new Uint8Array(
      await take(await store.exportProject('a', { withSource: true })).arrayBuffer(),
    );
    expect(codeOf(await store.importProject(new Blob([bytes]), { id: 'a', now: NOW }))).toBe('internal');
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    const outcome = await store.importProject(new Blob([bytes]), { id: 'b', now: NOW });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'project-corrupt' } });
    expect(!outcome.ok && outcome.failure.message).toContain('changed or cut short');
    expect(take(await store.list()).map(({ id }) => id)).toEqual(['a']);
    expect(take(await store.get('a')).updatedAt).toBe(sampleRecord().updatedAt);
  });
});
