import type { EvaluateService, EvaluationPlan, EvaluationRequest } from '../api/evaluate';
import { fail, succeed, type Outcome } from '../data/failure';
import type { Evaluation } from '../measure/evaluate';
import type { FinishedMeasure, Measured, Skipped } from '../measure/measure';
import type { ExposedRecords } from '../measure/privacy/find-exposed';
import { connect, type Connection, type StartWorker } from './connection';

/** Evaluate workers on so many cores: one core is left to the page, whose thread would have to wait for its turn. */
export function countEvaluators(nCores: number, most: number): number {
  return Math.min(most, Math.max(1, nCores - 1));
}

/** Where an evaluation stands. */
export interface EvaluationNews {
  readonly nDone: number;
  readonly nSteps: number;
  /** Ids of the measures being computed, those of each worker. */
  readonly atWork: readonly (readonly string[])[];
  /** Everything so far; what is not done yet counts as skipped. */
  readonly soFar: Evaluation;
  /** Ids whose turn has not come or not ended: not skipped, though `soFar` lists them so. */
  readonly waiting: readonly string[];
}

type Results = readonly Measured<FinishedMeasure>[];

/** Hears which records are the most exposed, or why that is not known. */
export type OnExposed = (found: Outcome<ExposedRecords>) => void;

/** An evaluation under way. */
interface Course {
  readonly request: EvaluationRequest;
  readonly plan: EvaluationPlan;
  readonly results: (Results | null)[];
  readonly atWork: Map<number, readonly string[]>;
  readonly tell: () => void;
  readonly onExposed: OnExposed | null;
  next: number;
  /** True once a worker has taken the exposed records on. */
  isListing: boolean;
  isStopped: boolean;
}

/**
 * Runs an evaluation on several evaluate workers, each of which takes the next step when it is done with one. What a step
 * answers does not depend on who computes it.
 */
export class EvaluationCrew {
  private connections: Connection<EvaluateService>[] = [];
  private course: Course | null = null;
  private isStopped = false;

  /** @param countThreads workers at most, asked when an evaluation begins */
  constructor(
    private readonly startWorker: StartWorker,
    private readonly countThreads: () => number,
  ) {}

  /**
   * Answers the evaluation, complete or as far as it came before {@link stop}; `cancelled` where it was stopped before
   * its first step. A step whose worker died is listed as skipped, and another worker goes on. Where privacy is asked
   * for, the first worker without a step left finds the most exposed records for `onExposed`: no part of the answer.
   *
   * @param known what was computed of the very same request before it broke off; its steps are not computed again
   */
  async run(
    request: EvaluationRequest,
    onNews: (news: EvaluationNews) => void,
    onExposed: OnExposed | null = null,
    known: Evaluation | null = null,
  ): Promise<Outcome<Evaluation>> {
    this.isStopped = false;
    const first = this.start();
    const plan = await first.call((service) => service.openEvaluation(request));
    if (!plan.ok) {
      this.end();
      return plan;
    }
    const course = beginCourse(request, plan.value, onNews, onExposed, known);
    this.course = course;
    if (this.isStopped) course.isStopped = true;
    const nMore = Math.min(this.countThreads(), plan.value.steps.length) - 1;
    const more = Array.from({ length: nMore }, () => this.start());
    await Promise.all([
      this.work(course, first, true),
      ...more.map((each) => this.work(course, each, false)),
    ]);
    const isEmpty = course.isStopped && course.results.every((result) => result === null);
    this.end();
    return isEmpty
      ? fail('cancelled', 'The evaluation was stopped before its first measure.')
      : succeed(assemble(course));
  }

  /** Ends it at once; `run` answers what is done. */
  stop(): void {
    this.isStopped = true;
    if (this.course !== null) this.course.isStopped = true;
    for (const connection of this.connections) connection.end();
  }

  private start(): Connection<EvaluateService> {
    const connection = connect<EvaluateService>(this.startWorker('evaluate'));
    this.connections.push(connection);
    return connection;
  }

  private end(): void {
    for (const connection of this.connections) connection.end();
    this.connections = [];
    this.course = null;
  }

  /** Takes steps until none is left. A worker that cannot lay the tables out leaves its share to the others. */
  private async work(
    course: Course,
    connection: Connection<EvaluateService>,
    isOpen: boolean,
  ): Promise<void> {
    if (!isOpen) {
      const opened = await connection.call((service) => service.openEvaluation(course.request));
      if (!opened.ok) return;
    }
    while (!course.isStopped && course.next < course.plan.steps.length) {
      const step = course.next++;
      if (course.results[step] !== null) continue;
      course.atWork.set(step, course.plan.steps[step] ?? []);
      course.tell();
      const answered = await connection.call((service) => service.runStep(step));
      course.atWork.delete(step);
      if (course.isStopped && !answered.ok) return;
      course.results[step] = answered.ok
        ? answered.value
        : skipStep(course.plan, step, answered.failure.message);
      course.tell();
      if (!connection.alive && !course.isStopped) return this.work(course, this.start(), false);
    }
    await listExposed(course, connection);
  }
}

async function listExposed(course: Course, connection: Connection<EvaluateService>): Promise<void> {
  const { onExposed, request, isListing, isStopped } = course;
  if (onExposed === null || isListing || isStopped || !request.families.includes('privacy')) return;
  course.isListing = true;
  const found = await connection.call((service) => service.exposed());
  if (found.ok || found.failure.code !== 'cancelled') onExposed(found);
}

function beginCourse(
  request: EvaluationRequest,
  plan: EvaluationPlan,
  onNews: (news: EvaluationNews) => void,
  onExposed: OnExposed | null,
  known: Evaluation | null,
): Course {
  const course: Course = {
    request,
    plan,
    results: plan.steps.map((ids) => (known === null ? null : takeKnown(known, ids))),
    atWork: new Map(),
    onExposed,
    next: 0,
    isListing: false,
    isStopped: false,
    tell: () =>
      onNews({
        nDone: course.results.filter((result) => result !== null).length,
        nSteps: plan.steps.length,
        atWork: [...course.atWork.values()],
        soFar: assemble(course),
        waiting: plan.steps.flatMap((ids, step) => (course.results[step] === null ? ids : [])),
      }),
  };
  return course;
}

/** Results of a step that was done before; null where it was not, or where nothing came of it, which is tried again. */
function takeKnown({ measures, skipped }: Evaluation, ids: readonly string[]): Results | null {
  const done = measures.filter(({ id }) => ids.includes(id));
  const results = ids.flatMap((id) => [...done, ...skipped].find((result) => result.id === id) ?? []);
  return done.length > 0 && results.length === ids.length ? results : null;
}

/** Results in the order of the plan, whoever came first. */
function assemble({ plan, results, isStopped, atWork }: Course): Evaluation {
  const isComplete = results.every((result) => result !== null);
  const all = plan.steps.flatMap(
    (_, step) => results[step] ?? skipStep(plan, step, isStopped || atWork.size > 0 ? ENDED : NO_WORKER),
  );
  return {
    ...plan.head,
    isComplete,
    measures: all.filter((result): result is FinishedMeasure => !('reason' in result)),
    skipped: all.filter((result): result is Skipped => 'reason' in result),
  };
}

const ENDED = 'the evaluation was ended before its turn';
const NO_WORKER = 'the browser left no background worker to compute it; close other tabs, or take fewer rows';

function skipStep(plan: EvaluationPlan, step: number, reason: string): readonly Skipped[] {
  return (plan.steps[step] ?? []).map((id) => ({ id, reason }));
}
