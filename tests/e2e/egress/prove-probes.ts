import { expect } from 'vitest';
import { makeCanary } from './canary';
import { isNoise } from './noise';
import { runProbes, type ProbeSet, type Result } from './run-probes';
import type { Scene } from './scene';
import type { Traffic, Witness } from './witness';

/** What was seen of the probes of one scene, and all its traffic since the guard stood. */
export interface Watched {
  readonly results: readonly Result[];
  readonly traffic: Traffic;
}

/** Runs the probes of a scene, closes its browser and reads what went over the network. */
export async function watchProbes(witness: Witness, scene: Scene, set: ProbeSet): Promise<Watched> {
  const canary = makeCanary();
  const results = await runProbes(witness, scene, set, canary);
  await scene.context.close();
  return { results, traffic: await witness.report(scene.since, scene.port, [canary]) };
}

/**
 * The control must show that the witness sees: of all kinds of traffic some, the canary, and nearly every probe. A probe
 * that fires in no browser at all would otherwise count as held.
 */
export function expectControl({ results, traffic }: Watched, witness: Witness): void {
  const fired = results.filter(({ seenBy }) => seenBy.length > 0);
  expect(fired.length).toBeGreaterThan(0.9 * results.length);
  for (const context of ['page', 'worker', 'nested worker', 'service worker'] as const)
    expect(fired.some((result) => result.context === context)).toBe(true);
  expect(traffic.canaries).toHaveLength(1);
  const seen = new Set(fired.flatMap(({ seenBy }) => seenBy));
  expect([...seen].sort()).toEqual(
    ['connection', 'datagram', 'own server', ...(witness.kind === 'namespace' ? ['name'] : [])].sort(),
  );
  expect(traffic.foreign.filter((entry) => !isNoise(entry)).length).toBeGreaterThan(50);
}

/** Names of probes that reach the own server although the page is locked. */
export interface KnownWays {
  readonly known: readonly string[];
  readonly sometimes: readonly string[];
}

/**
 * Behind the lock nothing may go anywhere but to the own server, for sw.js. Probes that are `known` to reach the own server
 * must do so; those that are so `sometimes` may or may not.
 */
export function expectSilence(
  { results, traffic }: Watched,
  { known, sometimes }: KnownWays = { known: [], sometimes: [] },
): void {
  const out = results
    .filter(({ seenBy }) => seenBy.length > 0)
    .map(({ context, name }) => `${context}: ${name}`);
  expect(out.filter((name) => !sometimes.includes(name))).toEqual(known);
  expect(traffic.nDropped).toBe(0);
  expect(traffic.foreign.filter((entry) => !isNoise(entry))).toEqual([]);
  expect(traffic.names.filter((name) => !isNoise(name))).toEqual([]);
  if (known.length > 0) return;
  expect(traffic.requests).toEqual(['GET /sw.js']);
  expect(traffic.canaries).toEqual([]);
}
