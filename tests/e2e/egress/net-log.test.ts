import { expect, it } from 'vitest';
import { findCanaries } from './canary';
import { listContacts, readLoggedBytes, type NetLog } from './net-log';

const event = (type: string, params: Record<string, unknown>, source = 1, atMs = 10) => ({
  type,
  atMs,
  source,
  params,
});

const log: NetLog = {
  events: [
    event('URL_REQUEST_START_JOB', { url: 'https://sink.test:8443/?q=1' }),
    event('URL_REQUEST_START_JOB', { url: 'blob:http://localhost/1' }),
    event('HOST_RESOLVER_MANAGER_REQUEST', { host: 'https://name.test:443' }),
    event('DNS_TRANSACTION', { hostname: 'hint.test' }),
    event('TCP_CONNECT_ATTEMPT', { address: '10.77.0.1:80' }),
    event('UDP_CONNECT', { address: '203.0.113.9:443' }, 7),
    event('UDP_BYTES_SENT', { byte_count: 20 }, 7),
    event('UDP_BYTES_SENT', { address: '203.0.113.9:3478' }, 8),
    event('UDP_CONNECT', { address: '192.0.2.1:9' }, 9),
    event('SOCKET_BYTES_SENT', { bytes: Buffer.from('GET /?q=canary1').toString('base64') }, 1, 20),
  ],
};

it('names everybody the browser asked for, connected to or sent datagrams to', () => {
  expect(listContacts(log).map(({ how, whom }) => `${how} ${whom}`)).toEqual([
    'request sink.test:8443',
    'name name.test',
    'name hint.test',
    'connection 10.77.0.1:80',
    'datagram 203.0.113.9:443',
    'datagram 203.0.113.9:3478',
  ]);
});

it('finds a canary in the bytes on a socket, from a time on', () => {
  expect(findCanaries(readLoggedBytes(log, 15), ['canary1'])).toEqual(['canary1']);
  expect(findCanaries(readLoggedBytes(log, 25), ['canary1'])).toEqual([]);
});
