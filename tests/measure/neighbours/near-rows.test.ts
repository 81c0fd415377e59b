import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { runSpec, runSpecWith } from '../../../src/measure/evaluate';
import { openContext } from '../../../src/measure/evaluation-context';
import { EVALUATION_SPECS } from '../../../src/measure/evaluation-specs';
import { spanMixedSpace, placeMixed } from '../../../src/measure/fidelity/mixed-space';
import { askBalls, askMeetings } from '../../../src/measure/fidelity/neighbours';
import { isSkipped } from '../../../src/measure/measure';
import { runAlone, runWith, type Asking, type NearRows } from '../../../src/measure/neighbours/near-rows';
import { isSound } from '../../../src/measure/neighbours/single-precision';
import { spanSpace } from '../../../src/measure/privacy/gower-space';
import { growGowerTree } from '../../../src/measure/privacy/gower-tree';
import { askNearest, askWithin } from '../../../src/measure/privacy/nearest-rows';
import { makePeople, PEOPLE_KINDS } from '../made-people';
import { makeAwkward } from './awkward-tables';
import { answerInexactly } from './inexact-device';

/** The same computation alone and with every question answered inexactly. */
async function runBoth<T>(rng: Rng, make: () => Asking<T>, capacity = 128) {
  const answers: NearRows[] = [];
  const answered = await runWith(make(), (question) => {
    const near = answerInexactly(question, rng, { capacity });
    if (near === null || !isSound(question, near)) throw new Error('the device broke its word');
    answers.push(near);
    return Promise.resolve(near);
  });
  return { alone: runAlone(make()), answered, answers };
}

const SIZES = [
  [1, 4],
  [4, 9],
  [60, 25],
  [400, 40],
] as const;

describe('answers of a device that is as inexact as it may be', () => {
  it('change neither the nearest rows, nor which of equally near ones is taken, nor counts', async () => {
    const rng = Rng.fromSeed('inexact');
    for (const [nReference, nQueries] of SIZES) {
      const [reference, query] = makeAwkward(rng, nReference, nQueries);
      const tree = growGowerTree(spanSpace(reference), reference);
      for (const k of [1, 2, 3]) {
        const { alone, answered } = await runBoth(rng, () => askNearest(tree, query, k));
        expect(answered).toEqual(alone);
      }
      const radii = runAlone(askNearest(tree, query)).distances.map((distance, i) =>
        i % 4 === 0 ? 0 : distance * (1 + (i % 3) / 2),
      );
      const within = await runBoth(rng, () => askWithin(tree, query, radii));
      expect(within.answered).toEqual(within.alone);
    }
  });

  it('change no ball and nobody who lies in one', async () => {
    const rng = Rng.fromSeed('inexact balls');
    const [train, other] = makeAwkward(rng, 150, 90);
    const space = spanMixedSpace(train, [other]);
    const [own, made] = [placeMixed(space, train), placeMixed(space, other)];
    for (const k of [1, 5]) {
      const balls = await runBoth(rng, () => askBalls(own, k));
      expect(balls.answered).toEqual(balls.alone);
      const met = await runBoth(rng, () => askMeetings(own, balls.alone, made));
      expect(met.answered).toEqual(met.alone);
    }
  });

  it('leave the queries that are crowded to the processor', async () => {
    const rng = Rng.fromSeed('crowded');
    const [reference, query] = makeAwkward(rng, 300, 40);
    const tree = growGowerTree(spanSpace(reference), reference);
    const { alone, answered, answers } = await runBoth(rng, () => askNearest(tree, query, 2), 2);
    const crowded = answers[0]?.isCrowded ?? new Uint8Array();
    expect(crowded).toContain(1);
    expect(crowded).toContain(0);
    expect(answered).toEqual(alone);
    const space = spanMixedSpace(reference, [query]);
    const own = placeMixed(space, reference);
    const balls = await runBoth(rng, () => askBalls(own, 3), 6);
    expect(balls.answers[0]?.isCrowded).toContain(1);
    expect(balls.answered).toEqual(balls.alone);
  });

  it('save the processor most rows', async () => {
    const rng = Rng.fromSeed('saves');
    const [reference, query] = makeAwkward(rng, 400, 30);
    const tree = growGowerTree(spanSpace(reference), reference);
    const { answers } = await runBoth(rng, () => askNearest(tree, query));
    expect(answers[0]?.rows.length ?? Infinity).toBeLessThan((400 * 30) / 20);
  });
});

describe('a measure whose questions are answered', () => {
  const context = openContext({
    train: makePeople(200, 'answered/train'),
    holdout: makePeople(110, 'answered/holdout'),
    synthetic: makePeople(150, 'answered/synthetic'),
    kinds: PEOPLE_KINDS,
    options: { seed: 3 },
  });
  const asking = EVALUATION_SPECS.filter(({ ask }) => ask !== undefined);

  it('is one of the four that look for neighbours most', () => {
    expect(asking.map(({ ids }) => ids[0])).toEqual([
      'density',
      'linkability',
      'membership-distance',
      'closest-records',
    ]);
  });

  it.each(asking.map((spec) => [spec.ids[0] ?? '', spec] as const))(
    '%s has the figures of the processor alone, and says who answered',
    async (id, spec) => {
      const rng = Rng.fromSeed(`answered/${id}`);
      const alone = runSpec(spec, context);
      const answered = await runSpecWith(
        (question) => Promise.resolve(answerInexactly(question, rng)),
        spec,
        context,
      );
      expect(answered).toEqual(
        alone.map((result) => (isSkipped(result) ? result : { ...result, distances: 'graphics' })),
      );
      expect(await runSpecWith(() => Promise.resolve(null), spec, context)).toEqual(alone);
    },
  );

  it('is skipped with the cause where answering fails beyond repair', async () => {
    const [spec] = asking;
    if (spec === undefined) throw new Error('no measure asks');
    const results = await runSpecWith(() => Promise.reject(new Error('no power')), spec, context);
    expect(results[0]).toMatchObject({ reason: expect.stringContaining('no power') as string });
  });
});
