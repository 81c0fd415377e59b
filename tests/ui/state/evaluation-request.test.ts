import { describe, expect, it } from 'vitest';
import type { EvaluationRequest } from '../../../src/api/evaluate';
import { fail, succeed, type Outcome } from '../../../src/data/failure';
import type { Evaluation } from '../../../src/measure/evaluate';
import { createMemoryStore } from '../../../src/platform/projects/memory-store';
import type { PartChanges, RunRecord } from '../../../src/platform/projects/types';
import { EvaluationState, FAMILIES } from '../../../src/ui/state/evaluation.svelte';
import { NO_GUARANTEE, statePrivacy, writeEvaluationJson } from '../../../src/ui/state/evaluation-account';
import { sampleRun } from '../../platform/projects/sample-record';
import { makePeople } from '../../measure/made-people';
import { schemaOf } from '../../measure/tables';

const train = makePeople(60, 'state/train');
const run: RunRecord = { ...sampleRun('r1', 'finished'), model: 'trees' };
const measured: Evaluation = {
  version: 1,
  options: { seed: 1 },
  nRows: { train: 60, holdout: 60, synthetic: 60 },
  isComplete: true,
  measures: [],
  skipped: [],
};
const choice = { families: FAMILIES, target: null };

/** State whose workers answer at once; `seen` is what the measures were asked. */
function open(given: {
  readonly scores?: readonly Float64Array[] | null;
  readonly answer?: Outcome<Evaluation>;
  readonly hasModel?: boolean;
}) {
  const store = createMemoryStore();
  const parts: PartChanges[] = [];
  const seen: EvaluationRequest[] = [];
  const packed = { kind: 'packed' };
  const state = new EvaluationState(
    {
      store: {
        ...store,
        getPart: (_: string, name: string) =>
          Promise.resolve(
            succeed(
              name.startsWith('model/') && given.hasModel !== false
                ? packed
                : (parts.at(-1)?.[`evaluation/${run.id}`] ?? null),
            ),
          ),
      } as never,
      synthesize: { scoreRows: () => Promise.resolve(succeed(given.scores ?? null)) } as never,
      now: () => 1000,
      elapsed: () => 0,
      build: '0.2 abc',
      evaluation: {
        run: (request: EvaluationRequest) => (
          seen.push(request),
          Promise.resolve(given.answer ?? succeed(measured))
        ),
        stop: () => undefined,
      } as never,
    },
    {
      record: { id: 'p1', dialect: {} },
      keepRun: (_: string, __: object, changes: PartChanges) => (
        parts.push(changes),
        Promise.resolve(succeed(null))
      ),
    } as never,
    {
      prepareFor: () =>
        Promise.resolve(
          succeed({
            trainAsRead: train,
            holdout: train,
            holdoutRows: new Uint32Array(),
            schema: schemaOf(train),
          } as never),
        ),
    },
    { collect: () => Promise.resolve(succeed(train)), cancel: () => Promise.resolve(), busy: false },
  );
  return { state, seen, parts };
}

describe('what the measures of a run are given', () => {
  it('is computed with the model’s likelihood where it has one, kept, and shown again', async () => {
    const scores = [Float64Array.of(1), Float64Array.of(2)];
    const { state, seen } = open({ scores });
    expect(await state.evaluate(run, { ...choice, target: 'died' })).toEqual(succeed(measured));
    expect(seen[0]).toMatchObject({
      target: 'died',
      nSynthetic: run.nTrain,
      likelihood: { train: scores[0], holdout: scores[1] },
    });
    expect(state.keptFor(run)).toEqual(measured);
    state.evaluation = null;
    await state.reopen(run);
    expect(state.evaluation).toEqual(measured);
    expect(state.keptFor({ ...run, id: 'another' })).toBeNull();
  });

  it('goes without a likelihood where there is none, or no model is kept', async () => {
    for (const given of [{ scores: null }, { hasModel: false }]) {
      const { state, seen } = open(given);
      await state.evaluate(run, choice);
      expect(seen[0]).not.toHaveProperty('likelihood');
    }
  });

  it('shows why there is none, and keeps nothing', async () => {
    const { state, parts } = open({ answer: fail('internal', 'no room') });
    await state.evaluate(run, choice);
    expect([state.failure?.message, state.busy, parts]).toEqual(['no room', false, []]);
  });

  it('says nothing of a stop before the first measure', async () => {
    const { state } = open({ answer: fail('cancelled', 'stopped') });
    const running = state.evaluate(run, choice);
    expect(state.busy).toBe(true);
    expect(await state.evaluate(run, choice)).toMatchObject({
      ok: false,
      failure: { code: 'option-invalid' },
    });
    state.stop();
    await running;
    expect(state.failure).toBeNull();
  });
});

describe('what is said of privacy', () => {
  const attack = { id: 'a', family: 'privacy' } as Evaluation['measures'][number];

  it('is that nothing was attacked until something was', () => {
    expect(statePrivacy(null)).toBe(NO_GUARANTEE);
    expect(statePrivacy(measured)).toBe(NO_GUARANTEE);
    const text = statePrivacy({ ...measured, measures: [attack] });
    expect(text).toMatch(/1 measure of attacks .* with the holdout as their control.*lower bound/);
    const alone = { ...measured, nRows: { ...measured.nRows, holdout: null }, measures: [attack, attack] };
    expect(statePrivacy(alone)).toMatch(/2 measures .* no holdout/);
  });

  it('stands beside the figures, with program and run', () => {
    const around = { build: { version: '1', hash: 'abc' }, run: 'r1', notes: ['left out'] };
    const json = JSON.parse(writeEvaluationJson(measured, around)) as object;
    expect(json).toEqual({
      format: 'understudy-evaluation',
      program: { name: 'Understudy', version: '1', buildHash: 'abc' },
      run: 'r1',
      notes: ['left out'],
      ...measured,
    });
  });
});
