import { toolText } from './tools';
import type { Probe, ProbeContext } from './probe';

/** A probe in one context under one guard, with the name of the sink that it alone knows. */
export interface Placed {
  readonly probe: Probe;
  readonly context: ProbeContext;
  /** Host name of its sink; for the own server the last part of its path. */
  readonly target: string;
}

/** What the text of a probe is told. */
export interface Aim {
  readonly port: number;
  readonly ip: string;
  /** Address of the folder of the page. */
  readonly ownBase: string;
  readonly canary: string;
}

/** Names a probe for the network: `w-fetch.locked.test` for the fetch of a worker in a locked page. */
export function place(probe: Probe, context: ProbeContext, variant: string): Placed {
  const letters = { page: 'p', worker: 'w', 'nested worker': 'n', 'service worker': 's' } as const;
  const label = `${letters[context]}-${probe.name.replace(/[^a-z0-9]+/g, '-')}`.slice(0, 60);
  return { probe, context, target: `${label}.${variant}.test` };
}

function writeCall({ probe, target }: Placed, { port, ip, ownBase, canary }: Aim): string {
  const host = `${target}:${String(port)}`;
  const origin = probe.own ? ownBase : `http://${host}`;
  const url = probe.own ? `${ownBase}self/${target}?q=${canary}` : `${origin}/?q=${canary}`;
  const values = [url, origin, host, port, ip, canary].map((value) => JSON.stringify(value)).join(', ');
  return `outcomes.push(run(async (url, origin, host, port, ip, canary) => { ${probe.text} }, [${values}]));\n`;
}

/**
 * One script that tries several probes at once and answers, after `waitMs` or when all have ended, how many it
 * started.
 */
export function writeScript(placed: readonly Placed[], aims: readonly Aim[], waitMs: number): string {
  const calls = placed.map((one, i) => writeCall(one, aims[i] ?? (aims[0] as Aim))).join('');
  const ownBase = JSON.stringify(aims[0]?.ownBase);
  return `(async () => {
${toolText}
const own = (path) => ${ownBase} + path;
const outcomes = [];
const run = (work, values) => (async () => work(...values))().then(() => 'ended', (error) => String(error));
${calls}
const time = new Promise((resolve) => setTimeout(resolve, ${String(waitMs)}));
await Promise.race([Promise.all(outcomes), time]);
await Promise.race([new Promise((resolve) => setTimeout(resolve, ${String(Math.min(waitMs, 1_500))})), time]);
return outcomes.length;
})()`;
}

/** A script for a worker that runs another script in a worker of its own, by the trick its guard allows. */
export function nest(script: string): string {
  return `(async () => {
${toolText}
const source = ${JSON.stringify(`${script}.then((n) => postMessage(n))`)};
const nested = new Worker(k.script(k.blob(source)));
return new Promise((resolve) => {
  nested.onmessage = ({ data }) => resolve(data);
  nested.onerror = () => resolve(-1);
  setTimeout(resolve, 8_000, -2);
});
})()`;
}
