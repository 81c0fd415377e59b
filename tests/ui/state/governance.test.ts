import { describe, expect, it, vi } from 'vitest';
import { digestText } from '../../../src/platform/digest-text';
import type { ProjectRecord } from '../../../src/platform/projects/types';
import { findLogProblems, headOf, type AuditEntry } from '../../../src/release/audit-log';
import { isLookAtResults, readPolicyHistory } from '../../../src/release/policy-history';
import { presetPolicy } from '../../../src/release/policy-presets';
import { hashOf } from '../../../src/ui/state/governance.svelte';
import { newProject } from '../../../src/ui/state/journey.svelte';
import { sampleRun } from '../../platform/projects/sample-record';
import { openJourney } from './open-journey';

const open = (changes: Partial<ProjectRecord> = {}) =>
  openJourney({ ...newProject('p1', 'Test', 'file', 0), ...changes }).journey;
const csv = new File([`age,sex\n${'40,f\n50,m\n'.repeat(40)}`], 'clinic.csv');

describe('the criteria of a project', () => {
  it('are those for internal testing until another purpose is chosen, and free until they are locked', async () => {
    const { governance } = open();
    expect(governance.policy).toEqual(presetPolicy('testing'));
    await governance.setPolicy(presetPolicy('sharing'), '');
    expect([governance.policy.purpose, governance.lockedAt, governance.log]).toEqual(['sharing', null, []]);
  });

  it('are locked with time and hash, and how often results were looked at before', async () => {
    const { governance, record } = open();
    await governance.record({ act: 'look', detail: null });
    await governance.lock();
    await governance.lock();
    expect(governance.lockedAt).toBe(0);
    expect(governance.log.map(({ act }) => act)).toEqual(['look', 'policy-locked']);
    expect(governance.log[1]?.detail).toMatchObject({
      hash: await hashOf(presetPolicy('testing')),
      policy: { purpose: 'testing' },
      looksBefore: 1,
    });
    expect(record.governance.policy).toBeNull();
  });

  it('tell an export the purpose that was chosen, and none where nobody chose one', async () => {
    const { governance } = open();
    const file = { nRows: 10, seed: 1, format: 'csv', wishes: null } as const;
    await governance.noteExport('r1', file, [], '');
    await governance.setPolicy(presetPolicy('sharing'), '');
    await governance.noteExport('r1', file, ['x'], 'why');
    const exports = governance.log.filter(({ act }) => act === 'export');
    expect(exports.map(({ detail }) => detail)).toMatchObject([{ purpose: null }, { purpose: 'sharing' }]);
  });

  it('are locked with those that were known to be out of reach, each with its reason', async () => {
    const { governance } = open();
    const lack = { measure: 'linkability', reason: 'there is no holdout', wanting: 'holdout' } as const;
    await governance.lock([{ ...lack, criterion: 'linkability', family: 'privacy' }]);
    expect(governance.log[0]?.detail).toMatchObject({
      looksBefore: 0,
      outOfReach: [{ criterion: 'linkability', reason: 'there is no holdout' }],
    });
  });

  it('can be changed after the lock with a reason only, and the change stays on record', async () => {
    const { governance } = open();
    await governance.lock();
    const wanted = presetPolicy('public-release');
    expect(await governance.setPolicy(wanted, ' ')).toMatchObject({ ok: false });
    expect(governance.policy.purpose).toBe('testing');
    expect(await governance.setPolicy(wanted, 'the board asked for it')).toMatchObject({ ok: true });
    expect([governance.policy, governance.nChanges]).toEqual([wanted, 1]);
    expect(governance.log.at(-1)?.detail).toMatchObject({
      before: await hashOf(presetPolicy('testing')),
      hash: await hashOf(wanted),
      reason: 'the board asked for it',
    });
    await governance.setPolicy(wanted, 'again');
    expect(governance.nChanges).toBe(1);
  });

  it('come to nothing that counts as met where nothing was measured', async () => {
    const { identifiers, ...run } = sampleRun('r2', 'finished');
    expect(identifiers).toEqual([]);
    const { governance } = open({ runs: [run] });
    await governance.setPolicy(presetPolicy('sharing'), '');
    expect((await governance.describeRelease(run, null, []))?.findings).toBeNull();
    await governance.lock();
    const { findings } = (await governance.describeRelease(run, null, [])) ?? {};
    expect(findings?.map(({ criterion }) => criterion)).toEqual(
      presetPolicy('sharing').criteria.map(({ id }) => id),
    );
    expect(new Set(findings?.map(({ outcome }) => outcome))).toEqual(new Set(['not-evaluated']));
    expect(findings?.at(-1)?.sentence).toBe(
      'Not evaluated: nothing was measured of these records. What is not evaluated is not met.',
    );
    expect(governance.findObstacles(run, null)).not.toEqual([]);
  });

  it('are refused with every problem where they cannot be used', async () => {
    const { governance } = open();
    const outcome = await governance.setPolicy({ ...presetPolicy('sharing'), criteria: [] }, '');
    expect(outcome).toMatchObject({
      ok: false,
      failure: { message: 'a policy needs at least one criterion' },
    });
  });
});

describe('looks before and after the lock', () => {
  const judged = { measures: [], skipped: [] };
  const withRun = (changes: Partial<ProjectRecord['runs'][number]> = {}) =>
    open({ runs: [{ ...sampleRun('r2', 'finished'), evidence: null, tournament: null, ...changes }] });
  const looks = (log: readonly AuditEntry[]) =>
    log.map(({ act, detail }) => (isLookAtResults({ act, detail }) ? `${act}, results` : act));

  it('are no results while the holdout is left out, and so the lock comes first', async () => {
    const journey = withRun();
    journey.changeRun('r2', { evidence: judged });
    await journey.governance.setPolicy(presetPolicy('sharing'), '');
    await journey.governance.settle();
    expect(journey.governance.showsResults).toBe(false);
    await journey.governance.lock();
    const { log } = journey.governance;
    expect(looks(log)).toEqual(['look', 'policy-locked', 'look, results']);
    expect(log[1]?.detail).toMatchObject({ looksBefore: 0 });
    expect(readPolicyHistory(log).events[0]?.isAfterResults).toBe(false);
  });

  it('are results as soon as internal testing is chosen, and stay so for a lock that follows', async () => {
    const journey = withRun();
    journey.changeRun('r2', { evidence: judged });
    await journey.governance.setPolicy(presetPolicy('testing'), '');
    await journey.governance.setPolicy(presetPolicy('sharing'), '');
    await journey.governance.lock();
    const { log } = journey.governance;
    expect(looks(log)).toEqual(['look', 'look, results', 'policy-locked', 'look, results']);
    expect(log[2]?.detail).toMatchObject({ looksBefore: 1 });
    expect(readPolicyHistory(log).events[0]?.isAfterResults).toBe(true);
  });

  it('are results in a tournament', async () => {
    const journey = withRun({ tournament: 't1' });
    journey.changeRun('r2', { evidence: judged });
    await journey.governance.settle();
    expect(looks(journey.governance.log)).toEqual(['look, results']);
  });
});

describe('the log of a project', () => {
  it('tells files, runs that ended and results that were computed, each once, in a chain', async () => {
    const journey = open();
    await journey.source.take(csv, csv.name, 'file');
    const run = { ...sampleRun('r2', 'finished'), evidence: null };
    journey.change({ runs: [{ ...run, status: 'training' }] });
    journey.changeRun('r2', { status: 'finished' });
    journey.changeRun('r2', { evidence: { measures: [], skipped: [] } });
    journey.changeRun('r2', { step: 3 });
    journey.change({ runs: [...journey.record.runs, { ...run, id: 'r3', status: 'failed' }] });
    await vi.waitFor(() => expect(journey.governance.log).toHaveLength(7));
    await journey.governance.settle();
    const { log } = journey.governance;
    expect(log.map(({ act }) => act)).toEqual([
      'import',
      'look',
      'training',
      'look',
      'look',
      'training',
      'handling',
    ]);
    for (const at of [1, 4])
      expect(log[at]?.detail).toMatchObject({ at: 'losses and live previews beside train', results: false });
    expect(log.at(-1)?.detail).toMatchObject({ of: 'source-risk' });
    expect(log[0]?.detail).toMatchObject({ nRows: 80, nColumns: 2 });
    expect(JSON.stringify(log)).not.toContain('clinic');
    expect(log.map(({ detail }) => (detail as { run?: string }).run)).toEqual([
      undefined,
      'r2',
      'r2',
      'r2',
      'r3',
      'r3',
      undefined,
    ]);
    expect(await findLogProblems(log, digestText, headOf(log))).toEqual([]);
  });
});
