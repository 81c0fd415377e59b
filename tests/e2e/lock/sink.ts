import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/** A host that must never be reached: counts requests by path, connections without a request, and datagrams. */
export interface Sink {
  /** `http://127.0.0.1:PORT`; what is asked for under `/NAME` is a hit of the channel NAME. */
  readonly origin: string;
  /** A port that only counts connections. */
  readonly preconnectOrigin: string;
  /** STUN address, null on a machine without a network interface. */
  readonly stun: string | null;
  /** Channels that got through since the last reset. */
  hits(): string[];
  reset(): void;
  close(): Promise<void>;
}

function findAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find((each) => each.family === 'IPv4' && !each.internal)?.address ?? null;
}

async function listenHttp(onRequest: (path: string) => void, onConnection: (socket: Socket) => void) {
  const server = createServer((request, response) => {
    onRequest(request.url ?? '');
    response
      .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' })
      .end('');
  });
  server.on('upgrade', (request, socket) => {
    onRequest(request.url ?? '');
    socket.destroy();
  });
  server.on('connection', onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${String(port)}`, close };
}

async function listenUdp(onDatagram: () => void) {
  const address = findAddress();
  if (address === null) return { stun: null, close: () => undefined };
  const socket = createSocket('udp4', onDatagram);
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  return { stun: `stun:${address}:${String(socket.address().port)}`, close: () => socket.close() };
}

export async function openSink(): Promise<Sink> {
  const seen = new Set<string>();
  const http = await listenHttp(
    (path) => seen.add(path.slice(1).replace(/[?/].*$/, '')),
    () => undefined,
  );
  const silent = await listenHttp(
    () => undefined,
    (socket) => {
      seen.add('preconnect');
      // An idle connection left open would be used again and not be seen a second time.
      socket.destroy();
    },
  );
  const udp = await listenUdp(() => seen.add('webrtc'));
  return {
    origin: http.origin,
    preconnectOrigin: silent.origin,
    stun: udp.stun,
    hits: () => [...seen].filter((name) => name !== 'favicon.ico').sort(),
    reset: () => seen.clear(),
    close: async () => {
      udp.close();
      await Promise.all([http.close(), silent.close()]);
    },
  };
}
