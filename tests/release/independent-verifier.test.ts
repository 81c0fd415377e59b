import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { writeReleaseArchive } from '../../src/platform/release-archive';
import { appendEntry } from '../../src/release/audit-log';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import { DIRECT_IDENTIFIERS } from '../../src/release/direct-identifier-finding';
import type { Dossier } from '../../src/release/dossier';
import { findFindings } from '../../src/release/findings';
import { CONVENTION } from '../../src/release/policy';
import { presetPolicy } from '../../src/release/policy-presets';
import type { LogFile, Members } from '../../src/release/package';
import { judge as judgeFigure, judgeIndependently } from './independent-findings';
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
    return [...verifyIndependently(file), ...judgeIndependently(file)];
  } catch {
    return ['unreadable'];
  }
}

/** The first half alone. */
async function verifyFiles(members: Members): Promise<readonly string[]> {
  return verifyIndependently(Buffer.from(await (await writeReleaseArchive(members)).arrayBuffer()));
}

describe('the verifier that is written from the description', () => {
  it('is sixty lines of Node, with as few again for the findings, and shares none with the program', () => {
    const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
    const [core, findings] = [read('independent-verifier.ts'), read('independent-findings.ts')];
    expect(core.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(findings.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(core.match(/ from '.*'/g)).toEqual([" from 'node:crypto'"]);
    expect(findings.match(/ from '.*'/g)).toEqual([" from './independent-verifier'"]);
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

  it('needs no findings to see that files, log or signatures were changed', async () => {
    expect(await verifyFiles(whole)).toEqual([]);
    const other = replace(whole, 'synthetic.csv', 'age;sex\n');
    expect(await verifyFiles(other)).toEqual(['manifest.json', 'approval']);
    expect(await verifyFiles(await relist(other))).toEqual(['approval']);
    expect(await verifyFiles(await makePackage({ signers: [['author', author, 'approve']] }))).toEqual([
      'two persons',
    ]);
    expect(await verifyFiles(await makePackage({ input: { evaluation: null } }))).toEqual([]);
  });

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

  it('works out what each criterion comes to by itself, and refuses findings, figures and thresholds that differ', async () => {
    const dossier = parse<Dossier>(whole, 'dossier.json');
    const spoil = async (changes: object) => {
      const changed = { ...dossier, ...changes };
      const members = replace(whole, 'dossier.json', canonicalise(changed as unknown as Json));
      const policy = canonicalise(changed.policy as unknown as Json);
      return judge(await relist(replace(members, 'policy.json', policy)));
    };
    for (const [i, finding] of dossier.findings.entries())
      for (const outcome of ['fail', 'inconclusive', 'not-evaluated'] as const)
        expect(
          await spoil({
            findings: dossier.findings.map((each, at) => (at === i ? { ...finding, outcome } : each)),
          }),
        ).toContain('findings');
    expect(await spoil({ findings: dossier.findings.slice(1) })).toContain('findings');
    expect(await spoil({ evidence: null })).toEqual(expect.arrayContaining(['findings', 'gate']));
    const [first, ...others] = dossier.evidence?.measures ?? [];
    const wide = [{ ...first, interval: { low: 0, high: 1 } }, ...others];
    expect(await spoil({ evidence: { ...dossier.evidence, measures: wide } })).toContain('findings');
    const strict = dossier.policy.criteria.map((each) => ({ ...each, threshold: -1, bound: 'at-most' }));
    expect(await spoil({ policy: { ...dossier.policy, criteria: strict } })).toContain('findings');
  });

  it('shuts the gate where a finding is no pass and nobody gave a reason', async () => {
    const input = { evaluation: null };
    expect(await judge(await makePackage({ input }))).toEqual(['gate']);
    const acts = [...ACTS, ['override', { reason: ' ' }]] as typeof ACTS;
    expect(await judge(await makePackage({ acts, input }))).toEqual(['gate']);
    const testing = { ...presetPolicy('testing') };
    const locked = ACTS.map((each): (typeof ACTS)[number] =>
      each[0] === 'policy-locked' ? ['policy-locked', { hash: hashOf(testing) }] : each,
    );
    expect(await judge(await makePackage({ acts: locked, input: { ...input, policy: testing } }))).toEqual(
      [],
    );
  });

  it('comes to what the program comes to, whatever figures, thresholds and identifiers there are', () => {
    const number = fc.constantFrom(0, 0.1, 0.25, 0.5, 1);
    const figures = fc.record({
      threshold: fc.oneof(
        fc.constant(null),
        number,
        fc.record({ of: fc.constant('ceiling' as const), times: number, plus: number }),
      ),
      bound: fc.constantFrom('at-most' as const, 'at-least' as const),
      ends: fc.tuple(number, number),
      ceiling: fc.option(number),
      kind: fc.constantFrom('there', 'skipped', 'no evidence', DIRECT_IDENTIFIERS),
      fates: fc.option(fc.array(fc.constantFrom('as-it-is', 'regenerated'), { maxLength: 3 })),
      isSaid: fc.boolean(),
    });
    fc.assert(
      fc.property(figures, ({ threshold, bound, ends, ceiling, kind, fates, isSaid }) => {
        const measure = kind === DIRECT_IDENTIFIERS ? kind : 'm';
        const criterion = { id: 'c', measure, bound, threshold, source: CONVENTION };
        const [low = 0, high = 0] = [...ends].sort((a, b) => a - b);
        const made = { id: 'm', family: 'privacy', value: low, interval: { low, high }, ceiling };
        const evidence =
          kind === 'no evidence' ? null : { measures: kind === 'there' ? [made] : [], skipped: [] };
        const found = fates?.map((fate, i) => ({ column: `c${i}`, kind: 'other-code', fate }));
        const none = isSaid ? [{ column: 'c0', kind: 'other-code' }] : [];
        const identifiers = found === undefined ? null : { found, saidToBeNone: none };
        const policy = { ...presetPolicy('analytics'), criteria: [criterion] };
        const [finding] = findFindings(policy, evidence as never, identifiers as never);
        expect(judgeFigure(criterion, { evidence, run: { identifiers } })).toBe(finding?.outcome);
      }),
      { numRuns: 2000, seed: 1 },
    );
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
