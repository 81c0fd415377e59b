import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { launchPlain } from './browser';
import { findCanaries } from './canary';
import { describeForeign } from './foreign';
import { here } from './inside/addresses.mjs';
import type { Orders } from './inside/orders';
import { openInhabitant, openNamespace, type Namespace } from './namespace';
import { listContacts, readLoggedBytes, readNetLog } from './net-log';
import { parsePackets, readPacketBytes } from './packets';

/** A moment from which traffic is judged. */
export interface Moment {
  readonly atMs: number;
  readonly nPacketBytes: number;
  readonly nNames: number;
  readonly nRequests: number;
}

/** What went over the network since a moment. */
export interface Traffic {
  /** Names that were looked up, each once. */
  readonly names: readonly string[];
  /** Everything that was sent to anybody but the own server and the resolver, in words, each once. */
  readonly foreign: readonly string[];
  /** Requests to the own server, with a note when one carried a cookie, each once. */
  readonly requests: readonly string[];
  /** Canaries that were found in what was sent or logged. */
  readonly canaries: readonly string[];
  /** Packets, or entries of the net-log, that were judged. */
  readonly nSeen: number;
  /** Packets that could not be written down. */
  readonly nDropped: number;
}

/** Sees what a browser sends: by packets in a namespace, or where none can be made by the browser's own log. */
export interface Witness extends Orders {
  readonly kind: 'namespace' | 'net-log';
  /** Where its files are, profiles of browsers included; gone once it is closed. */
  readonly folder: string;
  /** How strong the proof is, for whoever reads the result. */
  readonly sentence: string;
  /** Address at which sinks can be reached. */
  readonly sinkAddress: string;
  launch(): Promise<BrowserContext>;
  now(port: number): Promise<Moment>;
  /** Traffic since a moment; the log of a browser can be read only once it is closed. */
  report(since: Moment, port: number, canaries: readonly string[]): Promise<Traffic>;
  close(): void;
}

async function readRequests(orders: Orders, port: number): Promise<string[]> {
  const { requests } = await orders.look();
  return (requests[String(port)] ?? []).map(({ line, cookie }) =>
    cookie === null ? line : `${line} with a cookie`,
  );
}

async function readNow(orders: Orders, port: number): Promise<Moment> {
  const { names, nBytes, requests } = await orders.look();
  const nRequests = requests[String(port)]?.length ?? 0;
  return { atMs: Date.now(), nPacketBytes: nBytes, nNames: names.length, nRequests };
}

const once = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

async function reportPackets(
  namespace: Namespace,
  since: Moment,
  port: number,
  canaries: readonly string[],
): Promise<Traffic> {
  const { names, nDropped, nBytes } = await namespace.look();
  const bytes = readPacketBytes(namespace.packetFile, since.nPacketBytes).subarray(
    0,
    nBytes - since.nPacketBytes,
  );
  const packets = parsePackets(bytes);
  const requests = (await readRequests(namespace, port)).slice(since.nRequests);
  const late = names.slice(since.nNames);
  // What was cut between two packets is whole again when their payloads stand side by side.
  const joined = Buffer.concat(packets.map(({ payload }) => payload));
  const written = Buffer.from([...late, ...requests].join('\n'));
  return {
    names: once(late.map((name) => name.toLowerCase())),
    foreign: once(packets.flatMap((packet) => describeForeign(packet, port) ?? [])),
    requests: once(requests),
    canaries: findCanaries(Buffer.concat([bytes, joined, written]), canaries),
    nSeen: packets.length,
    nDropped,
  };
}

async function openNamespaceWitness(folder: string): Promise<Witness> {
  const namespace = await openNamespace(folder);
  return {
    ...namespace,
    folder,
    kind: 'namespace',
    sentence:
      'Proof by packets: the browser ran in a network namespace of its own, where every packet was written down.',
    sinkAddress: here,
    launch: () => launchPlain({ folder, wrap: namespace.wrap }),
    now: (port) => readNow(namespace, port),
    report: (since, port, canaries) => reportPackets(namespace, since, port, canaries),
  };
}

function findOwnAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find((each) => each.family === 'IPv4' && !each.internal)?.address ?? '127.0.0.1';
}

function makeNetLogReport(orders: Orders, logs: readonly string[]): Witness['report'] {
  return async (since, port, canaries) => {
    const requests = (await readRequests(orders, port)).slice(since.nRequests);
    const kept = logs.map(readNetLog);
    const contacts = kept.flatMap(listContacts).filter(({ atMs }) => atMs >= since.atMs);
    const own = [
      `localhost:${String(port)}`,
      `127.0.0.1:${String(port)}`,
      `[::1]:${String(port)}`,
      'localhost',
    ];
    const others = contacts.filter(({ whom }) => !own.includes(whom));
    const logged = kept.map((log) => readLoggedBytes(log, since.atMs));
    return {
      names: once(
        others.filter(({ how }) => how === 'name').map(({ whom }) => whom.replace(/:\d+$/, '')),
      ).filter((name) => name !== '~notfound'),
      foreign: once(others.filter(({ how }) => how !== 'name').map(({ how, whom }) => `${how} to ${whom}`)),
      requests: once(requests),
      canaries: findCanaries(Buffer.concat([...logged, Buffer.from(requests.join('\n'))]), canaries),
      nSeen: contacts.length,
      nDropped: 0,
    };
  };
}

/** Names in `.test` lead to this machine and no other name to anywhere, so that nothing aims outside. */
async function openNetLogWitness(folder: string, why: string): Promise<Witness> {
  const inhabitant = await openInhabitant();
  const sinkAddress = findOwnAddress();
  const rules = `MAP *.test ${sinkAddress}, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE ${sinkAddress}`;
  const logs: string[] = [];
  return {
    ...inhabitant,
    folder,
    kind: 'net-log',
    sentence: `Weaker proof, by the browser's own log (--log-net-log), since no network namespace was used: ${why}`,
    sinkAddress,
    launch: () => {
      const path = join(folder, `${String(logs.length)}.json`);
      logs.push(path);
      const log = [`--log-net-log=${path}`, '--net-log-capture-mode=Everything'];
      return launchPlain({ folder, args: [...log, `--host-resolver-rules=${rules}`] });
    },
    now: (port) => readNow(inhabitant, port),
    report: makeNetLogReport(inhabitant, logs),
  };
}

async function openAsked(folder: string, asked: string | undefined): Promise<Witness> {
  if (asked === 'net-log') return openNetLogWitness(folder, 'it was asked for.');
  try {
    return await openNamespaceWitness(folder);
  } catch (error) {
    if (asked === 'namespace') throw error;
    return openNetLogWitness(folder, error instanceof Error ? error.message : String(error));
  }
}

/**
 * A namespace where the machine allows one, else the net-log.
 *
 * @param asked `net-log` asks for the latter, `namespace` fails where none can be made; UNDERSTUDY_EGRESS by default
 */
export async function openWitness(asked = process.env.UNDERSTUDY_EGRESS): Promise<Witness> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-egress-'));
  const witness = await openAsked(folder, asked);
  const close = () => {
    witness.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ...witness, close };
}
