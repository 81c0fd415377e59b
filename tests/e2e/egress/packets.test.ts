import { describe, expect, it } from 'vitest';
import { describeForeign } from './foreign';
import { parsePackets, type Packet } from './packets';

const addresses = [10, 77, 0, 1, 203, 0, 113, 9];

/** One IPv4 packet in an Ethernet frame, as the capture writes it, without a checksum. */
function writeRecord(protocol: number, transport: Buffer): Buffer {
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip[9] = protocol;
  ip.writeUInt16BE(20 + transport.length, 2);
  ip.set(addresses, 12);
  const frame = Buffer.concat([Buffer.alloc(12), Buffer.from([8, 0]), ip, transport]);
  const head = Buffer.alloc(16);
  head.writeUInt32LE(frame.length, 8);
  head.writeUInt32LE(frame.length, 12);
  return Buffer.concat([head, frame]);
}

function writeDatagram(text: string): Buffer {
  const head = Buffer.from([0x9c, 0x40, 0x0d, 0x96, 0, 8 + text.length, 0, 0]);
  return writeRecord(17, Buffer.concat([head, Buffer.from(text)]));
}

function writeSegment(text: string): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt16BE(40_001, 0);
  head.writeUInt16BE(443, 2);
  head[12] = 0x60;
  return writeRecord(6, Buffer.concat([head, Buffer.from(text)]));
}

const fileHead = Buffer.alloc(24);
fileHead.writeUInt32LE(0xa1b2c3d4);

describe('parsePackets', () => {
  it('reads datagrams and segments, with and without the head of the file', () => {
    const records = Buffer.concat([writeDatagram('stun'), writeSegment('hello')]);
    const expected = [
      { protocol: 'udp', from: '10.77.0.1', fromPort: 40_000, to: '203.0.113.9', toPort: 3478, text: 'stun' },
      { protocol: 'tcp', from: '10.77.0.1', fromPort: 40_001, to: '203.0.113.9', toPort: 443, text: 'hello' },
    ];
    const read = (bytes: Buffer) =>
      parsePackets(bytes).map(({ payload, ...rest }) => ({ ...rest, text: payload.toString() }));
    expect(read(records)).toEqual(expected);
    expect(read(Buffer.concat([fileHead, records]))).toEqual(expected);
  });

  it('calls a packet of a protocol it does not know by that name, so that it is never passed over', () => {
    expect(parsePackets(writeRecord(132, Buffer.from('sctp')))[0]?.protocol).toBe('other');
  });
});

describe('describeForeign', () => {
  const packet: Packet = {
    protocol: 'tcp',
    from: '127.0.0.1',
    fromPort: 40_000,
    to: '127.0.0.1',
    toPort: 8_000,
    payload: Buffer.alloc(0),
  };

  it('passes over the own server and the resolver, both ways', () => {
    const dns = { ...packet, protocol: 'udp', toPort: 53 } as const;
    expect(describeForeign(packet, 8_000)).toBeNull();
    expect(describeForeign({ ...packet, fromPort: 8_000, toPort: 40_000 }, 8_000)).toBeNull();
    expect(describeForeign(dns, 8_000)).toBeNull();
  });

  it.each<[string, Partial<Packet>]>([
    ['tcp to 127.0.0.1:8001', { toPort: 8_001 }],
    ['tcp to 10.77.0.1:8000', { to: '10.77.0.1' }],
    ['udp to 127.0.0.1:8000', { protocol: 'udp' }],
    ['udp to 203.0.113.9:53', { protocol: 'udp', to: '203.0.113.9', toPort: 53 }],
    ['other to 127.0.0.1:8000', { protocol: 'other' }],
  ])('names %s', (expected, changed) => {
    expect(describeForeign({ ...packet, ...changed }, 8_000)).toBe(expected);
  });
});
