import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../src/data/edits/edit';
import { digestText } from '../../../src/platform/digest-text';
import type { RunRecord } from '../../../src/platform/projects/types';
import { findLogProblems } from '../../../src/release/audit-log';
import { countRuns } from '../../../src/release/count-runs';
import { TVAE_DEFAULTS } from '../../../src/models/neural/tvae';
import { noteTraining } from '../../../src/ui/state/training-note';
import { unwrap } from '../../data/open-text';
import { sampleRun } from '../../platform/projects/sample-record';
import { openJourney } from './open-journey';

const EDITS: readonly Edit[] = [
  { of: 'schema', column: 'age', set: 'role', value: 'quasi-identifier' },
  { of: 'handling', value: { k: 7, pooledLabel: 'Smith' } },
];

function makeRun(changes: Partial<RunRecord> = {}): RunRecord {
  const run = sampleRun('r1', 'finished');
  const handling = { ...run.basis.handling, k: 7, pooledLabel: 'Smith' };
  const split = { fraction: 0.25, seed: 9, stratifyBy: 'sex', groupBy: 'patient' };
  return { ...run, basis: { ...run.basis, edits: EDITS, handling, split }, ...changes };
}

const detailOf = (run: RunRecord, findings: Parameters<typeof noteTraining>[1] = null) =>
  noteTraining(run, findings).detail as Readonly<Record<string, unknown>>;

describe('the entry of a training run', () => {
  it('holds model, settings, seeds, split, backend and handling, the last change by change and without a hash of what was typed', async () => {
    const told = detailOf(makeRun());
    expect(told).toMatchObject({
      run: 'r1',
      model: 'tvae',
      chosenBy: 'program',
      seed: 7,
      status: 'finished',
      settings: { epochs: 300 },
      changed: { epochs: 300, layers: [128, 128] },
      backend: { asked: 'auto', used: 'wasm' },
      stopReason: 'All epochs are done.',
      nTrain: 2,
      nHoldout: 1,
      split: { fraction: 0.25, seed: 9, stratifyBy: 'sex', groupBy: 'patient', isOwnFile: false },
      handling: {
        choices: { k: 7, poolRareLevels: true, pooledLabel: 'typed' },
        changes: [EDITS[0], { of: 'handling', value: { k: 7, pooledLabel: 'typed' } }],
      },
    });
    expect(JSON.stringify(told)).not.toMatch(/Smith|cohort\.csv/);
    expect(Object.keys(told['handling'] as object)).toEqual(['choices', 'changes']);
  });

  it('holds all settings of a run that was discarded, the defaults among them', async () => {
    for (const status of ['cancelled', 'failed', 'interrupted'] as const) {
      const failure = { code: 'cancelled', message: 'of Ann Smith' } as const;
      const told = detailOf(makeRun({ status, result: null, config: { batchSize: 64 }, step: 4, failure }));
      expect(told).toMatchObject({ status, steps: 4, failure: 'cancelled', backend: { used: null } });
      expect(told['settings']).toMatchObject({ ...TVAE_DEFAULTS, batchSize: 64 });
      expect(JSON.stringify(told)).not.toContain('Smith');
    }
  });

  it('says of an old run that its edits are not known', async () => {
    const { handling } = detailOf(sampleRun('r1', 'finished'));
    expect(handling).toMatchObject({ changes: null });
  });

  it('tells which columns were found to hold identifiers and learnt all the same', async () => {
    const finding = {
      column: 'zip',
      kind: 'zip',
      letter: 'B',
      reason: 'Its name says so.',
      confidence: 0.9,
      isDirect: false,
      proposal: { action: 'drop' },
      isHandled: false,
      isLearnt: true,
    } as const;
    const { identifiers } = detailOf(makeRun(), [finding as never]);
    expect(identifiers).toEqual([
      { column: 'zip', kind: 'zip', proposal: 'drop', isHandled: false, isLearnt: true },
    ]);
  });
});

describe('training runs in the log of a project', () => {
  it('are told with the edits that they were trained under, whatever was edited after, and count once each', async () => {
    const { journey } = openJourney();
    const csv = new Blob([`age,sex\n${'40,f\n50,m\n'.repeat(40)}`]);
    unwrap(await journey.source.take(csv, 'clinic.csv', 'file'));
    await journey.editing.edit({ of: 'handling', value: { k: 7 } });
    const { source, schema, handling, split, dialect } = journey.record;
    if (source === null || schema === null) throw new Error('not read');
    const basis = {
      ...{ source, schema, handling, split, dialect, holdoutFile: null },
      edits: journey.editing.inForce,
    };
    const run = { ...sampleRun('r2', 'training'), basis, evidence: null };
    journey.change({ runs: [run] });
    await journey.editing.edit({ of: 'handling', value: { k: 9 } });
    journey.changeRun('r2', { status: 'interrupted' });
    journey.changeRun('r2', { status: 'training' });
    journey.changeRun('r2', { status: 'finished' });
    journey.change({ runs: [...journey.record.runs, { ...run, id: 'r3', status: 'cancelled' }] });
    await journey.governance.settle();
    const { log } = journey.governance;
    const told = log.filter(({ act }) => act === 'training');
    expect(told.map(({ detail }) => detail)).toMatchObject([
      { run: 'r2', status: 'interrupted', handling: { changes: [{ value: { k: 7 } }] } },
      { run: 'r2', status: 'finished', identifiers: [{ column: 'age' }] },
      { run: 'r3', status: 'cancelled' },
    ]);
    expect(countRuns(log)).toBe(2);
    expect(await findLogProblems(log, digestText)).toEqual([]);
  });
});
