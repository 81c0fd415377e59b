import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/math/rng';
import { argn } from '../../../src/models/argn/argn';
import type {
  Checkpoint,
  Crew,
  PartJob,
  TrainingEvent,
  TrainingInput,
  TrainingRun,
} from '../../../src/models/synthesizer';
import { recordRun } from '../copula-run';
import { makeLabs, makeStays } from './tables';

type Changes = Partial<Pick<TrainingRun, 'crew' | 'resumeFrom' | 'checkpointEveryMs'>>;

/** Breathes for real, so that parts come back in between. */
const runWith = (changes: Changes, commands?: Parameters<typeof recordRun>[0]) => ({
  ...recordRun(commands),
  breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
  ...changes,
});

const train = async (input: TrainingInput, changes: Changes = {}, seed = 1) =>
  (await argn.train(input, { epochs: 3 }, Rng.fromSeed(seed), runWith(changes))).state();

/** Threads that answer later than they are asked, the first the latest, and what they were asked for. */
function openThreads(size: number) {
  const jobs: PartJob[] = [];
  let [busy, mostBusy] = [0, 0];
  const crew: Crew = {
    size,
    async fit(job) {
      jobs.push(structuredClone(job));
      mostBusy = Math.max(mostBusy, ++busy);
      for (let turn = 0; turn < 3 * (1 + (jobs.length % 3)); turn++)
        await new Promise<void>((resolve) => setImmediate(resolve));
      busy--;
      return structuredClone(argn.fitPart?.(structuredClone(job.payload)));
    },
  };
  return { crew, jobs, mostBusy: () => mostBusy };
}

async function listCheckpoints(input: TrainingInput, crew: Crew | null = null): Promise<Checkpoint[]> {
  const run = runWith({ checkpointEveryMs: 0, crew });
  await argn.train(input, { epochs: 3 }, Rng.fromSeed(1), run);
  return run.events.flatMap((event) => (event.kind === 'checkpoint' ? [event.checkpoint] : []));
}

const stepsOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.kind === 'progress' ? [event.step] : []));

describe('nets learnt on several threads', () => {
  it('are the same for any number of them, each with one net at a time', async () => {
    const input = makeStays(600);
    const alone = await train(input);
    for (const size of [1, 2, 7]) {
      const { crew, jobs, mostBusy } = openThreads(size);
      expect(await train(input, { crew })).toEqual(alone);
      expect(jobs.length).toBeGreaterThan(0);
      expect(jobs.every(({ model }) => model === 'argn')).toBe(true);
      expect(mostBusy()).toBe(Math.min(size, jobs.length));
    }
  });

  it('leave some to the thread that asks, unless there are threads for all', async () => {
    const input = makeLabs(400, 6);
    const { crew, jobs } = openThreads(1);
    await train(input, { crew });
    expect(jobs.length).toBeLessThan(6);
  });

  it('end with what a thread throws, and nothing more is handed out', async () => {
    let nAsked = 0;
    const crew: Crew = { size: 2, fit: () => Promise.reject(new Error(`thread ${++nAsked} broke`)) };
    await expect(train(makeLabs(400, 6), { crew })).rejects.toThrow('thread 1 broke');
    expect(nAsked).toBe(2);
  });

  it('are told as they come back', async () => {
    const { crew } = openThreads(2);
    const run = runWith({ crew });
    await argn.train(makeLabs(400, 6), { epochs: 3 }, Rng.fromSeed(1), run);
    const steps = stepsOf(run.events);
    expect(steps.at(-1)).toBe(6);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  });

  it('stop when asked to while others are at work', async () => {
    const { crew } = openThreads(3);
    const run = runWith({ crew }, ['run', 'run', 'cancel']);
    await expect(argn.train(makeStays(600), {}, Rng.fromSeed(1), run)).rejects.toThrow(/cancelled/);
  });
});

describe('checkpoints of nets', () => {
  const input = makeLabs(400, 6);

  it('hold each net that is done, and lead to the same model from any of them', async () => {
    const straight = await train(input);
    const checkpoints = await listCheckpoints(input);
    expect(checkpoints.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const checkpoint of checkpoints)
      expect(await train(input, { resumeFrom: structuredClone(checkpoint) })).toEqual(straight);
  });

  it('spare the learning of what they hold, on any thread', async () => {
    const [third] = (await listCheckpoints(input, openThreads(2).crew)).slice(2);
    const { crew, jobs } = openThreads(6);
    const run = runWith({ crew, resumeFrom: third ?? null });
    await argn.train(input, { epochs: 3 }, Rng.fromSeed(1), run);
    // Of the three that are left the thread that asks takes one.
    expect(jobs).toHaveLength(2);
    expect(Math.min(...stepsOf(run.events))).toBeGreaterThanOrEqual(3);
  });

  it('come no more often than wished', async () => {
    expect(await listCheckpoints(input)).toHaveLength(6);
    const run = runWith({ checkpointEveryMs: Infinity });
    await argn.train(input, { epochs: 3 }, Rng.fromSeed(1), run);
    expect(run.events.some(({ kind }) => kind === 'checkpoint')).toBe(false);
  });

  it('are refused where they belong to another model, version, seed or table', async () => {
    const [first] = await listCheckpoints(input);
    if (first === undefined) throw new Error('no checkpoint');
    const refusal = /cannot be continued; start the training again/;
    for (const wrong of [
      { ...first, model: 'tvae' as const },
      { ...first, version: first.version - 1 },
    ])
      await expect(train(input, { resumeFrom: wrong })).rejects.toThrow(refusal);
    await expect(train(input, { resumeFrom: first }, 2)).rejects.toThrow(refusal);
    await expect(train(makeLabs(400, 5), { resumeFrom: first })).rejects.toThrow(refusal);
  });
});
