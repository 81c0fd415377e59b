import type { Packet } from './packets';

const resolverPort = 53;
const isLoopback = (address: string): boolean => address.startsWith('127.') || /^[0:]+1$/.test(address);

/** Where a packet goes, null when it belongs to the own server, to the resolver or to the kernel's own neighbour talk. */
export function describeForeign(packet: Packet, ownPort: number): string | null {
  const { protocol, from, fromPort, to, toPort } = packet;
  if (protocol === 'neighbour') return null;
  const own = isLoopback(to) && isLoopback(from);
  if (own && protocol === 'tcp' && (toPort === ownPort || fromPort === ownPort)) return null;
  if (own && protocol === 'udp' && (toPort === resolverPort || fromPort === resolverPort)) return null;
  return `${protocol} to ${to}:${String(toPort)}`;
}
