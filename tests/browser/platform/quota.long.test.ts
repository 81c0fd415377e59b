import { cdp } from 'vitest/browser';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleRecord } from '../../platform/projects/sample-record';
import { codeOf, openStore, putPart, scratchScope, take } from './scratch-store';

interface Session {
  send(method: string, params: object): Promise<unknown>;
}

async function limitStorage(nBytes?: number): Promise<void> {
  const limit = nBytes === undefined ? {} : { quotaSize: nBytes };
  await (cdp() as unknown as Session).send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...limit,
  });
}

describe('when storage is full', () => {
  afterEach(() => limitStorage());

  it('says so, keeps what was there, and works again with room', async () => {
    const store = await openStore(scratchScope());
    const { usageBytes } = await store.storage();
    await limitStorage((usageBytes ?? 0) + 2 ** 20);
    take(await store.put(sampleRecord('a')));
    take(await putPart(store, 'a', 'synthetic/r1', new Blob(['first'])));
    const large = new Blob([new Uint8Array(8 * 2 ** 20)]);
    // Chromium goes on for some seconds with the quota that it asked for last.
    await expect
      .poll(async () => codeOf(await putPart(store, 'a', 'source', large)), {
        timeout: 60_000,
        interval: 1000,
      })
      .toBe('storage-full');
    const kept = take(await store.getPart('a', 'source'));
    expect(codeOf(await putPart(store, 'a', 'synthetic/r1', large))).toBe('storage-full');
    expect(await (take(await store.getPart('a', 'synthetic/r1')) as Blob).text()).toBe('first');
    expect(take(await store.getPart('a', 'source'))).toEqual(kept);
    await limitStorage();
    take(await putPart(store, 'a', 'source', large));
  });
});
