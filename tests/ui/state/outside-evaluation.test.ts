import { describe, expect, it } from 'vitest';
import type { OnExposed } from '../../../src/client/evaluation';
import { fail, succeed, type Outcome } from '../../../src/data/failure';
import type { Evaluation } from '../../../src/measure/evaluate';
import { judgeFiles } from '../../../src/ui/state/automation-judge';
import { OutsideState } from '../../../src/ui/state/outside-evaluation.svelte';
import { FAMILIES } from '../../../src/ui/state/evaluation.svelte';
import { makePeople } from '../../measure/made-people';
import { schemaOf } from '../../measure/tables';

const people = makePeople(30, 'outside');
const measured: Evaluation = {
  version: 1,
  options: { seed: 1 },
  nRows: { train: 30, holdout: null, synthetic: 30 },
  isComplete: true,
  measures: [],
  skipped: [],
};
const file = (name: string) => new File([''], name);
const files = { train: file('train.csv'), holdout: null, synthetic: file('synthetic.csv') };
const COPY = 'The synthetic file is train.';
const PATIENTS = 'Patients are in both.';
const choice = { families: FAMILIES, target: null, seed: 1, schema: null };

/** A state whose files are read at once, and whose crew does as `run` says. */
function open(run: (expose: OnExposed) => Outcome<Evaluation>): OutsideState {
  const tables = {
    train: people,
    holdout: null,
    synthetic: people,
    schema: schemaOf(people),
    notes: [],
    cautions: [PATIENTS],
  };
  return new OutsideState(
    ...([
      { run: async (_: unknown, __: unknown, expose: OnExposed) => run(expose), stop: () => undefined },
      { read: async () => succeed(tables) },
      {
        overlaps: async () => succeed([COPY]),
        overlay: async () => succeed([]),
        end: () => undefined,
      },
    ] as unknown as ConstructorParameters<typeof OutsideState>),
  );
}

describe('the most exposed records of a file from outside', () => {
  const record = { row: 4, toSynthetic: 0, toOthers: 0.25, reason: 'only for the page' };
  const exposing = () =>
    open((expose) => {
      expose(succeed({ records: [record], nLookedAt: 30 }));
      return succeed(measured);
    });

  it('are told by rows of the train file, apart from what can be saved', async () => {
    const state = exposing();
    const judged = await state.evaluate(files, choice);
    expect(state.exposed).toEqual({ records: [{ row: 5, reason: 'only for the page' }], nLookedAt: 30 });
    expect(state.trainName).toBe('train.csv');
    expect(JSON.stringify([judged, state.result])).not.toContain('only for the page');
  });

  it('are not in the evaluation.json that the command line gets', async () => {
    const outside = exposing();
    const place = { mayOpenRecords: true, build: { version: '1', hash: 'h' } };
    const json = await judgeFiles(
      ...([
        { outside },
        place,
        { ...files, schema: null, target: null, families: FAMILIES, seed: 1 },
      ] as unknown as Parameters<typeof judgeFiles>),
    );
    expect(outside.exposed).not.toBeNull();
    expect(json.ok && json.value).toContain('understudy-evaluation');
    expect(json.ok && json.value).not.toMatch(/only for the page|xposed|0\.25/);
  });

  it('go with the next files, and say why they are not known', async () => {
    const turns = [succeed({ records: [record], nLookedAt: 30 }), fail('internal', 'no room')];
    const state = open((expose) => {
      const turn = turns.shift();
      if (turn !== undefined) expose(turn);
      return succeed(measured);
    });
    await state.evaluate(files, choice);
    await state.evaluate(files, choice);
    expect(state.exposed).toMatchObject({ message: 'no room' });
    await state.evaluate(files, choice);
    expect(state.exposed).toBeNull();
  });
});

describe('files that do not stand apart', () => {
  it('are said to in evaluation.json and on the page, what was found of the rows first', async () => {
    const outside = open(() => succeed(measured));
    const place = { mayOpenRecords: true, build: { version: '1', hash: 'h' } };
    const request = { ...files, schema: null, target: null, families: FAMILIES, seed: 1 };
    const json = await judgeFiles(
      ...([{ outside }, place, request] as unknown as Parameters<typeof judgeFiles>),
    );
    expect(JSON.parse(json.ok ? json.value : '{}')).toMatchObject({ cautions: [COPY, PATIENTS] });
    expect(outside.cautions).toEqual([COPY, PATIENTS]);
  });
});
