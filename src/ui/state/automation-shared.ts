import type { EvaluationNews } from '../../client/evaluation';
import { fail, succeed, type Outcome } from '../../data/failure';
import type { Schema } from '../../data/schema';
import { titleMeasure } from '../../release/measure-titles';
import type { DeliverySetting } from './delivery.svelte';

/** `nDone` of `nTotal` where the stage can count, null otherwise. */
export interface AutomationStage {
  readonly stage: 'read' | 'prepare' | 'train' | 'sample' | 'evaluate' | 'write';
  readonly note: string;
  readonly nDone: number | null;
  readonly nTotal: number | null;
}

/** What the command line needs from the page. */
export interface AutomationPlace extends DeliverySetting {
  /** False where no records of a person's own may be opened. */
  readonly mayOpenRecords: boolean;
}

/** How often a listener is told what is being done. */
export const STAGE_EVERY_MS = 500;

/** An evaluation as a stage. */
export function describeMeasuring(news: EvaluationNews | null): AutomationStage {
  const [id] = news?.atWork[0] ?? [];
  const note = id === undefined ? 'evaluate' : titleMeasure(id);
  return { stage: 'evaluate', note, nDone: news?.nDone ?? null, nTotal: news?.nSteps ?? null };
}

/** The schema in the text of a schema.json. */
export function readSchema(text: string): Outcome<Schema> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'columns' in value && Array.isArray(value.columns))
      return succeed(value as Schema);
  } catch {
    return fail('schema-invalid', 'The schema file is not JSON. Use a schema.json that Understudy wrote.');
  }
  return fail('schema-invalid', 'The schema file lists no columns. Use a schema.json that Understudy wrote.');
}
