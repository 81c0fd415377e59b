import { describe, expect, it } from 'vitest';
import type { ModelId } from '../../../src/models/synthesizer';
import type { RunRecord, TournamentRecord } from '../../../src/platform/projects/types';
import { findShownRun } from '../../../src/ui/state/shown-run';
import { sampleRun, sampleTournament } from '../../platform/projects/sample-record';

const run = (id: ModelId, tournament: string | null = 't1', status: RunRecord['status'] = 'finished') => ({
  ...sampleRun(id, status),
  model: id,
  tournament,
});
const ended = (patch: Partial<TournamentRecord> = {}): TournamentRecord => ({
  ...sampleTournament('t1'),
  suggestion: null,
  chosen: null,
  ...patch,
});
const runs = [run('copula'), run('trees'), run('tvae')];
const show = (patch: Partial<Parameters<typeof findShownRun>[0]>) => {
  const shown = findShownRun({ runs, tournaments: [ended()], currentRun: null, ...patch });
  return [shown?.run.id ?? null, shown?.why ?? null];
};

describe('the run that is shown', () => {
  it('is the one that a person took, whatever a tournament suggests', () => {
    const tournaments = [ended({ suggestion: { runId: 'trees', why: '' } })];
    expect(show({ tournaments, currentRun: 'copula' })).toEqual(['copula', null]);
  });

  it('is the one that its tournament suggests, not the one that finished last', () => {
    const tournaments = [ended({ suggestion: { runId: 'trees', why: '' } })];
    expect(show({ tournaments })).toEqual([
      'trees',
      'Shown is Sequential trees, the run that the tournament suggests, until you take one.',
    ]);
    const own = [...runs, run('argn', null)];
    expect(show({ tournaments, runs: own })).toEqual(['argn', null]);
  });

  it('is that of the model chosen for the table where none is suggested, and else the last', () => {
    expect(show({ tournaments: [ended({ advised: 'copula' })] })).toEqual([
      'copula',
      'The tournament suggests none of its runs; shown is Gaussian copula, the model that is chosen for such a table, until you take one.',
    ]);
    for (const tournament of [ended({ advised: 'argn' }), ended()])
      expect(show({ tournaments: [tournament] })).toEqual([
        'tvae',
        'The tournament suggests none of its runs; shown is TVAE, which finished last, until you take one.',
      ]);
  });

  it('is the latest while the tournament goes on, and none before a run has finished', () => {
    expect(show({ tournaments: [ended({ endedAt: null })] })).toEqual(['tvae', null]);
    expect(show({ runs: [run('trees', null, 'training')] })).toEqual([null, null]);
  });
});
