import { describe, expect, it } from 'vitest';
import type { Measure } from '../../../src/measure/measure';
import type { ModelId } from '../../../src/models/synthesizer';
import type { RunRecord, TournamentEntry } from '../../../src/platform/projects/types';
import { suggestRun } from '../../../src/ui/state/suggest-run';
import { sampleRun, sampleTournament } from '../../platform/projects/sample-record';

type Given = readonly [model: ModelId, quality: number | null, seconds: number];

function suggest(given: readonly Given[], floor: number | null = 0.8) {
  const [template] = sampleTournament('t1').entries;
  if (template === undefined) throw new Error('the sample has entries');
  const entries = given.map(([model, , seconds]): TournamentEntry => ({
    ...template,
    model,
    runId: model,
    spentMs: 1000 * seconds,
  }));
  const runs = given.map(([model, quality]): RunRecord => {
    const base = { id: 'sdmetrics-overall', n: 1, ceiling: 0.97, floor, sentence: '', parts: [] } as const;
    const measures: Measure[] =
      quality === null ? [] : [{ ...base, direction: 'higher-is-better', value: quality }];
    return { ...sampleRun(model, 'finished'), model, evidence: { measures, skipped: [] } };
  });
  return suggestRun({ entries }, runs);
}

describe('the run to go on with', () => {
  it('is the one that stands out', () => {
    expect(
      suggest([
        ['copula', 0.85, 1],
        ['trees', 0.97, 9],
      ]),
    ).toEqual({
      runId: 'trees',
      why: 'Sequential trees comes closest to train: quality 0.970, and the next is Gaussian copula with 0.850.',
    });
  });

  it('is a quick one of those that are as good as equal', () => {
    const suggestion = suggest([
      ['ctgan', 0.965, 90],
      ['tvae', 0.97, 60],
      ['trees', 0.962, 2],
      ['copula', 0.9, 1],
    ]);
    expect(suggestion?.runId).toBe('trees');
    expect(suggestion?.why).toBe(
      'Sequential trees, quality 0.962, is as close to train as TVAE (0.970) and CTGAN (0.965), give or take 0.01, and took less time (2 s).',
    );
  });

  it('is the better of two that are as good as equal where ten seconds would be all that is saved', () => {
    const suggestion = suggest([
      ['trees', 0.97, 11],
      ['copula', 0.965, 1],
    ]);
    expect(suggestion?.runId).toBe('trees');
    expect(suggestion?.why).toContain('and slightly closer (11 s)');
    const late = suggest([
      ['trees', 0.97, 12],
      ['copula', 0.965, 1],
    ]);
    expect(late?.runId).toBe('copula');
  });

  it('is none where no run is better than shuffled columns, and never the floor itself', () => {
    expect(suggest([['tvae', 0.79, 1]])).toBeNull();
    expect(suggest([['tvae', 0.8, 1]])).toBeNull();
    expect(suggest([['independent', 0.95, 1]])).toBeNull();
    expect(suggest([['tvae', 0.79, 1]], null)?.runId).toBe('tvae');
  });

  it('is none where nothing was judged', () => {
    expect(suggest([['trees', null, 1]])).toBeNull();
    expect(suggest([])).toBeNull();
  });
});
