import { describe, expect, it } from 'vitest';
import { MAX_DETECTED_ROWS, MAX_TAUGHT_ROWS } from '../../src/data/sampled-rows';
import type { Table } from '../../src/data/table';
import { Rng } from '../../src/math/rng';
import { runSpec } from '../../src/measure/evaluate';
import { openContext, takeFirst, type EvaluationContext } from '../../src/measure/evaluation-context';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import { isSkipped, type FinishedMeasure } from '../../src/measure/measure';
import { measureClosest } from '../../src/measure/privacy/closest-records';
import { openTask } from '../../src/measure/utility/utility-task';
import { makePeople, PEOPLE_KINDS } from './made-people';
import { levels, numbers, table } from './tables';

/** Numbers with a class that goes with them. */
function makePairs(nRows: number, seed: string): Table {
  const rng = Rng.fromSeed(seed);
  const x = Array.from({ length: nRows }, () => rng.normal());
  return table(
    numbers('x', x),
    levels(
      'y',
      x.map((value) => (value + rng.normal() > 0 ? 'yes' : 'no')),
    ),
  );
}

function open(nTrain: number, nOther: number): EvaluationContext {
  return openContext({
    train: makePairs(nTrain, 'sampled/train'),
    holdout: makePairs(nOther, 'sampled/holdout'),
    synthetic: makePairs(nOther, 'sampled/synthetic'),
    kinds: [
      { name: 'x', kind: 'numerical' },
      { name: 'y', kind: 'categorical' },
    ],
    options: { seed: 1, target: 'y' },
  });
}

function measure(id: string, context: EvaluationContext): FinishedMeasure {
  const spec = EVALUATION_SPECS.find(({ ids }) => ids.includes(id));
  const found = spec === undefined ? undefined : runSpec(spec, context).find((each) => each.id === id);
  if (found === undefined || isSkipped(found)) throw new Error(`${id} was not computed`);
  return found;
}

describe('a large table', () => {
  it('is told apart by a sample of its rows, and the sentence says so', () => {
    const large = measure('detection-linear', open(MAX_DETECTED_ROWS + 10, 400));
    expect(large.n).toBe(MAX_DETECTED_ROWS + 400);
    expect(large.sentence).toMatch(/ Computed on 30\s000 of 30\s010 rows of train, drawn at random\.$/);
    const whole = measure('detection-linear', open(MAX_DETECTED_ROWS, 400));
    expect(whole.n).toBe(MAX_DETECTED_ROWS + 400);
    expect(whole.sentence).not.toContain('Computed on');
  });

  it('teaches models by a sample of its rows, and the sentence says so', () => {
    const context = open(MAX_TAUGHT_ROWS + 10, 400);
    const task = openTask(context);
    if ('reason' in task) throw new Error(task.reason);
    expect(task.train.features.nRows).toBe(MAX_TAUGHT_ROWS);
    expect(measure('train-synthetic-linear', context).sentence).toMatch(
      / Computed on 50\s000 of 50\s010 rows of train, drawn at random\.$/,
    );
    const whole = openTask(open(500, 400));
    expect('reason' in whole ? whole.reason : whole.sampled).toBe('');
  });

  it('asks a sample of synthetic and held-out rows for their nearest, and each sentence says so', () => {
    const { sentence, n } = measure('closest-records', open(100, 30_010));
    expect(n).toBe(30_000);
    expect(sentence).toMatch(
      /Asked about 30\s000 of 30\s010 rows of the synthetic table, drawn at random\. Asked about 30\s000 of 30\s010 rows of the holdout, drawn at random\.$/,
    );
    expect(measure('closest-records', open(100, 400)).sentence).not.toContain('Asked about');
  });
});

describe('the rows of the holdout that are asked about', () => {
  const [train, holdout, synthetic] = ['train', 'holdout', 'synthetic'].map((name) =>
    makePeople(200, `asked/${name}`),
  ) as [Table, Table, Table];
  const ask = (held: Table, nAsked?: number) => {
    const found = measureClosest(train, held, synthetic, PEOPLE_KINDS, nAsked);
    if (isSkipped(found)) throw new Error(found.reason);
    return found;
  };

  it('say how near people come to train, while synthetic rows are held against all of it', () => {
    const [whole, some] = [ask(holdout), ask(holdout, 50)];
    expect(some.closer).toEqual(whole.closer);
    expect(some.holdoutToTrain).not.toEqual(whole.holdoutToTrain);
    expect(some.holdoutToTrain).toEqual(ask(takeFirst(holdout, 50)).holdoutToTrain);
  });
});
