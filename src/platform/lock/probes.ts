import type { Probe, ProbeOutcome } from './self-test.types';

/** A name that no server can ever have (RFC 2606): should a probe escape, the worst is one failed look-up of it. */
export const foreignAddress = 'https://selftest.invalid/';

/** A refusal by policy is immediate; a probe that is still pending after this was not refused. */
const limitMs = 2_000;
/** The report of a violation may come after the failure it explains. */
const graceMs = 100;

const missing: ProbeOutcome = { result: 'not-applicable', how: 'this browser does not have it' };
const removed: ProbeOutcome = { result: 'refused', how: 'removed by the page' };
const escaped: ProbeOutcome = { result: 'escaped', how: 'nothing refused it' };

function wait(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null));
}

/** The first of these directives that the browser reports as broken by `work`, or null when it reports none. */
async function watchPolicy(directives: readonly string[], work: () => unknown): Promise<string | null> {
  const listening = new AbortController();
  const violated = new Promise<string>((resolve) => {
    const listen = (event: Event) => {
      const { effectiveDirective } = event as SecurityPolicyViolationEvent;
      if (directives.includes(effectiveDirective)) resolve(effectiveDirective);
    };
    addEventListener('securitypolicyviolation', listen, { signal: listening.signal });
  });
  const settled = (async () => work())().then(
    () => wait(graceMs),
    () => wait(graceMs),
  );
  const directive = await Promise.race([violated, settled, wait(limitMs)]);
  // Every policy in force reports on its own: the reports of this probe must not be taken for the next one's.
  await wait(graceMs);
  listening.abort();
  return directive;
}

/** The value of a global name, undefined where the browser lacks it or the page removed it. */
function readGlobal(name: string): unknown {
  return (globalThis as unknown as Record<string, unknown>)[name];
}

/**
 * A way out that counts as refused only when the browser itself reports a broken policy: a request that merely fails
 * may have been sent.
 *
 * @param needs global name the way out depends on, null for none
 * @param directives policy directives that may refuse it
 */
export function probePolicy(
  channel: string,
  needs: string | null,
  directives: readonly string[],
  work: () => unknown,
): Probe {
  const run = async (): Promise<ProbeOutcome> => {
    if (needs !== null && readGlobal(needs) === undefined) return needs in globalThis ? removed : missing;
    const directive = await watchPolicy(directives, work);
    return directive === null ? escaped : { result: 'refused', how: `by the browser: ${directive}` };
  };
  return { channel, run };
}

/** A way out that the page closed by its own script: `work` must throw before it does anything. */
export function probeScript(channel: string, work: () => unknown): Probe {
  const run = (): Promise<ProbeOutcome> => {
    try {
      work();
      return Promise.resolve(escaped);
    } catch {
      return Promise.resolve({ result: 'refused', how: "by the page's script" });
    }
  };
  return { channel, run };
}

/** A way out that the page took away. */
export function probeRemoved(channel: string, owner: object, name: string): Probe {
  const value = (): unknown => (owner as Record<string, unknown>)[name];
  const here = name in owner;
  return { channel, run: () => Promise.resolve(value() !== undefined ? escaped : here ? removed : missing) };
}

/** Waits for a socket-like object to open; it fails by event, not by exception. */
function settle(target: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    for (const type of ['open', 'error', 'load'])
      target.addEventListener(type, () => resolve(), { once: true });
  });
}

/** Ways out that the page and workers have in common. */
export function listCommonProbes(ownAddress: string): Probe[] {
  const foreign = foreignAddress;
  const connect = ['connect-src'];
  const worker = ['worker-src', 'require-trusted-types-for'];
  return [
    probePolicy('request to the own server', null, connect, () => fetch(ownAddress, { cache: 'no-store' })),
    probePolicy('request to another server', null, connect, () => fetch(foreign, { mode: 'no-cors' })),
    probePolicy('XMLHttpRequest', 'XMLHttpRequest', connect, () => {
      const request = new XMLHttpRequest();
      request.open('GET', foreign);
      request.send();
      return settle(request);
    }),
    probePolicy('WebSocket', 'WebSocket', connect, () => settle(new WebSocket('wss://selftest.invalid/'))),
    probePolicy('EventSource', 'EventSource', connect, () => settle(new EventSource(foreign))),
    probePolicy('WebTransport', 'WebTransport', connect, () => new WebTransport(foreign).ready),
    probePolicy('worker from an address', 'Worker', worker, () => settle(new Worker(ownAddress))),
  ];
}
