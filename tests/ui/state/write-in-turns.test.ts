import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalise } from '../../../src/release/canonical-json';
import { digestInTurns, writeInTurns } from '../../../src/ui/state/write-in-turns';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Long enough for several turns, with members out of order, umlauts, and what JSON leaves out. */
const long = {
  version: 1,
  later: undefined,
  'ünter "uns"': 'grüße 🙂',
  measures: Array.from({ length: 3000 }, (_, i) => ({ id: `m${i}`, value: i / 7, note: 'ä'.repeat(40) })),
  empty: [],
  deep: { z: [1, null], a: { b: true } },
};

describe('writing in turns', () => {
  it.each([{}, { a: undefined }, { a: [] }, { a: [[], {}] }, long])(
    'comes to the text of one go, and to its canonical hash',
    async (value) => {
      expect(await (await writeInTurns(value)).text()).toBe(JSON.stringify(value));
      expect(await digestInTurns(value)).toBe(sha256(canonicalise(value)));
    },
  );

  it('lets others have a turn in between', async () => {
    let turns = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      turns++;
      port2.postMessage(null);
    };
    port2.postMessage(null);
    await writeInTurns(long);
    port1.close();
    expect(turns).toBeGreaterThan(3);
  });

  it('refuses what canonical JSON cannot say', async () => {
    await expect(digestInTurns({ measures: [1, NaN] })).rejects.toThrow(TypeError);
  });
});
