import { describe, expect, it } from 'vitest';
import type { EvaluationNews, OnExposed } from '../../../src/client/evaluation';
import { fail, succeed, type Outcome } from '../../../src/data/failure';
import type { Evaluation } from '../../../src/measure/evaluate';
import type { PartChanges, RunRecord } from '../../../src/platform/projects/types';
import type { ExposedRecords } from '../../../src/measure/privacy/find-exposed';
import type { AuditNote } from '../../../src/ui/state/audit-notes';
import { EvaluationState } from '../../../src/ui/state/evaluation.svelte';
import { readKeptEvaluation, replaces, writeKeptEvaluation } from '../../../src/ui/state/kept-evaluation';
import { writeEvaluationJson } from '../../../src/ui/state/evaluation-account';
import type { ToldAct } from '../../../src/ui/state/log-book';
import { makeMeasure } from '../steps/evidence/made-measure';

const choice = { families: ['fidelity'], target: null } as const;
const run = { id: 'r1', nTrain: 3, seed: 1, basis: {} } as unknown as RunRecord;

/** An evaluation with that many measures. */
function make(nMeasures: number, isComplete: boolean): Evaluation {
  return {
    version: 1,
    options: { seed: 1 },
    nRows: { train: 3, holdout: null, synthetic: 3 },
    isComplete,
    measures: Array.from({ length: nMeasures }, (_, i) => makeMeasure(`m${i}`)),
    skipped: [],
  };
}

function newsOf(nDone: number): EvaluationNews {
  return { nDone, nSteps: 9, atWork: [], soFar: make(nDone, false), waiting: [] };
}

interface Scene {
  readonly state: EvaluationState;
  readonly written: string[];
  /** What was put on record, with what is written or by itself. */
  readonly told: AuditNote[];
  /** Milliseconds that have passed. */
  clock: number;
  /** Milliseconds that pass whenever somebody asks for the time. */
  tick: number;
}

/** A state whose workers do as `course` says, over a store that remembers what was written. */
function openScene(
  course: (
    tell: (news: EvaluationNews) => void,
    scene: Scene,
    expose: OnExposed,
    known: Evaluation | null,
  ) => Promise<Outcome<Evaluation>>,
): Scene {
  const written: string[] = [];
  const told: AuditNote[] = [];
  const scene = { written, told, clock: 0, tick: 0 } as Scene & { state: EvaluationState };
  const bench = {
    store: {
      getPart: async () => {
        const last = written.at(-1);
        return succeed(last === undefined ? null : new Blob([last]));
      },
    },
    evaluation: {
      run: (_: unknown, tell: (news: EvaluationNews) => void, expose: OnExposed, known: Evaluation | null) =>
        course(tell, scene, expose, known),
      stop: () => undefined,
    },
    now: () => 1000 + (scene.clock += scene.tick),
    elapsed: () => scene.clock,
    build: '0.2 abc',
  };
  const tell = async (note: ToldAct) => void told.push(await note);
  const keepRun = async (_: string, __: unknown, parts: PartChanges, notes: readonly ToldAct[]) => {
    for (const part of Object.values(parts)) if (part instanceof Blob) written.push(await part.text());
    for (const note of notes) await tell(note);
    return succeed(null);
  };
  const prepared = { trainAsRead: {}, holdout: null, schema: {}, holdoutRows: Uint32Array.of(0, 2, 3) };
  const output = { busy: false, collect: async () => succeed({}), cancel: async () => undefined };
  scene.state = new EvaluationState(
    ...([
      bench,
      { record: { id: 'p1', dialect: { everyNthRow: 2 } }, keepRun, tell },
      { prepareFor: async () => succeed(prepared) },
      output,
    ] as unknown as ConstructorParameters<typeof EvaluationState>),
  );
  return scene;
}

const write = async (...what: Parameters<typeof writeKeptEvaluation>) =>
  (await writeKeptEvaluation(...what)).text();

const nMeasuresOf = (text: string | undefined) =>
  readKeptEvaluation(text ?? '{}')?.evaluation.measures.length;

describe('an evaluation', () => {
  it('is kept every few seconds, and as a whole with its time at the end', async () => {
    const scene = openScene(async (tell, own) => {
      for (const [at, nDone] of [
        [1000, 1],
        [6000, 2],
        [7000, 3],
        [12_000, 4],
      ] as const) {
        own.clock = at;
        tell(newsOf(nDone));
      }
      return succeed(make(9, true));
    });
    await scene.state.reopen(run);
    await scene.state.evaluate(run, choice);
    expect(scene.written.map(nMeasuresOf)).toEqual([1, 2, 4, 9]);
    expect(scene.state.evaluation?.measures).toHaveLength(9);
    expect(scene.state.facts).toEqual({ at: 13_000, tookMs: 12_000 });
    expect(scene.state.busy).toBe(false);
  });

  it('is kept with the very moment that is shown, though time goes on', async () => {
    const scene = openScene(async () => succeed(make(9, true)));
    scene.tick = 1;
    await scene.state.evaluate(run, choice);
    expect(readKeptEvaluation(scene.written.at(-1) ?? '')?.facts).toEqual(scene.state.facts);
  });

  it('that broke off is shown again as it was kept, as not complete', async () => {
    const scene = openScene(async (tell, own) => {
      own.clock = 6000;
      tell(newsOf(2));
      return fail('internal', 'The page went away.');
    });
    await scene.state.reopen(run);
    await scene.state.evaluate(run, choice);
    await scene.state.reopen(run);
    expect(scene.state.evaluation).toMatchObject({ isComplete: false, measures: { length: 2 } });
  });

  it('that broke off goes on from what was kept, with the time it had taken', async () => {
    const knowns: (Evaluation | null)[] = [];
    const scene = openScene(async (tell, own, _, known) => {
      knowns.push(known);
      own.clock += 6000;
      tell(newsOf(2));
      return known === null ? fail('internal', 'The page went away.') : succeed(make(9, true));
    });
    await scene.state.reopen(run);
    await scene.state.evaluate(run, choice);
    await scene.state.reopen(run);
    expect(scene.state.courseOf(run)).toMatchObject({ choice, isStopped: false });
    await scene.state.evaluate(run, choice);
    expect(knowns.map((known) => known?.measures.length)).toEqual([undefined, 2]);
    expect(scene.state.facts?.tookMs).toBe(12_000);
    expect(scene.state.courseOf(run)).toBeNull();
  });

  it('starts anew for another choice, other records or another build', async () => {
    const knowns: (Evaluation | null)[] = [];
    const scene = openScene(async (_, __, ___, known) => {
      knowns.push(known);
      return succeed(make(2, false));
    });
    await scene.state.reopen(run);
    await scene.state.evaluate(run, choice);
    await scene.state.evaluate(run, { ...choice, target: 'age' });
    expect(knowns).toEqual([null, null]);
    const redrawn = { ...run, synthetic: { nRows: 4, seed: 2, nBytes: 9 } };
    expect(scene.state.courseOf(run)).not.toBeNull();
    expect(scene.state.courseOf(redrawn)).toBeNull();
    scene.written.push((scene.written.at(-1) ?? '').replace('0.2 abc', '0.2 def'));
    await scene.state.reopen(run);
    expect(scene.state.courseOf(run)).toBeNull();
  });

  it('tells a stop by a person from a page that went away', async () => {
    for (const act of ['stop', 'leave'] as const) {
      const scene = openScene(async (_, own) => {
        void own.state[act]();
        return succeed(make(2, false));
      });
      await scene.state.reopen(run);
      await scene.state.evaluate(run, choice);
      expect(scene.state.courseOf(run)?.isStopped).toBe(act === 'stop');
    }
  });

  it('that is stopped does not replace a complete one with more measures, and says so', async () => {
    const scene = openScene(async () => succeed(make(3, false)));
    scene.written.push(await write(make(9, true), { at: 5, tookMs: 6 }));
    await scene.state.reopen(run);
    await scene.state.evaluate(run, choice);
    expect(scene.written).toHaveLength(1);
    expect(scene.state.evaluation?.measures).toHaveLength(9);
    expect(scene.state.keptOlder).toBe(true);
    expect(scene.told).toMatchObject([{ act: 'evaluation', detail: { nMeasures: 3, isComplete: false } }]);
  });

  it('is on record with its first figures, and again when it has ended', async () => {
    const scene = openScene(async (tell, own) => {
      tell(newsOf(1));
      own.clock += 6000;
      tell(newsOf(2));
      return succeed(make(9, true));
    });
    await scene.state.evaluate(run, choice);
    expect(scene.told.map(({ act, detail }) => [act, detail])).toMatchObject([
      ['look', { run: 'r1', at: 'evaluation under way' }],
      ['evaluation', { run: 'r1', nMeasures: 9, isComplete: true }],
    ]);
  });

  it('of a run that was only just trained is shown at once', async () => {
    const scene = openScene(async () => succeed(make(9, true)));
    await scene.state.evaluate(run, choice);
    expect(scene.state.evaluationOf).toBe('r1');
    expect(scene.state.evaluation?.measures).toHaveLength(9);
  });

  it('of a run that is no longer shown is kept, and does not take its place', async () => {
    const scene = openScene(async (_, own) => {
      await own.state.reopen({ ...run, id: 'r2' });
      return succeed(make(4, true));
    });
    await scene.state.reopen(run);
    await scene.state.evaluate(run, choice);
    expect(scene.written.map(nMeasuresOf)).toEqual([4]);
    expect(scene.state.evaluation).toBeNull();
  });

  it('is waited for when the project closes, so that what is done is kept', async () => {
    let settle: (outcome: Outcome<Evaluation>) => void = () => undefined;
    const ended = new Promise<Outcome<Evaluation>>((resolve) => (settle = resolve));
    const scene = openScene(() => ended);
    await scene.state.reopen(run);
    const evaluating = scene.state.evaluate(run, choice);
    await new Promise((resolve) => setTimeout(resolve));
    expect(scene.state.status).toBe('measuring');
    const leaving = scene.state.leave();
    settle(succeed(make(2, false)));
    await leaving;
    expect(scene.written.map(nMeasuresOf)).toEqual([2]);
    await evaluating;
  });
});

describe('the most exposed records', () => {
  const marker = 'only for the page';
  const found: ExposedRecords = {
    records: [1, 0, 2].map((row) => ({ row, toSynthetic: 0, toOthers: 0.25, reason: `${marker} ${row}` })),
    nLookedAt: 3,
  };
  const exposing = () =>
    openScene(async (tell, own, expose) => {
      expose(succeed(found));
      own.clock = 6000;
      tell(newsOf(2));
      return succeed(make(9, true));
    });

  it('are told by rows of the file: past those held out, and those that were not read', async () => {
    const { state } = exposing();
    await state.evaluate(run, choice);
    // Rows 1, 4 and 5 of the table are train, and every second row of the file was read.
    expect(state.exposedFor(run)).toEqual({
      records: [
        { row: 9, reason: `${marker} 1` },
        { row: 3, reason: `${marker} 0` },
        { row: 11, reason: `${marker} 2` },
      ],
      nLookedAt: 3,
    });
    expect(state.exposedFor({ ...run, id: 'r2' })).toBeNull();
  });

  it('are neither kept nor in evaluation.json, and gone from a page that opens the project again', async () => {
    const { state, written } = exposing();
    await state.evaluate(run, choice);
    expect(state.exposedFor(run)).not.toBeNull();
    expect(written).toHaveLength(2);
    const around = { build: { version: '1', hash: 'h' }, run: 'r1', notes: [] };
    const json = writeEvaluationJson(state.evaluation ?? make(0, true), around);
    for (const text of [...written, json]) expect(text).not.toMatch(/only for the page|xposed|0\.25/);
    const fresh = openScene(async () => succeed(make(9, true)));
    fresh.written.push(...written);
    await fresh.state.reopen(run);
    expect(fresh.state.evaluation?.measures).toHaveLength(9);
    expect(fresh.state.exposedFor(run)).toBeNull();
  });

  it('go with the next evaluation, and say why they are not known', async () => {
    const turns = [succeed(found), fail('internal', 'no room')];
    const { state } = openScene(async (_, __, expose) => {
      const turn = turns.shift();
      if (turn !== undefined) expose(turn);
      return succeed(make(9, true));
    });
    await state.evaluate(run, choice);
    await state.evaluate(run, choice);
    expect(state.exposedFor(run)).toMatchObject({ message: 'no room' });
    await state.evaluate(run, choice);
    expect(state.exposedFor(run)).toBeNull();
  });
});

describe('a kept evaluation', () => {
  it('comes back with its facts, and of another version not at all', async () => {
    const facts = { at: 1, tookMs: 2 };
    expect(readKeptEvaluation(await write(make(1, true), facts))).toEqual({
      evaluation: make(1, true),
      facts,
    });
    expect(readKeptEvaluation(JSON.stringify(make(1, true)))?.facts).toBeNull();
    expect(readKeptEvaluation('{"version": 2}')).toBeNull();
  });

  it.each([
    [make(1, false), null, true],
    [make(1, true), make(9, true), true],
    [make(1, false), make(9, true), false],
    [make(9, false), make(9, true), true],
    [make(1, false), make(2, false), true],
  ])('gives way as it should', (made, kept, answer) => {
    expect(replaces(made, kept)).toBe(answer);
  });
});
