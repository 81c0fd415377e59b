import type { Evaluation } from '../../measure/evaluate';
import { writeJson } from './write-json';

/** Said of records that nothing attacked. */
export const NO_GUARANTEE =
  'No privacy attack has been run on these records and there is no formal guarantee. Whether a person of the source can be recognised in them has not been tested.';

/** What can be said of the privacy of records, given what was computed of them. */
export function statePrivacy(evaluation: Evaluation | null): string {
  const nAttacks = evaluation?.measures.filter(({ family }) => family === 'privacy').length ?? 0;
  if (evaluation === null || nAttacks === 0) return NO_GUARANTEE;
  const attacks =
    nAttacks === 1
      ? '1 measure of attacks and copying was'
      : `${nAttacks} measures of attacks and copying were`;
  const held =
    evaluation.nRows.holdout === null
      ? 'with no holdout as their control'
      : 'with the holdout as their control';
  return `${attacks} computed on these records, ${held}; evaluation.json says what was attacked, how, and what was found. They give a lower bound from what was tried, and there is no formal guarantee.`;
}

/** What evaluation.json says beside the evaluation itself. */
export interface EvaluationSurroundings {
  readonly build: { readonly version: string; readonly hash: string };
  /** The run whose records were judged; null for files from outside. */
  readonly run: string | null;
  /** What could not be compared, a sentence each. */
  readonly notes: readonly string[];
  /** Why figures may mean nothing, where files share rows or patients, a sentence each. */
  readonly cautions?: readonly string[];
  /** What nobody may miss where a refusal was set aside, a sentence each. */
  readonly marks?: readonly string[];
}

/** evaluation.json as text (docs/evaluation-json.md), ending with a line break. It holds figures and names of columns and levels, and no row. */
export function writeEvaluationJson(
  evaluation: Evaluation,
  { build, run, notes, cautions = [], marks = [] }: EvaluationSurroundings,
): string {
  const { version, ...rest } = evaluation;
  const json = {
    format: 'understudy-evaluation',
    version,
    program: { name: 'Understudy', version: build.version, buildHash: build.hash },
    run,
    notes,
    ...(cautions.length === 0 ? {} : { cautions }),
    ...(marks.length === 0 ? {} : { marks }),
    ...rest,
  };
  return `${writeJson(json)}\n`;
}
