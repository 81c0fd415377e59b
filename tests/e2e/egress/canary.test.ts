import { expect, it } from 'vitest';
import { findCanaries, makeCanary } from './canary';

const canary = makeCanary();
const other = makeCanary();

it.each([
  ['as it is', canary],
  ['in capitals', canary.toUpperCase()],
  ['in hexadecimal', Buffer.from(canary).toString('hex')],
  ['in base64 after nothing', Buffer.from(`${canary}!`).toString('base64')],
  ['in base64 after one letter', Buffer.from(`x${canary}!`).toString('base64')],
  ['in base64 after two letters', Buffer.from(`xy${canary}`).toString('base64')],
  ['in base64url', Buffer.from(`xyz${canary}`).toString('base64url')],
  ['in percent signs', [...Buffer.from(canary)].map((byte) => `%${byte.toString(16)}`).join('')],
  ['backwards', [...canary].reverse().join('')],
])('finds a canary %s', (_, text) => {
  expect(findCanaries(Buffer.from(`before ${text} after`), [canary, other])).toEqual([canary]);
});

it('finds a canary in UTF-16', () => {
  expect(findCanaries(Buffer.from(`before ${canary}`, 'utf16le'), [canary, other])).toEqual([canary]);
});

it('finds nothing where nothing is', () => {
  expect(findCanaries(Buffer.from(`before ${canary.slice(0, -1)} after`), [canary, other])).toEqual([]);
});
