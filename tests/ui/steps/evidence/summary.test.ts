import { describe, expect, it } from 'vitest';
import type { FinishedMeasure, Skipped } from '../../../../src/measure/measure';
import { summarise } from '../../../../src/ui/steps/evidence/summary';
import { makeAttack, makeMeasure } from './made-measure';

function tell(
  measures: readonly FinishedMeasure[],
  skipped: readonly Skipped[] = [],
  waiting: readonly string[] = [],
): Readonly<Record<string, string>> {
  const all = summarise({ measures, skipped, options: { seed: 1, target: 'death' } }, waiting);
  return Object.fromEntries(
    all.map(({ family, sentences, missing }) => [family, [...sentences, missing ?? ''].join(' ').trim()]),
  );
}

const shapes = makeMeasure('sdmetrics-column-shapes', {
  value: 0.93,
  interval: { low: 0.92, high: 0.94 },
  parts: [
    { columns: ['age'], value: 0.81, note: null },
    { columns: ['sex'], value: 1, note: null },
  ],
});

describe('summary of fidelity', () => {
  it('sets the headline between its yardsticks, counts places, and names the worst', () => {
    const overall = makeMeasure('sdmetrics-overall', { value: 0.8 });
    const bad = makeMeasure('density', { value: 0.55, interval: { low: 0.5, high: 0.6 } });
    const parts = (...told: FinishedMeasure['parts']) => ({ floor: null, ceiling: null, parts: told });
    const pairs = makeMeasure(
      'pair-trends-train-edges',
      parts(
        { columns: ['age', 'sex'], value: 0.7, note: null },
        { columns: ['age', 'bmi'], value: 0.8, note: null },
      ),
    );
    const groups = makeMeasure(
      'subgroup-accuracy',
      parts({ columns: ['sex'], group: 'sex = f', value: 0.9, note: null }),
    );
    expect(tell([shapes, overall, bad, pairs, groups])['fidelity']).toBe(
      'Columns and pairs agree with train to 0.800 (95 % CI 0.780 to 0.820), against 0.900 for held-out records and 0.500 for train with its columns shuffled. ' +
        'Of 3 measures taken of held-out records too, 1 does as well as they do, within its interval, 1 falls short, though nearer to them than to the floor and 1 falls further short. ' +
        'Furthest short: density (0.550; held-out records 0.900) and SDMetrics quality score (0.800; held-out records 0.900). ' +
        'Least like train: of columns age (0.810); of pairs age with sex (0.700); of subgroups sex = f (0.900).',
    );
  });

  it('takes no floor that shuffling costs nothing for', () => {
    const overall = makeMeasure('sdmetrics-overall', { floor: 1 });
    expect(tell([overall])['fidelity']).not.toContain('shuffled');
  });

  it('warns of a holdout that reaches less than shuffled columns do', () => {
    const overall = makeMeasure('sdmetrics-overall', { floor: 0.95 });
    const told = tell([overall])['fidelity'];
    expect(told).toContain('Floor and ceiling cannot tell good from bad here: the shuffled columns (0.950)');
    expect(told).toContain('held-out records do (0.900)');
    expect(told).toContain('Of 1 measure the floor is better than the ceiling');
    expect(told).not.toContain('taken of held-out records too');
  });

  it('says that without a holdout nothing says what was to be reached', () => {
    expect(tell([makeMeasure('density', { ceiling: null })])['fidelity']).toContain('There is no holdout');
  });
});

describe('summary of utility', () => {
  const score = (id: string, high: number) =>
    makeMeasure(id, {
      family: 'utility',
      difference: { value: high - 0.02, interval: { low: high - 0.04, high } },
    });

  it('sets models taught on synthetic records beside those taught on train', () => {
    const text = tell([score('train-synthetic-boosted', 0.01)])['utility'] ?? '';
    expect(text).toContain('boosted trees 0.800 (taught on train 0.900); guessing gets 0.500.');
    expect(text).toContain('Taught on synthetic records to predict “death”, models score on the holdout:');
    expect(text).toContain('No model loses more than chance explains.');
  });

  it('names the models that lose more than chance explains, and the worst group', () => {
    const groups = makeMeasure('train-synthetic-subgroups', {
      family: 'utility',
      parts: [{ columns: ['sex'], group: 'sex = f', value: -0.2, note: null }],
    });
    const text = tell([score('train-synthetic-linear', -0.03), groups])['utility'];
    expect(text).toContain(
      'More is lost than chance explains by linear models (−0.050, 95 % CI −0.070 to −0.030).',
    );
    expect(text).toContain('The subgroup that loses most beside train: sex = f (−0.200).');
  });

  it('does not call reached what has no ceiling', () => {
    const overlap = makeMeasure('coefficient-overlap', { family: 'utility', ceiling: null });
    expect(tell([overlap])['utility']).toBe(
      'No measure has a ceiling, so nothing says what was to be reached.',
    );
    const reached = makeMeasure('coefficient-overlap', {
      family: 'utility',
      value: 0.9,
      interval: { low: 0.88, high: 0.92 },
    });
    expect(tell([reached])['utility']).toBe('Every measure reaches what train gives, within its interval.');
  });
});

describe('summary of privacy', () => {
  it('says what was tried, and that nothing was found only of those attacks', () => {
    const text = tell([makeAttack('linkability', 0.01)])['privacy'];
    expect(text).toBe(
      '1 attack was tried, with held-out people as control: linking two lists. ' +
        'None did better on people of train than on held-out people by more than chance explains. ' +
        'These are lower bounds: an attack that was not tried may find more.',
    );
  });

  it('tells attacks of one kind once, and counts those found beyond the third', () => {
    const ids = ['linkability', 'membership-distance', 'membership-likelihood', 'singling-out-univariate'];
    const text = tell(ids.map((id, i) => makeAttack(id, 0.2 + i / 10)))['privacy'] ?? '';
    expect(text).toContain(
      'as control: linking two lists, telling who was in train and singling somebody out.',
    );
    expect(text).toMatch(/^4 attacks .* 4 did better .* and 1 more, shown below\./);
    expect(text).not.toContain('linking two lists (');
  });

  it('names each attack that found more than chance explains, with its interval', () => {
    const text = tell([makeAttack('linkability', 0.1), makeAttack('attribute-inference', 0)])['privacy'];
    expect(text).toContain('1 did better on people of train than on held-out people by more than');
    expect(text).toContain('linking two lists (0.100, 95 % CI 0.080 to 0.120; 0.000 would be none)');
  });

  it('counts no attack that guessing beats', () => {
    const text = tell([makeAttack('linkability', 0.1, 0.5)])['privacy'];
    expect(text).toContain('None did better');
    expect(text).toContain('No better than guessing, so it shows nothing either way: linking two lists.');
  });

  it('says how many rows are copies, of none as of some', () => {
    const copies = (value: number) =>
      makeMeasure('exact-copies', { family: 'privacy', value, ceiling: 0.001 });
    expect(tell([copies(0)])['privacy']).toContain('No synthetic row equals a row of train');
    expect(tell([copies(0.05)])['privacy']).toContain(
      'equal a row of train in every column; of the holdout’s',
    );
  });

  it('never calls a table what no attack can show', () => {
    const found = [makeAttack('linkability', 0), makeAttack('attribute-inference', 0.3), shapes];
    expect(Object.values(tell(found)).join(' ')).not.toMatch(/anonym|complian|\bsafe|secure/i);
  });
});

describe('what is missing', () => {
  it('is named in its family', () => {
    const { fidelity, privacy } = tell([shapes], [{ id: 'membership-distance', reason: 'no holdout' }]);
    expect(privacy).toBe(
      'None of its measures was computed. Not computed: membership by distance; the reasons are listed below.',
    );
    expect(fidelity).not.toContain('Not computed');
  });

  it('is counted where it would take more than three names', () => {
    const ids = ['linkability', 'attribute-inference', 'exact-copies', 'membership-distance'];
    const skipped = ids.map((id) => ({ id, reason: 'no holdout' }));
    expect(tell([shapes], skipped)['privacy']).toContain(
      'Not computed: 4 measures, listed below with the reasons.',
    );
    expect(tell([shapes], skipped.slice(1))['privacy']).toContain('Not computed: guessing an attribute');
  });

  it('is told apart from what was not asked for and from what is still to come', () => {
    const skipped = [{ id: 'linkability', reason: 'ended' }];
    expect(tell([shapes])['utility']).toBe('Not evaluated.');
    expect(tell([shapes], skipped, ['linkability'])['privacy']).toBe('Being computed.');
  });
});
