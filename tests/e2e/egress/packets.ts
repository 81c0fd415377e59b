import { openSync, closeSync, fstatSync, readSync } from 'node:fs';

export interface Packet {
  readonly protocol: 'tcp' | 'udp' | 'neighbour' | 'other';
  readonly from: string;
  readonly fromPort: number;
  readonly to: string;
  readonly toPort: number;
  readonly payload: Buffer;
}

const fileHeadBytes = 24;
const recordHeadBytes = 16;
const frameHeadBytes = 14;
const protocols: Readonly<Record<number, Packet['protocol']>> = {
  6: 'tcp',
  17: 'udp',
  2: 'neighbour',
  0: 'neighbour',
  58: 'neighbour',
};

/**
 * Bytes of a packet file from a place on.
 *
 * @param start place in bytes, 0 for all
 */
export function readPacketBytes(path: string, start: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - start));
    readSync(file, bytes, 0, bytes.length, start);
    return bytes;
  } finally {
    closeSync(file);
  }
}

function readTransport(protocol: Packet['protocol'], from: string, to: string, bytes: Buffer): Packet {
  if (protocol !== 'tcp' && protocol !== 'udp')
    return { protocol, from, fromPort: 0, to, toPort: 0, payload: bytes };
  const headBytes = protocol === 'udp' ? 8 : ((bytes[12] ?? 0x50) >> 4) * 4;
  return {
    protocol,
    from,
    fromPort: bytes.readUInt16BE(0),
    to,
    toPort: bytes.readUInt16BE(2),
    payload: bytes.subarray(headBytes),
  };
}

function readIp6Address(bytes: Buffer): string {
  return (bytes.toString('hex').match(/.{4}/g) ?? []).join(':');
}

function readFrame(frame: Buffer): Packet {
  const kind = frame.readUInt16BE(12);
  const body = frame.subarray(frameHeadBytes);
  if (kind === 0x0800) {
    const headBytes = ((body[0] ?? 0x45) & 15) * 4;
    const protocol = protocols[body[9] ?? 255] ?? 'other';
    const [from, to] = [body.subarray(12, 16).join('.'), body.subarray(16, 20).join('.')];
    return readTransport(protocol, from, to, body.subarray(headBytes, body.readUInt16BE(2) || undefined));
  }
  if (kind === 0x86dd) {
    const protocol = protocols[body[6] ?? 255] ?? 'other';
    return readTransport(
      protocol,
      readIp6Address(body.subarray(8, 24)),
      readIp6Address(body.subarray(24, 40)),
      body.subarray(40),
    );
  }
  // Address resolution, which the kernel does by itself.
  const protocol = kind === 0x0806 ? 'neighbour' : 'other';
  return { protocol, from: '', fromPort: 0, to: '', toPort: 0, payload: body };
}

/** The packets in a part of a packet file that begins with a packet or with the head of the file. */
export function parsePackets(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  let at = bytes.length >= 4 && bytes.readUInt32LE(0) === 0xa1b2c3d4 ? fileHeadBytes : 0;
  while (at + recordHeadBytes <= bytes.length) {
    const length = bytes.readUInt32LE(at + 8);
    at += recordHeadBytes;
    packets.push(readFrame(bytes.subarray(at, at + length)));
    at += length;
  }
  return packets;
}
