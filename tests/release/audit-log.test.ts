import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { appendEntry, findLogProblems, headOf, type AuditEntry } from '../../src/release/audit-log';

const digest = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'));
const acts = ['import', 'policy-locked', 'training', 'evaluation', 'export'] as const;
let log: readonly AuditEntry[] = [];

beforeAll(async () => {
  for (const [i, act] of acts.entries())
    log = await appendEntry(
      log,
      { act, detail: { n: i, of: ['a', null] }, at: `2026-11-28T00:00:0${i}.000Z` },
      digest,
    );
});

const problemsOf = async (entries: readonly AuditEntry[]) =>
  (await findLogProblems(entries, digest, headOf(log))).map(({ at, kind }) => [at, kind]);

describe('the audit log', () => {
  it('is whole as it was written, and its head is its last entry', async () => {
    expect(await problemsOf(log)).toEqual([]);
    expect(headOf(log)).toEqual({ length: 5, hash: log[4]?.hash });
    expect(headOf([])).toBeNull();
  });

  it('may have grown since it was signed', async () => {
    const grown = await appendEntry(
      log,
      { act: 'look', detail: null, at: '2026-11-29T00:00:00.000Z' },
      digest,
    );
    expect(await problemsOf(grown)).toEqual([]);
  });

  it('shows where an entry was changed, whichever field it is', async () => {
    const patches: Partial<AuditEntry>[] = [
      { at: '2020-01-01T00:00:00.000Z' },
      { act: 'override' },
      { detail: { n: 99 } },
      { index: 7 },
      { previous: 'f'.repeat(64) },
      { hash: 'f'.repeat(64) },
    ];
    for (const patch of patches) {
      const changed = log.map((entry, i) => (i === 2 ? { ...entry, ...patch } : entry));
      expect([patch, (await problemsOf(changed))[0]?.[0]]).toEqual([patch, 2]);
    }
  });

  it('shows where an entry was taken out, put in, moved or cut off', async () => {
    expect(await problemsOf(log.filter((_, i) => i !== 1))).toEqual([
      [1, 'broken-chain'],
      [2, 'broken-chain'],
      [3, 'broken-chain'],
      [4, 'truncated'],
    ]);
    const [a, b, c, d, e] = log as [AuditEntry, AuditEntry, AuditEntry, AuditEntry, AuditEntry];
    expect((await problemsOf([a, c, b, d, e]))[0]).toEqual([1, 'broken-chain']);
    expect((await problemsOf([a, a, b, c, d, e]))[0]).toEqual([1, 'broken-chain']);
    expect(await problemsOf(log.slice(0, 3))).toEqual([[3, 'truncated']]);
  });

  it('knows a forged end, though its chain holds', async () => {
    const forged = await appendEntry(
      log.slice(0, 4),
      { act: 'export', detail: 'other', at: '2026-11-28T00:00:04.000Z' },
      digest,
    );
    expect(await problemsOf(forged)).toEqual([[4, 'not-of-this-log']]);
  });
});
