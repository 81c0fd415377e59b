import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/data/purpose';
import type { Dossier } from '../../src/release/dossier';
import { canonicalise } from '../../src/release/canonical-json';
import { MEMBER, type Members } from '../../src/release/package';
import { presetPolicy } from '../../src/release/policy-presets';
import { findUnstated, listRequired, tellUnstated } from '../../src/release/required-statements';
import type { Statements } from '../../src/release/statements';
import { makePackage, parse, relist, replace, textOf, verify } from './sample-package';
import { ACTS, hashOf, policy } from './sample-release';

const all: Statements = Object.fromEntries(listRequired('sharing').map((id) => [id, 'Said.']));
const sharing = { ...policy, purpose: 'sharing', name: 'Sharing' } as const;
const MISSING = 'Not stated, and needed for “Sharing (external sharing under agreement)”: “Recipient”.';

describe('what a purpose needs to be stated', () => {
  it('is asked for where records leave the house, and blank text is none', () => {
    expect(PURPOSES.filter((purpose) => listRequired(purpose).length > 0)).toEqual([
      'sharing',
      'public-release',
    ]);
    expect(findUnstated('sharing', {})).toEqual(listRequired('sharing'));
    expect(findUnstated('public-release', { ...all, riskDate: ' ' })).toEqual(['riskDate']);
    expect(findUnstated('testing', {})).toEqual([]);
    expect(tellUnstated(presetPolicy('sharing'), ['recipient', 'riskApprover'])).toEqual([
      'Not stated, and needed for “External sharing under agreement”: “Recipient”, “Accepted by”.',
    ]);
    expect(tellUnstated(sharing, [])).toEqual([]);
  });
});

/** A release for sharing with those statements, and overrides of those obstacles. */
const pack = (statements: Statements, ...overrides: readonly string[]) =>
  makePackage({
    input: { policy: sharing, statements },
    acts: [
      ...ACTS.map((each): (typeof ACTS)[number] =>
        each[0] === 'policy-locked' ? ['policy-locked', { hash: hashOf(sharing) }] : each,
      ),
      ...overrides.map(
        (obstacle) => ['override', { run: 'r1', reason: 'We know.', obstacles: [obstacle] }] as const,
      ),
    ],
  });

/** The same as a version of the program wrote it that knew dossiers of that version. */
async function asOlder(members: Members, version: number): Promise<Members> {
  const dossier = parse<Dossier>(members, MEMBER.dossier);
  const older = replace(members, MEMBER.dossier, canonicalise({ ...dossier, version }));
  return relist(replace(older, MEMBER.policy, canonicalise(dossier.policy)));
}

const problemsOf = async (members: Awaited<ReturnType<typeof pack>>) =>
  (await verify(members)).problems.map(({ sentence }) => sentence);

describe('verifying what was stated', () => {
  const rest: Statements = { ...all, recipient: ' ' };

  it('passes where all is, and names what is missing, in the README too', async () => {
    expect(await problemsOf(await pack(all))).toEqual([]);
    const without = await pack(rest);
    expect(await problemsOf(without)).toEqual([
      'dossier.json, notStated: not stated, and needed for “Sharing (external sharing under agreement)”: “Recipient”; nobody gave a reason to go without',
    ]);
    expect(textOf(without, MEMBER.readme)).toContain(MISSING);
    expect(textOf(await pack(all), MEMBER.readme)).not.toContain('Not stated');
  });

  it('takes a written reason that names it, and none that was written for something else', async () => {
    expect(await problemsOf(await pack(rest, MISSING))).toEqual([]);
    expect(await problemsOf(await pack(rest, '1 of 3 criteria are not met.'))).toHaveLength(1);
  });

  it('asks nothing of a dossier from before', async () => {
    const members = await makePackage({
      input: { policy: sharing },
      acts: ACTS.map((each) =>
        each[0] === 'policy-locked' ? (['policy-locked', { hash: hashOf(sharing) }] as const) : each,
      ),
      signers: [],
    });
    const kindsOf = async (version: number): Promise<readonly string[]> =>
      (await verify(await asOlder(members, version))).problems.map(({ kind }) => kind);
    expect(await kindsOf(1)).toEqual(['sign-off', 'sign-off']);
    expect(await kindsOf(2)).toContain('criteria');
    expect((await verify(members)).problems.map(({ kind }) => kind)).toContain('criteria');
  });

  it('asks for the basis of de-identification, but not of a dossier from before that was asked for', async () => {
    const members = await pack({ ...all, deidentification: '' });
    expect(await problemsOf(members)).toEqual([
      expect.stringContaining('agreement)”: “Basis of de-identification”; nobody gave a reason'),
    ]);
    const { problems } = await verify(await asOlder(members, 2));
    expect(problems.filter(({ kind }) => kind === 'criteria')).toEqual([]);
  });
});
