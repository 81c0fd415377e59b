import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/data/purpose';
import type { DirectIdentifier, IdentifierAccount } from '../../src/data/identifiers/direct-identifiers';
import type { Dossier } from '../../src/release/dossier';
import { DIRECT_IDENTIFIERS } from '../../src/release/direct-identifier-finding';
import { canonicalise } from '../../src/release/canonical-json';
import { findFindings, type Finding } from '../../src/release/findings';
import { MEMBER } from '../../src/release/package';
import type { Criterion } from '../../src/release/policy';
import { presetPolicy } from '../../src/release/policy-presets';
import { findUnmeetable } from '../../src/release/unmeetable';
import { makePackage, parse, relist, replace, verify, type PackageChoice } from './sample-package';
import { ACTS, hashOf, policy, sampleDossierInput } from './sample-release';

const phone: DirectIdentifier = { column: 'age', kind: 'telephone', confidence: 0.9, fate: 'as-it-is' };
const badge: DirectIdentifier = { column: 'sex', kind: 'other-code', confidence: 0.6, fate: 'as-it-is' };
const record: DirectIdentifier = {
  column: 'record number',
  kind: 'medical-record-number',
  confidence: 1,
  fate: 'surrogates',
};
const saidOf = ({ column, kind }: DirectIdentifier) => ({ column, kind });

function judge(account: IdentifierAccount | null, patch: Partial<Criterion> = {}): Finding | undefined {
  const [criterion] = policy.criteria;
  if (criterion?.measure !== DIRECT_IDENTIFIERS) throw new Error('the preset does not begin with it');
  return findFindings({ ...policy, criteria: [{ ...criterion, ...patch }] }, null, account)[0];
}

describe('the criterion on direct identifiers', () => {
  it('is proposed for every purpose, as none', () => {
    for (const purpose of PURPOSES)
      expect(presetPolicy(purpose).criteria[0]).toMatchObject({
        measure: DIRECT_IDENTIFIERS,
        bound: 'at-most',
        threshold: 0,
      });
  });

  it('is not met by a column that nobody answered, and says which and where to answer', () => {
    const finding = judge({ found: [phone, record], saidToBeNone: [] });
    expect(finding).toMatchObject({ outcome: 'fail', value: 1, interval: { low: 1, high: 1 }, threshold: 0 });
    expect(finding?.sentence).toBe(
      'Not met: 1 column may hold direct identifiers and went in as they are, with nobody having said that they hold none: age (telephone numbers).',
    );
    expect(finding?.next).toContain('Schema step');
  });

  it('is met where a person said that it is none, and names it all the same', () => {
    expect(judge({ found: [record], saidToBeNone: [] })).toMatchObject({ outcome: 'pass', next: null });
    const kept = judge({ found: [phone, badge], saidToBeNone: [saidOf(phone), saidOf(badge)] });
    expect(kept?.outcome).toBe('pass');
    expect(kept?.sentence).toContain(
      'A person looked and said that it is none: age (telephone numbers), sex (codes that are one record’s own).',
    );
  });

  it('is not evaluated, and so no pass, where it is not known what was found', () => {
    expect(judge(null)).toMatchObject({ outcome: 'not-evaluated', value: null });
    const prospect = { families: {}, foreseen: [], chosen: [], hasHoldout: true };
    const only = { ...policy, criteria: policy.criteria.slice(0, 1) };
    expect(findUnmeetable(only, { ...prospect, knowsIdentifiers: false })).toMatchObject([
      { measure: DIRECT_IDENTIFIERS, wanting: 'model' },
    ]);
    expect(findUnmeetable(only, prospect)).toEqual([]);
  });

  it('may ask for the figure alone, or for another number, but for no share of a ceiling', () => {
    const account = { found: [phone, badge], saidToBeNone: [] };
    expect(judge(account, { threshold: null })).toMatchObject({ outcome: 'pass', value: 2 });
    expect(judge(account, { threshold: 2 })?.outcome).toBe('pass');
    expect(judge(account, { threshold: 1 })?.outcome).toBe('fail');
    const relative = { of: 'ceiling', times: 1, plus: 9 } as const;
    expect(judge(account, { threshold: relative })?.outcome).toBe('not-evaluated');
  });
});

/** A release in which those were found and answered; the log tells the same unless it is told otherwise. */
async function pack(
  account: IdentifierAccount,
  inLog: Partial<IdentifierAccount> = {},
): Promise<PackageChoice> {
  const { run } = await sampleDossierInput();
  const { found, saidToBeNone } = { ...account, ...inLog };
  const acts = ACTS.flatMap((each): (typeof ACTS)[number][] => {
    const [act, detail] = each;
    if (act !== 'training' || (detail as { run: string }).run !== 'r1') return [each];
    return [
      ['training', { run: 'r1', directIdentifiers: found.map((one) => ({ ...one })) }],
      ['handling', { of: 'identifier-answers', answers: saidToBeNone.map((one) => ({ ...one })) }],
    ];
  });
  return { acts, input: { run: { ...run, identifiers: account } } };
}

const problemsOf = async (choice: PackageChoice) =>
  (await verify(await makePackage(choice))).problems.map(({ sentence }) => sentence);

describe('a package', () => {
  const kept = { found: [phone, record], saidToBeNone: [saidOf(phone)] };

  it('with direct identifiers that a person answered is as it should be', async () => {
    expect(await problemsOf(await pack(kept))).toEqual([]);
  });

  it('with one that nobody answered is not to be released', async () => {
    expect(await problemsOf(await pack({ found: [phone], saidToBeNone: [] }))).toEqual([
      expect.stringContaining('not met: direct identifiers'),
    ]);
  });

  it('that leaves one out, or answers for somebody, is held against the log', async () => {
    expect(await problemsOf(await pack(kept, { found: [phone, badge, record] }))).toEqual([
      expect.stringMatching(/run\.identifiers\.found: this is not what entry 5 of the log says was found/),
    ]);
    expect(await problemsOf(await pack(kept, { saidToBeNone: [] }))).toEqual([
      expect.stringMatching(/run\.identifiers\.saidToBeNone\[0\]: the log does not tell .* of age/),
    ]);
  });

  it('that says of a learnt column that it was left out contradicts itself', async () => {
    const account = { found: [{ ...phone, fate: 'left-out' } as const], saidToBeNone: [] };
    expect(await problemsOf(await pack(account))).toEqual([
      expect.stringMatching(/run\.identifiers\.found\[0\]\.fate: .* became of age/),
    ]);
  });

  it('whose finding was turned into a pass is found out', async () => {
    const members = await makePackage(await pack({ found: [phone], saidToBeNone: [] }));
    const dossier = parse<Dossier>(members, MEMBER.dossier);
    const findings = dossier.findings.map((finding) =>
      finding.measure === DIRECT_IDENTIFIERS ? { ...finding, outcome: 'pass' } : finding,
    );
    const altered = await relist(replace(members, MEMBER.dossier, canonicalise({ ...dossier, findings })));
    expect((await verify(altered)).problems.map(({ path }) => path)).toContain('findings[0].outcome');
  });

  it('from before the criterion, its policy and run without a word of it, still verifies', async () => {
    const old = { ...policy, criteria: policy.criteria.slice(1) };
    const { run } = await sampleDossierInput();
    const bare = Object.fromEntries(Object.entries(run).filter(([key]) => key !== 'identifiers')) as unknown;
    const acts = ACTS.map((each): (typeof ACTS)[number] => {
      if (each[0] === 'training') return ['training', { run: 'r1' }];
      return each[0] === 'policy-locked' ? ['policy-locked', { hash: hashOf(old) }] : each;
    });
    const input = { policy: old, run: bare as typeof run };
    const { problems, notices } = await verify(await makePackage({ acts, input }));
    expect(problems).toEqual([]);
    expect(notices.join(' ')).toContain('leaves out 1: direct identifiers');
  });
});
