import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/release/canonical-json';
import type { SignOffsFile } from '../../src/release/package';
import { presetPolicy } from '../../src/release/policy-presets';
import { judgeVerification } from '../../src/release/verdict';
import { tellCounts } from '../../src/release/verification-notices';
import { makePackage, parse, reviewer, verify } from './sample-package';
import { ACTS, hashOf, policy, sampleEvaluation, writeLog } from './sample-release';

describe('what should be known of a package', () => {
  it('holds how often the project trained and evaluated, without tempering the verdict', async () => {
    const plain = await verify(await makePackage());
    expect(plain.notices).toEqual(['The log tells of 2 training runs and 1 evaluation.']);
    expect(judgeVerification(plain)).toMatchObject({ tone: 'good', title: 'Intact and approved' });
    const log = await writeLog([
      ...ACTS.filter(([act]) => act !== 'training'),
      ['evaluation', { run: 'r2' }],
    ]);
    expect(tellCounts(log)).toBe('The log tells of no training runs and 2 evaluations.');
  });

  it('holds that the evidence is not complete', async () => {
    const evaluation = { ...sampleEvaluation(), isComplete: false };
    const early = await verify(await makePackage({ input: { evaluation } }));
    expect(early.problems).toEqual([]);
    expect(early.notices[0]).toBe(
      'The evaluation was ended early, so that the evidence is not complete: it lists 1 measure as skipped.',
    );
    expect(judgeVerification(early)).toMatchObject({
      tone: 'warn',
      title: 'Intact and approved, with what should be known',
    });
  });

  it('holds what was set aside in the words of the log, and why', async () => {
    const noticesOf = async (detail: Json) =>
      (await verify(await makePackage({ acts: [...ACTS, ['override', detail]] }))).notices[0];
    const reason = 'For a colleague to look at';
    const unsigned = 'An author and a reviewer have not signed these records off.';
    const start = 'What stood in the way of a release was set aside in entry 9 of the log';
    const [bare, told] = [await noticesOf({ reason }), await noticesOf({ reason, obstacles: [unsigned, 3] })];
    expect(bare).toMatch(new RegExp(`^${start} \\(\\S+\\): ${reason}\\.$`));
    expect(told).toBe(`${bare} What stood in the way: ${unsigned}`);
    expect(told).not.toContain('not met');
  });

  it('holds why criteria were changed', async () => {
    const changed = ['policy-changed', { hash: hashOf(policy), reason: 'The board asked for it' }] as const;
    const { notices } = await verify(await makePackage({ acts: [...ACTS, changed] }));
    expect(notices[0]).toMatch(/after results had been seen: The board asked for it\.$/);
  });

  it('holds a rejection that the log tells of and the signatures do not', async () => {
    const said = { name: 'R. Eviewer', role: 'reviewer', decision: 'reject', reason: 'Too few rows' };
    const left = await verify(
      await makePackage({ acts: [...ACTS, ['sign-off', { ...said, statement: 'e'.repeat(64) }]] }),
    );
    expect([left.problems, left.hasRemarks]).toEqual([[], true]);
    expect(left.notices[0]).toMatch(
      /^Entry 9 of the log .* R\. Eviewer \(reviewer\) rejected a package .*: Too few rows\.$/,
    );
    const signers = [['reviewer', reviewer, 'reject']] as const;
    const { signOffs } = parse<SignOffsFile>(await makePackage({ signers }), 'sign-offs.json');
    const statement = hashOf(signOffs[0]?.statement);
    const held = await verify(await makePackage({ signers, later: [['sign-off', { ...said, statement }]] }));
    expect(held.notices).toHaveLength(1);
    const approval = ['sign-off', { ...said, decision: 'approve' }] as const;
    expect((await verify(await makePackage({ acts: [...ACTS, approval] }))).hasRemarks).toBe(false);
  });

  it('holds that the purpose is internal testing, whatever the policy is called', async () => {
    const named = { ...presetPolicy('testing'), name: 'Public release' };
    const acts = ACTS.map((each): (typeof ACTS)[number] =>
      each[0] === 'policy-locked' ? ['policy-locked', { hash: hashOf(named) }] : each,
    );
    const { problems, notices } = await verify(await makePackage({ acts, input: { policy: named } }));
    expect(problems).toEqual([]);
    expect(notices).toContain(
      'Its purpose is internal testing: no criterion had to be met, whatever the policy is called.',
    );
  });
});
