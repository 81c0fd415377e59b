import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import type { EvaluateService, EvaluationRequest } from '../../src/api/evaluate';
import { EvaluationCrew, type EvaluationNews } from '../../src/client/evaluation';
import { succeed } from '../../src/data/failure';
import { makeMeasure } from '../ui/steps/evidence/made-measure';

const head = {
  version: 1,
  options: { seed: 1 },
  nRows: { train: 3, holdout: null, synthetic: 3 },
} as const;
const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A worker that answers each step with its measures, once `mayGoOn` lets it. */
function startWorker(steps: readonly (readonly string[])[], mayGoOn: (step: number) => Promise<unknown>) {
  const service: Pick<EvaluateService, 'openEvaluation' | 'runStep'> & { holdLife(): boolean } = {
    holdLife: () => false,
    openEvaluation: async () => succeed({ steps, head }),
    runStep: async (step) => {
      await mayGoOn(step);
      return succeed((steps[step] ?? []).map((id) => makeMeasure(id)));
    },
  };
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  expose(service, port2);
  return Object.assign(port1, { terminate: () => port1.close() }) as unknown as Worker;
}

const request = {} as EvaluationRequest;
const steps = [['a', 'b'], ['c']];

describe('the crew of an evaluation', () => {
  it('tells what is still waited for, apart from what is done', async () => {
    const news: EvaluationNews[] = [];
    const crew = new EvaluationCrew(
      () => startWorker(steps, () => Promise.resolve()),
      () => 1,
    );
    const done = await crew.run(request, (each) => news.push(each));
    expect(news.map(({ waiting }) => waiting)).toEqual([['a', 'b', 'c'], ['c'], ['c'], []]);
    expect(done).toMatchObject({
      ok: true,
      value: { isComplete: true, measures: { length: 3 }, skipped: [] },
    });
  });

  it('answers what is done when it is stopped, and lists the rest as skipped', async () => {
    const never = new Promise(() => undefined);
    const crew = new EvaluationCrew(
      () => startWorker(steps, (step) => (step === 0 ? Promise.resolve() : never)),
      () => 1,
    );
    const done = await crew.run(request, ({ nDone, atWork }) => {
      if (nDone === 1 && atWork.length === 1) setTimeout(() => crew.stop());
    });
    expect(done).toMatchObject({
      ok: true,
      value: {
        isComplete: false,
        measures: [{ id: 'a' }, { id: 'b' }],
        skipped: [{ id: 'c', reason: 'the evaluation was ended before its turn' }],
      },
    });
  });

  it('answers that it was stopped where nothing is done', async () => {
    const crew = new EvaluationCrew(
      () => startWorker(steps, () => new Promise(() => undefined)),
      () => 2,
    );
    const done = await crew.run(request, () => setTimeout(() => crew.stop()));
    expect(done).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });
});
