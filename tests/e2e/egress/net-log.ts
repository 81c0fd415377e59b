import { readFileSync } from 'node:fs';

/** What Chromium's own log (`--log-net-log`, capture mode Everything) says about its traffic. */
export interface NetLog {
  readonly events: readonly NetLogEvent[];
}

export interface NetLogEvent {
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** What the event belongs to, such as one socket. */
  readonly source: number;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Written {
  readonly constants: {
    readonly logEventTypes: Readonly<Record<string, number>>;
    readonly timeTickOffset: number;
  };
  readonly events: readonly {
    readonly type: number;
    readonly time: string;
    readonly source: { readonly id: number };
    readonly params?: Readonly<Record<string, unknown>>;
  }[];
}

/** Reads a log whose browser has been closed; throws when it is not whole. */
export function readNetLog(path: string): NetLog {
  const { constants, events } = JSON.parse(readFileSync(path, 'utf8')) as Written;
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]));
  return {
    events: events.map(({ type, time, source, params = {} }) => ({
      type: names.get(type) ?? String(type),
      atMs: Number(time) + constants.timeTickOffset,
      source: source.id,
      params,
    })),
  };
}

/** Who was contacted or asked for: `host:port`, a bare host, or an address with its port. */
export interface Contact {
  readonly how: 'name' | 'request' | 'connection' | 'datagram';
  readonly whom: string;
  readonly atMs: number;
}

const readers: Readonly<Record<string, readonly [how: Contact['how'], param: string]>> = {
  HOST_RESOLVER_MANAGER_REQUEST: ['name', 'host'],
  HOST_RESOLVER_MANAGER_JOB: ['name', 'host'],
  DNS_TRANSACTION: ['name', 'hostname'],
  URL_REQUEST_START_JOB: ['request', 'url'],
  TCP_CONNECT_ATTEMPT: ['connection', 'address'],
  UDP_BYTES_SENT: ['datagram', 'address'],
};

/** Host of an address on the network; null for blob:, data: and what else stays in the browser. */
function hostOf(text: string): string | null {
  if (!/^[a-z-]+:/.test(text) || /^[^/]*:\d+$/.test(text)) return text;
  return /^(https?|wss?):/.test(text) ? new URL(text).host : null;
}

/** Everything the browser looked up, asked for, connected to or sent datagrams to, in order. */
export function listContacts({ events }: NetLog): Contact[] {
  const peers = new Map<number, string>();
  return events.flatMap(({ type, atMs, source, params }) => {
    // A socket is told its peer once; connecting one for datagrams sends nothing.
    if (type === 'UDP_CONNECT' && typeof params.address === 'string') peers.set(source, params.address);
    const [how, param] = readers[type] ?? [];
    const text =
      param === undefined
        ? undefined
        : (params[param] ?? (how === 'datagram' ? peers.get(source) : undefined));
    if (how === undefined || typeof text !== 'string') return [];
    const whom = hostOf(text);
    return whom === null ? [] : [{ how, whom, atMs }];
  });
}

/** All that the browser wrote about its traffic from a time on, bytes on sockets included, to search in. */
export function readLoggedBytes({ events }: NetLog, sinceMs: number): Buffer {
  const late = events.filter(({ atMs }) => atMs >= sinceMs);
  const sent = late.flatMap(({ params }) =>
    typeof params.bytes === 'string' ? [Buffer.from(params.bytes, 'base64')] : [],
  );
  return Buffer.concat([Buffer.from(late.map(({ params }) => JSON.stringify(params)).join('\n')), ...sent]);
}
