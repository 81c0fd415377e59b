import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, succeed, type Outcome } from '../../../src/data/failure';
import type { ModelId } from '../../../src/models/synthesizer';
import type { ProjectRecord, RunRecord, TournamentRecord } from '../../../src/platform/projects/types';
import type { RunOrigin } from '../../../src/ui/state/new-run';
import { TournamentState, type TournamentOrder } from '../../../src/ui/state/tournament.svelte';
import { sampleRecord, sampleRun } from '../../platform/projects/sample-record';

/** How a made-up model behaves: forecast, real time of training, time of drawing and judging, quality. */
interface Manner {
  readonly forecastMs: number;
  readonly trainMs: number;
  readonly restMs: number;
  readonly quality: number;
  readonly fails?: 'failed' | 'interrupted';
}

const MANNERS: Readonly<Record<ModelId, Manner>> = {
  independent: { forecastMs: 500, trainMs: 200, restMs: 1000, quality: 0.8 },
  copula: { forecastMs: 2000, trainMs: 1000, restMs: 1000, quality: 0.85 },
  trees: { forecastMs: 3000, trainMs: 2000, restMs: 1000, quality: 0.97 },
  argn: { forecastMs: 4000, trainMs: 3000, restMs: 1000, quality: 0.96 },
  tvae: { forecastMs: 60_000, trainMs: 50_000, restMs: 1000, quality: 0.9 },
  ctgan: { forecastMs: 600_000, trainMs: 500_000, restMs: 1000, quality: 0.88 },
};
const FORECASTING_MS = 1000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A tournament over workers that only let the clock run. */
function openTournament(manners: Partial<Record<ModelId, Partial<Manner>>> = {}, isLockSlow = false) {
  const began = Date.now();
  const mannerOf = (model: ModelId): Manner => ({ ...MANNERS[model], ...manners[model] });
  let record: ProjectRecord = { ...sampleRecord(), runs: [], tournaments: [], currentRun: null };
  const log: string[] = [];
  const locks: (readonly ModelId[])[] = [];
  let endWait: (() => void) | null = null;
  const pass = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      endWait = () => (clearTimeout(timer), resolve(false));
    });
  const project = {
    get record() {
      return record;
    },
    change: (patch: Partial<ProjectRecord>) => void (record = { ...record, ...patch }),
  };
  const change = (id: string, patch: Partial<RunRecord>): RunRecord => {
    record = { ...record, runs: record.runs.map((run) => (run.id === id ? { ...run, ...patch } : run)) };
    const run = record.runs.find((one) => one.id === id);
    if (run === undefined) throw new Error('there is no such run');
    return run;
  };
  const work = async (run: RunRecord, stopAfterMs: number | null): Promise<Outcome<RunRecord>> => {
    const { trainMs, fails } = mannerOf(run.model);
    training.busy = true;
    const isDone = await pass(Math.min(trainMs, stopAfterMs ?? Infinity));
    training.busy = false;
    if (!isDone) {
      change(run.id, { status: 'cancelled' });
      return fail('cancelled', 'Stopped.');
    }
    if (fails !== undefined) {
      change(run.id, { status: fails });
      return fail(fails === 'failed' ? 'training-diverged' : 'device-lost', `It ${fails}.`);
    }
    return succeed(change(run.id, { status: 'finished' }));
  };
  const training = {
    busy: false,
    tryOut: async ({ model }: { model: ModelId }) => {
      log.push(`forecast ${model}`);
      if (!(await pass(FORECASTING_MS))) return fail('cancelled', 'Stopped.');
      const { forecastMs, restMs } = mannerOf(model);
      return succeed({ trainMs: forecastMs - restMs, restMs, nRows: 1, memoryBytes: 1, basis: '' });
    },
    start: (choice: { model: ModelId }, origin: RunOrigin) => {
      const limit = origin.stopAfterMs === null ? '' : ` ${origin.stopAfterMs}`;
      log.push(`train ${choice.model}${limit}`);
      const run = { ...sampleRun(origin.id, 'training'), ...choice, tournament: origin.tournament };
      record = { ...record, runs: [...record.runs, { ...run, evidence: null }] };
      return work({ ...run, evidence: null }, origin.stopAfterMs);
    },
    continueRun: (run: RunRecord, stopAfterMs: number | null) => {
      log.push(`continue ${run.model}`);
      return work(run, stopAfterMs);
    },
    cancel: () => Promise.resolve(endWait?.()),
    stopAndKeep: () => undefined,
  };
  const output = {
    busy: false,
    produce: async (run: RunRecord): Promise<Outcome<null>> => {
      const { restMs, quality } = mannerOf(run.model);
      output.busy = true;
      const isDone = await pass(restMs);
      output.busy = false;
      if (!isDone) return fail('cancelled', 'Stopped.');
      change(run.id, { evidence: makeEvidence(quality) });
      return succeed(null);
    },
    cancel: () => Promise.resolve(endWait?.()),
  };
  const bench = {
    now: () => Date.now(),
    elapsed: () => Date.now() - began,
    synthesize: { cancel: output.cancel },
  };
  let letLock = (): void => undefined;
  const lock = (models: readonly ModelId[]): Promise<void> => {
    locks.push(models);
    return isLockSlow ? new Promise((resolve) => void (letLock = resolve)) : Promise.resolve();
  };
  const asked: string[] = [];
  const around = {
    lockCriteria: lock,
    advise: async () => (asked.push('advise'), succeed({ model: 'trees' })),
    onEnd: async () => void asked.push('show'),
  };
  type Parts = ConstructorParameters<typeof TournamentState>;
  const open = () => new TournamentState(...([bench, project, training, output, around] as unknown as Parts));
  const latest = (): TournamentRecord => {
    const [tournament] = record.tournaments.slice(-1);
    if (tournament === undefined) throw new Error('there is no tournament');
    return tournament;
  };
  const outcomes = () => Object.fromEntries(latest().entries.map(({ model, outcome }) => [model, outcome]));
  const reasonOf = (model: ModelId) => latest().entries.find((entry) => entry.model === model)?.reason ?? '';
  return {
    state: open(),
    open,
    endWorker: () => endWait?.(),
    log,
    latest,
    outcomes,
    reasonOf,
    runs: () => record.runs,
    asked,
    locks,
    letLock: () => letLock(),
    project,
  };
}

function makeEvidence(value: number): RunRecord['evidence'] {
  const measure = {
    id: 'sdmetrics-overall',
    value,
    n: 9,
    floor: 0.8,
    ceiling: 0.98,
    sentence: '',
    parts: [],
  };
  return { measures: [{ ...measure, direction: 'higher-is-better' }], skipped: [] };
}

function order(models: readonly ModelId[], budgetMs: number): TournamentOrder {
  return { models, budgetMs, seed: 3, backend: 'wasm', configOf: () => ({}) };
}

describe('a tournament', () => {
  it('forecasts all, then runs the cheapest first, each network within an equal share of what is left', async () => {
    const { state, log, latest, outcomes, asked } = openTournament();
    const done = state.start(order(['ctgan', 'tvae', 'trees', 'copula'], 60_000));
    await vi.advanceTimersByTimeAsync(70_000);
    await done;
    // 60 s − 4 s of forecasts − 2 s copula − 3 s trees = 51 s: 25.5 s for TVAE, of which 1 s is drawing and judging.
    expect(log).toEqual([
      'forecast ctgan',
      'forecast tvae',
      'forecast trees',
      'forecast copula',
      'train copula',
      'train trees',
      'train tvae 24500',
      'train ctgan 24500',
    ]);
    expect(outcomes()).toEqual({ copula: 'judged', trees: 'judged', tvae: 'judged', ctgan: 'judged' });
    expect(latest().entries.map(({ spentMs }) => spentMs)).toEqual([2000, 3000, 25_500, 25_500]);
    expect(latest()).toMatchObject({ spentMs: 60_000, endedAt: Date.now() - 10_000, chosen: null });
    expect(latest().suggestion?.why).toMatch(/^Sequential trees comes closest to train: quality 0\.970/);
    expect([asked, latest().advised]).toEqual([['show'], undefined]);
  });

  it('keeps the model chosen for the table where it suggests none of its runs', async () => {
    const { state, latest, asked } = openTournament();
    const done = state.start(order(['independent'], 60_000));
    await vi.advanceTimersByTimeAsync(70_000);
    await done;
    expect([latest().suggestion, latest().advised, asked]).toEqual([null, 'trees', ['advise', 'show']]);
  });

  it('passes over what would not fit the time, and says so beside it', async () => {
    const { state, outcomes, reasonOf, runs } = openTournament();
    const done = state.start(order(['copula', 'trees', 'tvae'], 6000));
    await vi.advanceTimersByTimeAsync(20_000);
    await done;
    expect(outcomes()).toEqual({ copula: 'judged', trees: 'out-of-time', tvae: 'out-of-time' });
    expect(reasonOf('trees')).toBe('It may take 3 s, and 1 s were left; it cannot be stopped half way.');
    expect(reasonOf('tvae')).toContain('leaves too little to train');
    expect(runs()).toHaveLength(1);
  });

  it('ends a fit that takes longer than all the time left', async () => {
    const { state, outcomes, reasonOf, runs } = openTournament({ trees: { trainMs: 3_600_000 } });
    const done = state.start(order(['trees', 'tvae'], 10_000));
    await vi.advanceTimersByTimeAsync(11_000);
    await done;
    expect(outcomes()).toEqual({ trees: 'out-of-time', tvae: 'out-of-time' });
    expect(reasonOf('trees')).toContain('used up while it was fitted');
    expect(runs()[0]?.status).toBe('cancelled');
  });

  it('skips the model at work, whatever is done with it, and goes on with the next', async () => {
    const { state, outcomes, reasonOf } = openTournament();
    const done = state.start(order(['copula', 'trees', 'tvae'], 60_000));
    await vi.advanceTimersByTimeAsync(500);
    await state.skip();
    await vi.advanceTimersByTimeAsync(2500);
    await state.skip();
    await vi.advanceTimersByTimeAsync(60_000);
    await done;
    expect(outcomes()).toEqual({ copula: 'skipped', trees: 'skipped', tvae: 'judged' });
    expect(reasonOf('copula')).toBe('Skipped by the person before its turn.');
    expect(reasonOf('trees')).toBe('Skipped by the person while it trained.');
  });

  it('keeps the model of a run that is skipped while its records are drawn', async () => {
    const { state, reasonOf, runs } = openTournament();
    const done = state.start(order(['copula', 'trees'], 60_000));
    await vi.advanceTimersByTimeAsync(3500);
    await state.skip();
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(reasonOf('copula')).toContain('its model is kept');
    expect(runs()[0]).toMatchObject({ model: 'copula', status: 'finished', evidence: null });
  });

  it('is cancelled as a whole: what is done stays, the rest has its reason', async () => {
    const { state, outcomes, latest } = openTournament();
    const done = state.start(order(['copula', 'trees', 'tvae'], 60_000));
    await vi.advanceTimersByTimeAsync(5500);
    await state.cancel();
    await done;
    expect(outcomes()).toEqual({ copula: 'judged', trees: 'cancelled', tvae: 'cancelled' });
    expect(latest().entries.every(({ reason, outcome }) => outcome === 'judged' || reason !== '')).toBe(true);
    expect(latest().endedAt).not.toBeNull();
    expect(state.busy).toBe(false);
    expect(latest().suggestion?.why).toMatch(/^Gaussian copula, quality 0\.850, is the only run/);
  });

  it('goes on after a model fails or its worker dies, with the reason beside it', async () => {
    const { state, outcomes, reasonOf } = openTournament({
      copula: { fails: 'failed' },
      trees: { fails: 'interrupted' },
    });
    const done = state.start(order(['copula', 'trees', 'tvae'], 60_000));
    await vi.advanceTimersByTimeAsync(70_000);
    await done;
    expect(outcomes()).toEqual({ copula: 'failed', trees: 'interrupted', tvae: 'judged' });
    expect(reasonOf('trees')).toBe('It interrupted.');
  });

  it('survives the page: its run goes on first, then what waits, and time away does not count', async () => {
    const { state, open, endWorker, log, locks, latest, outcomes, runs } = openTournament();
    void state.start(order(['copula', 'tvae', 'trees'], 60_000));
    await vi.advanceTimersByTimeAsync(5500);
    state.leave();
    endWorker();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(latest()).toMatchObject({ endedAt: null, spentMs: 5000 });
    expect(outcomes()).toMatchObject({ trees: 'running', tvae: 'waiting' });
    log.length = 0;
    locks.length = 0;
    const again = open();
    runs().forEach(
      (run) =>
        void Object.assign(run, run.model === 'trees' ? { status: 'interrupted', evidence: null } : {}),
    );
    const done = again.goOn();
    await vi.advanceTimersByTimeAsync(60_000);
    await done;
    expect(log).toEqual(['continue trees', 'train tvae 51000']);
    expect(locks).toEqual([['copula', 'trees', 'tvae']]);
    expect(outcomes()).toEqual({ copula: 'judged', trees: 'judged', tvae: 'judged' });
    expect(latest().endedAt).not.toBeNull();
  });

  it('is not begun before the criteria are locked, nor where nobody waited for that', async () => {
    for (const stop of ['cancel', 'leave', null] as const) {
      const { state, locks, letLock, log, project } = openTournament({}, true);
      const done = state.start(order(['copula', 'trees'], 60_000));
      await vi.advanceTimersByTimeAsync(1000);
      expect([state.busy, locks, log, project.record.tournaments]).toEqual([
        true,
        [['copula', 'trees']],
        [],
        [],
      ]);
      if (stop !== null) await state[stop]();
      letLock();
      await vi.advanceTimersByTimeAsync(20_000);
      expect((await done).ok).toBe(stop === null);
      expect([state.busy, project.record.tournaments.length]).toEqual([false, stop === null ? 1 : 0]);
    }
  });

  it('can be ended where the page left it', async () => {
    const { state, open, endWorker, outcomes, latest } = openTournament();
    void state.start(order(['copula', 'tvae'], 60_000));
    await vi.advanceTimersByTimeAsync(2500);
    state.leave();
    endWorker();
    await vi.advanceTimersByTimeAsync(10_000);
    const again = open();
    again.endHere();
    expect(outcomes()).toEqual({ copula: 'interrupted', tvae: 'cancelled' });
    expect(latest().endedAt).not.toBeNull();
    await again.goOn();
    expect(outcomes()).toEqual({ copula: 'interrupted', tvae: 'cancelled' });
  });

  it('refuses to start without models, without time or beside another run', async () => {
    const { state, project, locks } = openTournament();
    for (const wrong of [order([], 1000), order(['trees'], 0), order(['trees'], NaN)])
      expect(await state.start(wrong)).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
    expect(locks).toEqual([]);
    void state.start(order(['trees', 'copula'], 60_000));
    expect(await state.start(order(['trees'], 1000))).toMatchObject({ ok: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(locks).toHaveLength(1);
    expect(project.record.tournaments).toHaveLength(1);
    await state.cancel();
    await vi.advanceTimersByTimeAsync(1000);
  });

  it('keeps which run a person goes on with', async () => {
    const { state, latest, runs } = openTournament();
    const done = state.start(order(['copula', 'trees'], 60_000));
    await vi.advanceTimersByTimeAsync(20_000);
    await done;
    const run = runs().find(({ model }) => model === 'copula');
    if (run !== undefined) state.choose(run);
    expect(latest().chosen).toBe(run?.id);
    expect(latest().suggestion?.runId).not.toBe(run?.id);
  });
});
