import { fail, succeed, type Outcome } from '../../data/failure';
import type { Family } from '../../measure/measure';
import type { AppState } from './app.svelte';
import {
  describeMeasuring,
  readSchema,
  STAGE_EVERY_MS,
  type AutomationPlace,
  type AutomationStage,
} from './automation-shared';
import { writeEvaluationJson } from './evaluation-account';

/** Files of one table, the synthetic one made by whatever program, as the command line hands them over. */
export interface JudgeRequest {
  readonly train: File;
  readonly holdout: File | null;
  readonly synthetic: File;
  /** Text of a schema.json to use in place of the one inferred from train. */
  readonly schema: string | null;
  readonly target: string | null;
  readonly families: readonly Family[];
  readonly seed: number;
}

/** Judges files and answers evaluation.json. */
export async function judgeFiles(
  { outside }: AppState,
  place: AutomationPlace,
  { schema, target, families, seed, ...files }: JudgeRequest,
  onStage: (stage: AutomationStage) => void = () => undefined,
): Promise<Outcome<string>> {
  if (!place.mayOpenRecords)
    return fail('not-locked', 'The page is not locked, so it opens no records but the sample cohort.');
  const read = schema === null ? succeed(null) : readSchema(schema);
  if (!read.ok) return read;
  const timer = setInterval(() => {
    onStage(
      outside.status === 'measuring'
        ? describeMeasuring(outside.news)
        : { stage: 'read', note: 'Reading', nDone: null, nTotal: null },
    );
  }, STAGE_EVERY_MS);
  try {
    const judged = await outside.evaluate(files, { families, target, seed, schema: read.value });
    if (!judged.ok) return judged;
    const { evaluation, notes, cautions } = judged.value;
    return succeed(writeEvaluationJson(evaluation, { build: place.build, run: null, notes, cautions }));
  } finally {
    clearInterval(timer);
  }
}
