import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allProbes } from './probe-sets';
import { expectControl, expectSilence, watchProbes, type KnownWays, type Watched } from './prove-probes';
import { proveJourney } from './prove-journey';
import { openControl, openLocked, type Guard } from './scene';
import { judgeAll, summarise } from './verdict';
import { openWitness, type Witness } from './witness';

const none: KnownWays = { known: [], sometimes: [] };

/** Every way out in every context, from hosts with and without headers, and against code that ran before the lock. */
const guards: readonly (Guard & { title: string; ways: KnownWays })[] = [
  { title: 'from a host without headers', name: 'plain', headers: false, kept: false, ways: none },
  { title: 'from a host with headers', name: 'headed', headers: true, kept: false, ways: none },
  {
    title: 'by the browser alone, when code from before the lock kept what the script takes away',
    name: 'kept',
    headers: false,
    kept: true,
    // Both reach the own server only: a frame keeps the policy from before the lock and passes the service worker by,
    // and the browser sends cookies with its own check of sw.js.
    // One of the two interfaces of the cookie was seen every time, the other depends on when that check comes.
    ways: {
      known: ['page: own address by a frame from before the lock', 'page: own cookie after a reload'],
      sometimes: ['page: own cookie of the store after a reload'],
    },
  },
];

const limitMs = 900_000;

describe('every way out', () => {
  let witness: Witness;
  let control: Watched;

  beforeAll(async () => {
    witness = await openWitness();
    console.log(witness.sentence);
  });

  afterAll(() => witness.close());

  it(
    'is seen when nothing is locked',
    async () => {
      control = await watchProbes(witness, await openControl(witness), allProbes);
      expectControl(control, witness);
    },
    limitMs,
  );

  it.each(guards)(
    'is closed $title',
    async ({ ways, ...guard }) => {
      const watched = await watchProbes(witness, await openLocked(witness, guard), allProbes);
      const verdicts = judgeAll(control.results, watched.results);
      console.log(summarise(guard.name, verdicts));
      console.log(
        `tabs that the browser ended: ${watched.results
          .filter(({ fate }) => fate === 'ended')
          .map(({ name }) => name)
          .join(', ')}`,
      );
      expect(watched.results.filter(({ fate }) => fate === 'not run')).toEqual([]);
      expectSilence(watched, ways);
    },
    limitMs,
  );
});

describe('the journey by the net-log', () => proveJourney('net-log'));
