import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../src/data/failure';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import { Protection, type ProtectedPage } from '../../../src/ui/state/protection.svelte';
import { createMemoryStore } from '../../../src/platform/projects/memory-store';
import { openJourney } from './open-journey';
import { Saver } from '../../../src/ui/state/saver.svelte';

function setUp(changes: Partial<ProjectStore> = {}) {
  const store: ProjectStore = { ...createMemoryStore(), ...changes };
  const calls: string[] = [];
  const { journey } = openJourney(undefined, store);
  const saver = new Saver(store, true);
  const page: ProtectedPage = {
    journey,
    saver,
    close: () => Promise.resolve(void calls.push('close')),
    removeOutputs: () => Promise.resolve(void calls.push('remove outputs')),
    leave: (reason) => void calls.push(`leave: ${reason}`),
  };
  return { calls, saver, journey, protection: new Protection(store, page) };
}

describe('the protection of the open project', () => {
  it('locks by saving, closing and leaving, in this order', async () => {
    const { calls, protection } = setUp();
    expect(await protection.lock('idle')).toEqual(succeed(null));
    expect(calls).toEqual(['close', 'leave: idle']);
  });

  it('does not lock what could not be saved, and says why, unless another tab has the project anyway', async () => {
    const { calls, saver, journey, protection } = setUp({
      put: () => Promise.resolve(fail('storage-full', 'Full.')),
    });
    saver.save(() => Promise.resolve(succeed(journey.record)));
    const outcome = await protection.lock('asked');
    expect(!outcome.ok && outcome.failure.message).toContain('could not be saved and would be lost');
    expect(calls).toEqual([]);
    journey.lost = 'taken';
    expect((await protection.lock('asked')).ok).toBe(true);
    expect(calls).toEqual(['close', 'leave: asked']);
  });

  it('removes files written in clear once the project is protected, and not where that failed', async () => {
    let unlocked = false;
    const { calls, protection } = setUp({
      protect: () => Promise.resolve(succeed((unlocked = true) && null)),
      isUnlocked: () => unlocked,
    });
    expect(await protection.protect('four words of mine')).toEqual(succeed(null));
    expect([protection.active, calls]).toEqual([true, ['remove outputs']]);
    const failing = setUp();
    expect((await failing.protection.protect('four words of mine')).ok).toBe(false);
    expect([failing.protection.active, failing.calls]).toEqual([false, []]);
  });
});
