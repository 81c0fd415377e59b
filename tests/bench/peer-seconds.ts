import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SCRIPT = new URL('../../../shared/tools/calibrate.mjs', import.meta.url).pathname;
/** What the script printed on the machine that the peers were timed on, in milliseconds. */
const CALIBRATED_MS = 98;

/** Seconds of the peers, one thread on an idle machine: fit and sample where both were timed. */
const IDLE_SECONDS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  adult: { CTGAN: 1218, TVAE: 222, 'ARGN (PyTorch)': 44.9, 'synthpop CART': 26.5 },
  support2: { 'synthpop CART': 42.9 },
};

/** How many times as slow as the peers' machine this one is right now; null where `../shared` is not there to tell by. */
export function calibrate(): number | null {
  if (!existsSync(SCRIPT)) return null;
  return Number(execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' })) / CALIBRATED_MS;
}

/** A line that says what the peers need for that table on this machine, or why that cannot be said. */
export function describePeers(table: string): string {
  const factor = calibrate();
  if (factor === null)
    return `${table}: the peers' seconds are left out, since ../shared is not there to calibrate by.`;
  const peers = Object.entries(IDLE_SECONDS[table] ?? {}).map(
    ([name, seconds]) => `${name} ${(seconds * factor).toFixed(1)} s`,
  );
  return `${table}: the peers' idle seconds × ${factor.toFixed(2)} (calibrate ${(factor * CALIBRATED_MS).toFixed(0)} ms / ${CALIBRATED_MS} ms): ${peers.join(', ')}.`;
}
