import type { Evaluation } from '../../measure/evaluate';
import type { Family } from '../../measure/measure';
import type { KeptFile } from '../../platform/projects/types';
import { writeInTurns } from './write-in-turns';

/** What a person chooses of an evaluation; null leaves the choice to the measures. */
export interface EvaluationChoice {
  readonly families: readonly Family[];
  readonly target: string | null;
}

/** What an evaluation that ended early needs to go on, and to know that nothing has changed since. */
export interface KeptCourse {
  readonly choice: EvaluationChoice;
  /** The build that computed it: another may compute another figure. */
  readonly build: string;
  /** The records that were judged. */
  readonly synthetic: KeptFile | null;
  /** True where a person ended it; else the page went away. */
  readonly isStopped: boolean;
}

/** What is known of an evaluation beside its figures. */
export interface KeptFacts {
  /** Milliseconds since 1970 when it ended, or was last kept. */
  readonly at: number;
  /** Milliseconds from its start till then, the time between two pages left out. */
  readonly tookMs: number;
  /** Left out where it is complete. */
  readonly course?: KeptCourse;
}

/** The part that keeps an evaluation with its run: what evaluation.json holds, and the facts under a key of their own. */
export function writeKeptEvaluation(evaluation: Evaluation, kept: KeptFacts): Promise<Blob> {
  return writeInTurns({ ...evaluation, kept });
}

/** What such a part holds; null for a version that this program does not know. `facts` is null where none were kept. */
export function readKeptEvaluation(
  text: string,
): { readonly evaluation: Evaluation; readonly facts: KeptFacts | null } | null {
  const { kept = null, ...evaluation } = JSON.parse(text) as Evaluation & { readonly kept?: KeptFacts };
  return (evaluation.version as number) === 1 ? { evaluation, facts: kept } : null;
}

/** False where an evaluation ended early would replace a complete one that has more measures. */
export function replaces(made: Evaluation, kept: Evaluation | null): boolean {
  if (kept === null || made.isComplete || !kept.isComplete) return true;
  return made.measures.length >= kept.measures.length;
}
