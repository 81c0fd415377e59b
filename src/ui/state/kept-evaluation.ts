import type { Evaluation } from '../../measure/evaluate';

/** What is known of an evaluation beside its figures. */
export interface KeptFacts {
  /** Milliseconds since 1970 when it ended, or was last kept. */
  readonly at: number;
  /** Milliseconds from its start till then. */
  readonly tookMs: number;
}

/** The part that keeps an evaluation with its run: what evaluation.json holds, and the facts under a key of their own. */
export function writeKeptEvaluation(evaluation: Evaluation, kept: KeptFacts): string {
  return JSON.stringify({ ...evaluation, kept });
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
