import { Rng } from '../math/rng';
import {
  openContext,
  type EvaluationContext,
  type EvaluationInput,
  type EvaluationOptions,
} from './evaluation-context';
import {
  isSkipped,
  NO_HOLDOUT,
  type AttackFigures,
  type Bounded,
  type Curve,
  type Family,
  type FinishedMeasure,
  type Measured,
  type RowSample,
  type Skipped,
} from './measure';
import type { Foreseen, Ground } from './needs';
import { runWith, type Asking, type NearQuestion, type NearRows } from './neighbours/near-rows';
import { describeSample } from './fidelity/sample-tables';
import type { Watched } from './watch';

/** A measure as its own file hands it in; the evaluation adds the family and the seed. */
export type Finding = Omit<FinishedMeasure, 'family' | 'seed'>;

/** One or several measures that are computed together, in the order of their ids. */
export interface EvaluationSpec {
  readonly family: Family;
  /** Stable ids, each with an entry in docs/measures.md. */
  readonly ids: readonly string[];
  /** Which of its ids will be skipped, by the guards of the measures themselves; none where only the rows can tell. */
  readonly foresee?: (ground: Ground) => readonly Foreseen[];
  /** One result for each id. `rng` is this spec's own stream. */
  readonly measure: (context: EvaluationContext, rng: Rng) => readonly Measured<Finding>[];
  /** The same as `measure` to the last digit, where a device may be asked which rows lie near. */
  readonly ask?: (context: EvaluationContext, rng: Rng) => Asking<readonly Measured<Finding>[]>;
}

/** What is known of an evaluation before its first measure. */
export interface EvaluationHead {
  readonly version: 1;
  readonly options: EvaluationOptions;
  readonly nRows: { readonly train: number; readonly holdout: number | null; readonly synthetic: number };
  /** The sample of rows that fidelity rests on; left out where every row was compared. */
  readonly sample?: RowSample;
}

/** What evaluation.json holds. */
export interface Evaluation extends EvaluationHead {
  /** False where it was ended early: the measures that were not reached are listed as skipped. */
  readonly isComplete: boolean;
  readonly measures: readonly FinishedMeasure[];
  readonly skipped: readonly Skipped[];
}

/** One step of an evaluation, as soon as it is done. */
export interface EvaluationStep {
  readonly done: number;
  readonly total: number;
  readonly ids: readonly string[];
  readonly results: readonly Measured<FinishedMeasure>[];
}

/** How a caller follows an evaluation, watches what its measures take, and ends it between two of them. */
export interface EvaluationHooks extends Watched {
  /** What will be computed next, so that a person sees what is waited for. */
  readonly onStart?: (ids: readonly string[], done: number, total: number) => void;
  readonly onStep?: (step: EvaluationStep) => void;
  /** Asked before each step; a worker lets messages in here. False ends the evaluation, and what is done stays. */
  readonly goesOn?: () => boolean | Promise<boolean>;
}

/** Digits and decimals that results are kept to, so that they are equal wherever they are computed. */
const DIGITS = 10;
const DECIMALS = 12;

/**
 * Runs measures one after the other. Results depend on the content of the tables, the options and the ids alone: not on
 * the order of rows, nor on which other measures are run, so specs can be spread over several workers. A measure that
 * fails is listed as skipped. Throws `schema-invalid` where a table lacks a column.
 */
export async function evaluate(
  specs: readonly EvaluationSpec[],
  input: EvaluationInput,
  hooks: EvaluationHooks = {},
): Promise<Evaluation> {
  const context: EvaluationContext = { ...openContext(input), watch: hooks.watch };
  const measures: FinishedMeasure[] = [];
  const skipped: Skipped[] = [];
  let isComplete = true;
  for (const [done, spec] of specs.entries()) {
    if (isComplete && hooks.goesOn !== undefined) isComplete = await hooks.goesOn();
    if (!isComplete) {
      skipped.push(...spec.ids.map((id) => ({ id, reason: 'the evaluation was ended before its turn' })));
      continue;
    }
    hooks.onStart?.(spec.ids, done, specs.length);
    const results = runSpec(spec, context);
    for (const result of results) {
      if (isSkipped(result)) skipped.push(result);
      else measures.push(result);
    }
    hooks.onStep?.({ done: done + 1, total: specs.length, ids: spec.ids, results });
  }
  return { ...describeInput(input, context), isComplete, measures, skipped };
}

/** The measures that will be skipped on this ground, each with the words of its guard. What rows alone can tell is not foreseen. */
export function foreseeSkips(specs: readonly EvaluationSpec[], ground: Ground): readonly Foreseen[] {
  return specs.flatMap(({ foresee }) => foresee?.(ground) ?? []);
}

/** What an evaluation of these tables can say of itself before its first measure. */
export function describeInput(input: EvaluationInput, context: EvaluationContext): EvaluationHead {
  const nRows = {
    train: context.train.nRows,
    holdout: context.holdout?.nRows ?? null,
    synthetic: input.nSynthetic ?? context.synthetic.nRows,
  };
  const sample = describeSample({ ...input, seed: input.options.seed }, context.compared);
  return { version: 1, options: input.options, nRows, ...(sample === null ? {} : { sample }) };
}

/** The results of one spec, one for each of its ids. */
export function runSpec(
  spec: EvaluationSpec,
  context: EvaluationContext,
): readonly Measured<FinishedMeasure>[] {
  try {
    return finishAll(spec.measure(context, forkStream(spec, context)), spec, context);
  } catch (thrown) {
    return blame(spec, thrown);
  }
}

/**
 * {@link runSpec}, where questions about near rows are put to a device, which may answer null. Figures are the same; results
 * that rest on an answer of the device say so.
 */
export async function runSpecWith(
  answer: (question: NearQuestion) => Promise<NearRows | null>,
  spec: EvaluationSpec,
  context: EvaluationContext,
): Promise<readonly Measured<FinishedMeasure>[]> {
  if (spec.ask === undefined) return runSpec(spec, context);
  let nAnswered = 0;
  try {
    const found = await runWith(spec.ask(context, forkStream(spec, context)), async (question) => {
      const near = await answer(question);
      if (near !== null) nAnswered++;
      return near;
    });
    const results = finishAll(found, spec, context);
    if (nAnswered === 0) return results;
    return results.map((result) => (isSkipped(result) ? result : { ...result, distances: 'graphics' }));
  } catch (thrown) {
    return blame(spec, thrown);
  }
}

function forkStream({ ids, family }: EvaluationSpec, { options }: EvaluationContext): Rng {
  return Rng.fromSeed(options.seed).fork(`measure/${ids[0] ?? family}`);
}

function finishAll(
  found: readonly Measured<Finding>[],
  { family }: EvaluationSpec,
  { options }: EvaluationContext,
): readonly Measured<FinishedMeasure>[] {
  return found.map((result) => (isSkipped(result) ? result : finish(result, family, options.seed)));
}

function blame({ ids }: EvaluationSpec, thrown: unknown): readonly Skipped[] {
  const what = thrown instanceof Error ? thrown.message : 'unknown cause';
  return ids.map((id) => ({ id, reason: `Understudy could not compute it (${what}); please report it` }));
}

function finish(finding: Finding, family: Family, seed: number): Measured<FinishedMeasure> {
  const { low, high } = finding.interval;
  if (![finding.value, low, high].every(Number.isFinite))
    return { id: finding.id, reason: 'the result is not a finite number' };
  const { difference, attack, curves } = finding;
  return {
    ...finding,
    ...roundBounded(finding),
    sentence: `${finding.sentence}${tellYardsticks(finding)}`,
    floor: finding.floor === null ? null : round(finding.floor),
    ceiling: finding.ceiling === null ? null : round(finding.ceiling),
    parts: finding.parts.map((part) => ({
      ...part,
      value: part.value === null ? null : round(part.value),
      ...(part.expected === undefined ? {} : { expected: round(part.expected) }),
      ...(part.sides === undefined
        ? {}
        : { sides: { train: round(part.sides.train), other: round(part.sides.other) } }),
    })),
    ...(finding.expected === undefined ? {} : { expected: round(finding.expected) }),
    ...(difference === undefined ? {} : { difference: roundBounded(difference) }),
    ...(attack === undefined ? {} : { attack: roundAttack(attack) }),
    ...(curves === undefined ? {} : { curves: curves.map(roundCurve) }),
    family,
    seed,
  };
}

/** Further sentences on the yardsticks that are wanting. That there is no holdout is said once, by what is skipped. */
function tellYardsticks({ noYardstick = {} }: Finding): string {
  const { floor, ceiling } = noYardstick;
  return [
    floor === undefined ? '' : ` There is no floor: ${floor}.`,
    ceiling === undefined || ceiling === NO_HOLDOUT ? '' : ` There is no ceiling: ${ceiling}.`,
  ].join('');
}

function roundBounded({ value, interval: { low, high } }: Bounded): Bounded {
  return { value: round(value), interval: { low: round(low), high: round(high) } };
}

function roundAttack({ nAttempts, success, control, baseline }: AttackFigures): AttackFigures {
  return {
    nAttempts,
    success: roundBounded(success),
    control: roundBounded(control),
    baseline: baseline === null ? null : roundBounded(baseline),
  };
}

function roundCurve(curve: Curve): Curve {
  return { ...curve, x: curve.x.map(round), y: curve.y.map(round) };
}

function round(value: number): number {
  return Number(Number(value.toPrecision(DIGITS)).toFixed(DECIMALS)) + 0;
}
