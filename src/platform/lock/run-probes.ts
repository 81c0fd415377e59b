import type { Probe, ProbeContext, SelfTestRow } from './self-test.types';

/** Tries the ways out one after another, so that a reported violation belongs to the probe that runs. */
export async function runProbes(
  context: ProbeContext,
  probes: readonly Probe[],
  onRow: (row: SelfTestRow) => void,
): Promise<void> {
  for (const { channel, run } of probes) onRow({ context, channel, expected: 'refused', ...(await run()) });
}
