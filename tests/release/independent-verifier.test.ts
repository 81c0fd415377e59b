import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { writeReleaseArchive } from '../../src/platform/release-archive';
import { appendEntry } from '../../src/release/audit-log';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import type { LogFile, Members } from '../../src/release/package';
import { verifyIndependently } from './independent-verifier';
import { author, flipBit, makePackage, parse, relist, replace, reviewer } from './sample-package';
import { ACTS, digestText, hashOf, sampleEvaluation } from './sample-release';
import { change, listFields } from './spoil-fields';

let whole: Members = new Map();
beforeAll(async () => {
  whole = await makePackage();
});

/** What it finds; what it cannot read at all it refuses too. */
async function judge(members: Members): Promise<readonly string[]> {
  const file = Buffer.from(await (await writeReleaseArchive(members)).arrayBuffer());
  try {
    return verifyIndependently(file);
  } catch {
    return ['unreadable'];
  }
}

describe('the verifier that is written from the description', () => {
  it('is at most sixty lines of Node, and shares none with the program', () => {
    const text = readFileSync(join(import.meta.dirname, 'independent-verifier.ts'), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(text.match(/ from '.*'/g)).toEqual([" from 'node:crypto'"]);
  });

  it('accepts a package that is as it should be, one with an override and its marks too', async () => {
    expect(await judge(whole)).toEqual([]);
    const measures = sampleEvaluation().measures.map((each) => ({
      ...each,
      interval: { low: 0.4, high: 0.6 },
    }));
    const acts = [...ACTS, ['override', { reason: 'The board knows.' }]] as typeof ACTS;
    const input = { evaluation: { ...sampleEvaluation(), measures } };
    expect(await judge(await makePackage({ acts, input }))).toEqual([]);
  });

  it('refuses a change of every kind of field of every member, also where the checksums were written anew', async () => {
    for (const name of [...whole.keys()].filter((each) => each.endsWith('.json'))) {
      const value = parse<Json>(whole, name);
      for (const path of listFields(value)) {
        const changed = replace(whole, name, canonicalise(change(value, path)));
        expect([name, path, await judge(changed)]).not.toEqual([name, path, []]);
        if (name === 'manifest.json') continue;
        expect([name, path, await judge(await relist(changed))]).not.toEqual([name, path, []]);
      }
    }
  }, 120_000);

  it('refuses random bits of every member, and a member that is left out', async () => {
    const rng = Rng.fromSeed(5);
    for (let turn = 0; turn < 8 * whole.size; turn++) {
      const { members, name, bit } = flipBit(whole, turn, rng);
      expect([name, bit, await judge(members)]).not.toEqual([name, bit, []]);
    }
    for (const name of whole.keys())
      expect([name, await judge(replace(whole, name, null))]).not.toEqual([name, []]);
  }, 60_000);

  it('names rejections, one key in two roles, roles that are missing, and criteria fixed late', async () => {
    const signedBy = (signers: Parameters<typeof makePackage>[0]) => makePackage(signers).then(judge);
    expect(
      await signedBy({
        signers: [
          ['author', author, 'approve'],
          ['reviewer', reviewer, 'reject'],
        ],
      }),
    ).toEqual(['approval']);
    const twice = ['author', 'reviewer'].map((role) => [role, author, 'approve'] as const);
    expect(await signedBy({ signers: twice })).toEqual(['two persons']);
    expect(await signedBy({ signers: [['author', author, 'approve']] })).toEqual(['two persons']);
    const lock = ACTS.filter(([act]) => act === 'policy-locked');
    const others = ACTS.filter(([act]) => act !== 'policy-locked');
    expect(await signedBy({ acts: others })).toEqual(['order']);
    expect(await signedBy({ acts: [...others, ...lock] })).toEqual(['order']);
    const looser = [...ACTS, ['policy-changed', { hash: hashOf('others') }]] as typeof ACTS;
    expect(await signedBy({ acts: looser })).toEqual(['order']);
    expect(await signedBy({ later: [['training', { run: 'r2' }]] })).toEqual(['log']);
  });

  it('refuses a log that was cut, thinned, or made anew after it was signed', async () => {
    const { entries, ...rest } = parse<LogFile>(whole, 'audit-log.json');
    let anew: LogFile['entries'] = [];
    for (const { act, at, detail } of entries.filter((entry) => entry.act !== 'handling'))
      anew = await appendEntry(anew, { act, at, detail }, digestText);
    for (const odd of [entries.slice(0, 5), entries.slice(1), [], anew]) {
      const text = canonicalise({ ...rest, entries: odd });
      expect(await judge(await relist(replace(whole, 'audit-log.json', text)))).toContain('log');
    }
  });
});
