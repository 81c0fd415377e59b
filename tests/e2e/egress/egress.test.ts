import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fastProbes } from './probe-sets';
import { expectControl, expectSilence, watchProbes, type Watched } from './prove-probes';
import { proveJourney } from './prove-journey';
import { openControl, openLocked } from './scene';
import { judgeAll, listProbes, summarise } from './verdict';
import { openWitness, type Witness } from './witness';

/** That nothing leaves, seen from outside the browser (docs/lock.md, "Proof"). About a minute, mostly waiting. */
describe('the journey', () => proveJourney());

describe('the ways out', () => {
  let witnesses: readonly [Witness, Witness];
  let control: Watched;
  let locked: Watched;

  beforeAll(async () => {
    witnesses = await Promise.all([openWitness(), openWitness()]);
    const [open, closed] = witnesses;
    [control, locked] = await Promise.all([
      openControl(open).then((scene) => watchProbes(open, scene, fastProbes)),
      openLocked(closed, { name: 'locked', headers: false, kept: false }).then((scene) =>
        watchProbes(closed, scene, fastProbes),
      ),
    ]);
  }, 300_000);

  afterAll(() => {
    for (const witness of witnesses) witness.close();
  });

  it('are seen when nothing is locked', () => expectControl(control, witnesses[0]));

  it('lead nowhere in the real page after its lock: no packet, no name, no request, no canary', () =>
    expectSilence(locked));

  it('were all tried, and are void only where no browser shows them', () => {
    const verdicts = judgeAll(control.results, locked.results);
    console.log(summarise('locked', verdicts));
    expect(locked.results.filter(({ fate }) => fate === 'not run')).toEqual([]);
    expect(listProbes(verdicts, 'held').length).toBeGreaterThan(0.9 * verdicts.length);
  });
});
