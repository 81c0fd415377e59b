import { beforeAll, expect, it } from 'vitest';
import { serve } from '../../../src/headless/serve.mjs';
import { Rng } from '../../../src/math/rng';
import { dist } from '../journey/app';
import { walkThroughKills, walkUninterrupted, writeTable } from './kill-run';
import { route } from './route';

/** The page is killed at random moments: nothing that was shown as saved is lost. kill.long.test.ts does it a hundred times. */
const doings = ['importing', 'editing', 'checkpointing', 'sampling', 'judging', 'exporting'] as const;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  server = await serve({ folder: dist, headers: true });
  return () => server.close();
});

it('comes back from a kill at any moment with all that was shown as saved, and ends the same', async () => {
  const expected = await walkUninterrupted(server.url, route);
  const seed = process.env.KILL_SEED ?? '1';
  const outcomes = await walkThroughKills(server.url, route, expected, doings, Rng.fromSeed(`kills/${seed}`));
  const problems = outcomes.filter((outcome) => outcome.problem !== null);
  expect(problems, `seed ${seed}\n${writeTable(outcomes)}`).toEqual([]);
});
