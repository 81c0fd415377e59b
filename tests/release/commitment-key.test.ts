import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { writeCommitmentKey } from '../../src/release/commitment-key';
import { commitToSource } from '../../src/release/source-commitment';
import { hmac, SOURCE } from './sample-release';

it('a kept key checks the commitment of a dossier, as its file says', async () => {
  const text = writeCommitmentKey(new Uint8Array(32).fill(7));
  const [, hex = ''] = /hexkey:([0-9a-f]{64}) FILE/.exec(text) ?? [];
  expect(text).toContain(`hexadecimal:\n${hex}\n`);
  const again = createHmac('sha256', Buffer.from(hex, 'hex')).update(SOURCE).digest('hex');
  expect((await commitToSource(Uint8Array.from(SOURCE), hmac)).value).toBe(again);
});
