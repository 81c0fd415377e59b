import { describe, expect, it } from 'vitest';
import type { EvaluateService, EvaluationRequest } from '../../src/api/evaluate';
import { countEvaluators, EvaluationCrew, type EvaluationNews } from '../../src/client/evaluation';
import { fail, succeed, type Outcome } from '../../src/data/failure';
import { evaluate, type Evaluation } from '../../src/measure/evaluate';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import type { ExposedRecords } from '../../src/measure/privacy/find-exposed';
import { kindsOf } from '../../src/measure/fidelity/column-kinds';
import { createEvaluateService } from '../../workers/evaluate-service';
import { makePeople } from '../measure/made-people';
import { schemaOf } from '../measure/tables';
import { likeWorker, type LikeWorker } from './service-worker-like';

const train = makePeople(120, 'crew/train');
const request: EvaluationRequest = {
  train,
  holdout: makePeople(60, 'crew/holdout'),
  synthetic: makePeople(120, 'crew/synthetic'),
  schema: schemaOf(train),
  seed: 3,
  families: ['fidelity'],
};

/** A crew whose workers are services of this thread, changed by `alter`. */
function openCrew(
  nThreads: number,
  alter: (service: EvaluateService, n: number) => EvaluateService = (s) => s,
) {
  const started: LikeWorker[] = [];
  const start = (): Worker => {
    const like = likeWorker(alter(createEvaluateService(), started.length));
    started.push(like);
    return like.worker;
  };
  return { crew: new EvaluationCrew(start, () => nThreads), started };
}

/** A service that computes no step, so that only what comes after them takes time. */
function quickly(service: EvaluateService): EvaluateService {
  return { ...service, runStep: () => Promise.resolve(succeed([])) };
}

function mustSucceed(outcome: Outcome<Evaluation>): Evaluation {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

describe('an evaluation on several workers', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 4],
    [16, 4],
  ])('leaves of %i cores one to the page', (nCores, nWorkers) => {
    expect(countEvaluators(nCores, 4)).toBe(nWorkers);
  });

  it('answers what one thread computes, however many share it', async () => {
    const { schema, seed, families, ...tables } = request;
    const specs = EVALUATION_SPECS.filter(({ family }) => families.includes(family));
    const expected = await evaluate(specs, { ...tables, kinds: kindsOf(schema), options: { seed } });
    for (const nThreads of [1, 3]) {
      const { crew, started } = openCrew(nThreads);
      expect(mustSucceed(await crew.run(request, () => undefined))).toEqual(expected);
      expect(started).toHaveLength(nThreads);
    }
  });

  it('tells what is at work and hands on what is done', async () => {
    const news: EvaluationNews[] = [];
    const { crew } = openCrew(2);
    const done = mustSucceed(await crew.run(request, (each) => void news.push(each)));
    const counts = news.map(({ nDone }) => nDone);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(Math.max(...news.map(({ atWork }) => atWork.length))).toBe(2);
    expect(news.at(-1)?.soFar).toEqual(done);
    expect(news[0]?.soFar.skipped[0]?.reason).toBe('the evaluation was ended before its turn');
  });

  it('keeps what is done when it is stopped, and lists the rest as skipped', async () => {
    const { crew } = openCrew(1);
    const done = mustSucceed(
      await crew.run(request, ({ nDone }) => {
        if (nDone === 1) crew.stop();
      }),
    );
    expect(done.isComplete).toBe(false);
    expect(done.measures.length).toBeGreaterThan(0);
    expect(done.skipped.at(-1)?.reason).toBe('the evaluation was ended before its turn');
  });

  it('goes on with what is known, computes only the rest, and answers the same', async () => {
    const asked: number[] = [];
    const counting = (service: EvaluateService): EvaluateService => ({
      ...service,
      runStep: (step) => (asked.push(step), service.runStep(step)),
    });
    const { crew } = openCrew(1, counting);
    const whole = mustSucceed(await crew.run(request, () => undefined));
    const nSteps = asked.splice(0).length;
    const { crew: first } = openCrew(1);
    const broken = mustSucceed(
      await first.run(request, ({ nDone }) => {
        if (nDone === 2) first.stop();
      }),
    );
    const again = mustSucceed(await crew.run(request, () => undefined, null, broken));
    expect(again).toEqual(whole);
    expect(asked.length).toBeLessThan(nSteps);
    expect(asked).not.toContain(0);
  });

  it('tries a step again of which nothing came', async () => {
    const asked: number[] = [];
    const { crew } = openCrew(1, (service) => ({
      ...service,
      runStep: (step) => (asked.push(step), service.runStep(step)),
    }));
    const whole = mustSucceed(await crew.run(request, () => undefined));
    const lost = EVALUATION_SPECS[0]?.ids ?? [];
    const known: Evaluation = {
      ...whole,
      isComplete: false,
      measures: whole.measures.filter(({ id }) => !lost.includes(id)),
      skipped: [...whole.skipped, ...lost.map((id) => ({ id, reason: 'memory ran short' }))],
    };
    asked.length = 0;
    expect(mustSucceed(await crew.run(request, () => undefined, null, known))).toEqual(whole);
    expect(asked).toContain(0);
  });

  it('answers cancelled when it is stopped before its first measure', async () => {
    const { crew } = openCrew(2);
    const running = crew.run(request, () => undefined);
    crew.stop();
    expect(await running).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('skips the step that killed its worker, and goes on with another', async () => {
    const { crew, started } = openCrew(1, (service, n) =>
      n > 0
        ? service
        : {
            ...service,
            runStep: (step) => {
              if (step !== 1) return service.runStep(step);
              started[0]?.die();
              return new Promise<never>(() => undefined);
            },
          },
    );
    const done = mustSucceed(await crew.run(request, () => undefined));
    expect(started).toHaveLength(2);
    expect(done.isComplete).toBe(true);
    const lost = EVALUATION_SPECS[1]?.ids ?? [];
    const reasons = done.skipped.filter(({ id }) => lost.includes(id)).map(({ reason }) => reason);
    expect(reasons).toHaveLength(lost.length);
    expect(reasons[0]).toMatch(/memory ran short/);
  });

  it('finds the most exposed records once where privacy is asked for, and leaves them out of its answer', async () => {
    const found: Outcome<ExposedRecords>[] = [];
    const copied = { ...request, synthetic: train };
    for (const families of [['fidelity'], ['privacy']] as const) {
      const { crew } = openCrew(2, quickly);
      const done = await crew.run(
        { ...copied, families },
        () => undefined,
        (each) => found.push(each),
      );
      expect(JSON.stringify(mustSucceed(done))).not.toMatch(/synthetic row equals|toOthers/);
    }
    expect(found).toHaveLength(1);
    const [only] = found;
    expect(only?.ok && only.value.records.length).toBe(20);
    expect(only?.ok && only.value.records[0]?.reason).toContain('A synthetic row equals this record');
  });

  it('tells why the exposed records are not known, and nothing when it was stopped before', async () => {
    const found: Outcome<ExposedRecords>[] = [];
    const privacy: EvaluationRequest = { ...request, families: ['privacy'] };
    const { crew } = openCrew(1, (service) => ({
      ...quickly(service),
      exposed: () => Promise.resolve(fail('internal', 'no room')),
    }));
    mustSucceed(
      await crew.run(
        privacy,
        () => undefined,
        (each) => found.push(each),
      ),
    );
    expect(found).toEqual([fail('internal', 'no room')]);
    await crew.run(
      privacy,
      ({ nDone }) => {
        if (nDone === 1) crew.stop();
      },
      (each) => found.push(each),
    );
    expect(found).toHaveLength(1);
  });

  it('says so when no worker is left to compute a step', async () => {
    const { crew, started } = openCrew(1, (service, n) =>
      n > 0
        ? { ...service, openEvaluation: () => Promise.resolve(fail('internal', 'no room')) }
        : {
            ...service,
            runStep: () => {
              started[0]?.die();
              return new Promise<never>(() => undefined);
            },
          },
    );
    const done = mustSucceed(await crew.run(request, () => undefined));
    expect(done).toMatchObject({ isComplete: false, measures: [] });
    expect(done.skipped.at(-1)?.reason).toMatch(/no background worker/);
  });

  it('answers the failure of tables that cannot be compared', async () => {
    const { crew } = openCrew(2);
    const synthetic = { nRows: 0, columns: [] };
    const outcome = await crew.run({ ...request, synthetic }, () => undefined);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'schema-invalid' } });
  });
});
