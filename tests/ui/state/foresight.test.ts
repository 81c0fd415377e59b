import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail } from '../../../src/data/failure';
import { createMemoryStore } from '../../../src/platform/projects/memory-store';
import { isLookAtResults } from '../../../src/release/policy-history';
import { presetPolicy } from '../../../src/release/policy-presets';
import { newProject, type Journey } from '../../../src/ui/state/journey.svelte';
import type { TournamentOrder } from '../../../src/ui/state/tournament.svelte';
import type { Workbench } from '../../../src/ui/state/workbench';
import { createEvaluateService } from '../../../workers/evaluate-service';
import { openJourney } from './open-journey';

const rows = Array.from({ length: 400 }, (_, i) => `${20 + (i % 60)},${i % 3 === 0 ? 'f' : 'm'},${i % 7}`);
const file = new File([`age,sex,visits\n${rows.join('\n')}\n`], 'clinic.csv');
const notHere = (): Promise<ReturnType<typeof fail>> => Promise.resolve(fail('internal', 'No model here.'));
const lent = {
  evaluate: createEvaluateService(),
  synthesize: { cancel: () => Promise.resolve(), forecast: notHere, train: notHere, advise: notHere },
} as unknown as Partial<Workbench>;
const compare = (models: TournamentOrder['models']): TournamentOrder => ({
  models,
  budgetMs: 60_000,
  seed: 1,
  backend: 'cpu',
  configOf: () => ({}),
});

// Which model suits the table depends on the device too.
beforeAll(() => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

let journey: Journey;
beforeEach(async () => {
  ({ journey } = openJourney(newProject('p1', 'Test', 'file', 0), createMemoryStore(), Infinity, lent));
  await journey.source.take(file, file.name, 'file');
  await journey.governance.setPolicy(presetPolicy('sharing'), '');
});

describe('criteria out of reach before a tournament', () => {
  const criteriaOf = async (models: TournamentOrder['models']) =>
    (await journey.foresight.ofModels(models)).map(({ criterion }) => criterion);

  it('are those that none of its models can meet', async () => {
    expect(await criteriaOf(['copula', 'tvae'])).toContain('membership-likelihood');
    expect(await criteriaOf(['copula', 'trees'])).not.toContain('membership-likelihood');
    await journey.editing.edit({ of: 'split', value: { fraction: 0 } });
    expect(await criteriaOf(['copula', 'trees'])).toContain('linkability');
    expect(journey.record.runs).toEqual([]);
  });

  it('are none where there is no table or no model yet', async () => {
    expect(await journey.foresight.ofModels([])).toEqual([]);
    const empty = openJourney(newProject('p2', 'Test', 'file', 0), createMemoryStore(), Infinity, lent);
    expect(await empty.journey.foresight.ofModels(['trees'])).toEqual([]);
  });
});

describe('the beginning of a tournament', () => {
  it('is the lock, with what is out of reach, before any look at results', async () => {
    await journey.tournament.start(compare(['copula', 'tvae']));
    const { lockedAt, log, policy } = journey.governance;
    expect([lockedAt, policy.purpose]).toEqual([0, 'sharing']);
    const lock = log.findIndex(({ act }) => act === 'policy-locked');
    expect(log.slice(0, lock).filter(isLookAtResults)).toEqual([]);
    expect(log[lock]?.detail).toMatchObject({
      looksBefore: 0,
      outOfReach: expect.arrayContaining([expect.objectContaining({ criterion: 'membership-likelihood' })]),
    });
    expect(journey.record.tournaments).toHaveLength(1);
  });

  it('locks once, and leaves alone what was locked before', async () => {
    await journey.governance.lock();
    await journey.tournament.start(compare(['copula', 'trees']));
    await journey.tournament.start(compare(['copula', 'trees']));
    const locks = journey.governance.log.filter(({ act }) => act === 'policy-locked');
    expect(locks.map(({ detail }) => detail)).toMatchObject([{ outOfReach: [] }]);
  });

  it('locks nothing where it cannot begin', async () => {
    expect(await journey.tournament.start(compare([]))).toMatchObject({ ok: false });
    expect(journey.governance.lockedAt).toBeNull();
  });
});
