import { beforeAll, expect, it } from 'vitest';
import { serve } from '../../../src/headless/serve.mjs';
import { Rng } from '../../../src/math/rng';
import { dist } from '../journey/app';
import { walkThroughKills, walkUninterrupted, writeTable, type KillOutcome } from './kill-run';
import { DOINGS, type Doing } from './moments';
import { route } from './route';

/** A hundred kills at random moments. KILL_SEED draws the same moments again; N_KILLS asks for more or fewer. */
const nKills = Number(process.env.N_KILLS ?? 100);
const seed = process.env.KILL_SEED ?? String(Date.now() % 2 ** 31);

let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  return () => server.close();
});

/** Each journey meets some of the doings once and training twice. */
function chooseDoings(rng: Rng): readonly Doing[] {
  const chosen = DOINGS.filter((doing) => rng.fork(doing).float() < 0.85);
  return chosen.flatMap((doing) => (doing === 'training' ? [doing, doing] : [doing]));
}

it(`comes back clean from ${nKills} kills`, { timeout: 60 * 60_000 }, async () => {
  console.log(`Moments are drawn from seed ${seed} (KILL_SEED).`);
  const expected = await walkUninterrupted(server.url, route);
  const outcomes: KillOutcome[] = [];
  for (let journey = 0; outcomes.length < nKills; journey++) {
    const rng = Rng.fromSeed(`kills/${seed}/${journey}`);
    const doings = chooseDoings(rng.fork('doings')).slice(0, nKills - outcomes.length);
    outcomes.push(...(await walkThroughKills(server.url, route, expected, doings, rng)));
    console.log(`${outcomes.length} kills`);
  }
  console.log(writeTable(outcomes));
  expect(outcomes.filter((outcome) => outcome.problem !== null)).toEqual([]);
});
