import { describe, expect, it } from 'vitest';
import { sampleRecord } from '../../platform/projects/sample-record';
import { codeOf, openStore, putPart, scratchScope, take } from './scratch-store';

/** Two stores of one scope behave as two tabs: a Web Lock is held by the request, not by the page. */
async function openTwo(): Promise<
  [Awaited<ReturnType<typeof openStore>>, Awaited<ReturnType<typeof openStore>>]
> {
  const scope = scratchScope();
  const first = await openStore(scope);
  take(await first.put(sampleRecord('a')));
  return [first, await openStore(scope)];
}

describe('a claim', () => {
  it('keeps a second tab out until it is released', async () => {
    const [first, second] = await openTwo();
    const claim = take(await first.claim('a', 'if-free'));
    expect(codeOf(await second.claim('a', 'if-free'))).toBe('project-locked');
    claim.release();
    await expect.poll(async () => codeOf(await second.claim('a', 'if-free'))).toBe('ok');
  });

  it('is for one project', async () => {
    const [first, second] = await openTwo();
    take(await first.claim('a', 'if-free'));
    expect(codeOf(await second.claim('b', 'if-free'))).toBe('ok');
  });

  it('can be asked for twice by the same page', async () => {
    const [first] = await openTwo();
    const claim = take(await first.claim('a', 'if-free'));
    expect(take(await first.claim('a', 'if-free'))).toBe(claim);
  });

  it('can be taken over; the other tab is told and can no longer save', async () => {
    const [first, second] = await openTwo();
    const claim = take(await first.claim('a', 'if-free'));
    take(await second.claim('a', 'take-over'));
    expect(await claim.lost).toBe('taken');
    expect(codeOf(await first.put(sampleRecord('a', { name: 'stale' })))).toBe('project-locked');
    expect(codeOf(await putPart(first, 'a', 'source', new Blob(['stale'])))).toBe('project-locked');
    expect(codeOf(await putPart(first, 'a', 'source', null))).toBe('project-locked');
    expect(take(await second.get('a')).name).toBe('Heart failure cohort');
    take(await first.claim('a', 'take-over'));
    expect(codeOf(await first.put(sampleRecord('a', { name: 'mine again' })))).toBe('ok');
  });

  it('that was lost to an erasure brings nothing back, even before the tab has heard of it', async () => {
    const [first, second] = await openTwo();
    const claim = take(await first.claim('a', 'if-free'));
    const erasing = second.erase('a');
    const late = first.put(sampleRecord('a', { name: 'late' }));
    take(await erasing);
    await late;
    expect(codeOf(await first.put(sampleRecord('a', { name: 'later' })))).toBe('project-missing');
    expect(await claim.lost).toBe('erased');
    expect(take(await second.list())).toEqual([]);
  });

  it('is not lost by being released', async () => {
    const [first, second] = await openTwo();
    const claim = take(await first.claim('a', 'if-free'));
    claim.release();
    await expect.poll(async () => codeOf(await second.claim('a', 'if-free'))).toBe('ok');
    expect(await Promise.race([claim.lost.then(() => 'lost'), Promise.resolve('kept')])).toBe('kept');
    expect(codeOf(await first.put(sampleRecord('a')))).toBe('ok');
  });
});
