import { describe, expect, it } from 'vitest';
import { judgeVerification } from '../../src/release/verdict';
import { tellCounts } from '../../src/release/verification-notices';
import { makePackage, verify } from './sample-package';
import { ACTS, sampleEvaluation, writeLog } from './sample-release';

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
});
