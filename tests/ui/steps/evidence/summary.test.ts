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
    expect(tell([shapes, overall, bad])['fidelity']).toBe(
      'Columns and pairs agree with train to 0.800 (95 % CI 0.780 to 0.820), against 0.900 for held-out records and 0.500 for train with its columns shuffled. ' +
        '3 measures have a ceiling, which is what held-out records reach: 1 reaches it within its interval, 1 lies nearer to it than to the floor and 1 lies further off. ' +
        'Furthest from the ceiling: density (0.550; held-out records 0.900) and SDMetrics quality score (0.800; held-out records 0.900). ' +
        'Single columns furthest off: age (0.810).',
    );
  });

  it('takes no floor that shuffling costs nothing for', () => {
    const overall = makeMeasure('sdmetrics-overall', { floor: 1 });
    expect(tell([overall])['fidelity']).not.toContain('shuffled');
  });

  it('warns of a holdout that reaches less than shuffled columns do', () => {
    const overall = makeMeasure('sdmetrics-overall', { floor: 0.95 });
    expect(tell([overall])['fidelity']).toContain('The holdout lies below the shuffled columns');
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
    expect(text).toContain('The subgroup that loses most: sex = f (−0.200).');
  });
});

describe('summary of privacy', () => {
  it('says what was tried, and that nothing was found only of those attacks', () => {
    const text = tell([makeAttack('linkability', 0.01)])['privacy'];
    expect(text).toBe(
      '1 attack was tried with held-out patients as control: linking two lists. ' +
        'In none did success on training patients exceed held-out patients by more than chance explains. ' +
        'These are lower bounds from the attacks tried: an attack that was not tried may find more.',
    );
  });

  it('names each attack that found more than chance explains, with its interval', () => {
    const text = tell([makeAttack('linkability', 0.1), makeAttack('attribute-inference', 0)])['privacy'];
    expect(text).toContain('In 1 of them success on training patients exceeded held-out patients');
    expect(text).toContain('linking two lists (0.100, 95 % CI 0.080 to 0.120; none would be 0.000)');
  });

  it('counts no attack that guessing beats', () => {
    const text = tell([makeAttack('linkability', 0.1, 0.5)])['privacy'];
    expect(text).toContain('In none did success');
    expect(text).toContain('No better than guessing, and so showing nothing either way: linking two lists.');
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
      'None of its measures could be computed. Not computed: membership by distance; the reasons are listed below.',
    );
    expect(fidelity).not.toContain('Not computed');
  });

  it('is told apart from what was not asked for and from what is still to come', () => {
    const skipped = [{ id: 'linkability', reason: 'ended' }];
    expect(tell([shapes])['utility']).toBe('Not evaluated.');
    expect(tell([shapes], skipped, ['linkability'])['privacy']).toBe('Being computed.');
  });
});
