import type { Prepared } from '../../api/ingest';
import { describeDictionary } from '../../data/dictionary';
import { escapeMarkdown, writeDictionaryCsv, writeDictionaryMarkdown } from '../../data/dictionary-files';
import type { RunRecord } from '../../platform/projects/types';
import type { Evaluation } from '../../measure/evaluate';
import { statePrivacy } from './evaluation-account';

/** The data dictionary of a run's synthetic files, for programs and for reading. */
export interface DictionaryTexts {
  readonly csv: string;
  readonly markdown: string;
}

/** What a dictionary is called, and what nobody may miss, a sentence each. */
export interface DictionaryWords {
  /** The author's: the name of the source file may name somebody. */
  readonly title: string;
  readonly toRead: readonly string[];
  /** For programs too; none where no refusal was set aside. */
  readonly ofOverride: readonly string[];
}

/**
 * @param headers as they stand in the source, aligned with the columns of the run's schema
 * @param version of the program
 */
export function writeDictionary(
  run: RunRecord,
  prepared: Pick<Prepared, 'schema'>,
  headers: readonly string[],
  version: string,
  evaluation: Evaluation | null,
  { title, toRead, ofOverride }: DictionaryWords,
): DictionaryTexts {
  const { schema, source } = run.basis;
  const entries = describeDictionary({
    schema,
    handled: prepared.schema,
    handlingLog: run.handlingLog,
    headers,
    nRows: source.nRows,
  });
  const paragraphs = [
    `The columns of the synthetic records “${escapeMarkdown(title)}”, made by Understudy ${version}, in the order of the file; columns that were left out come last.`,
    'Ranges and values are those that were left after rare levels were pooled and extremes capped. Shares of missing values are those of the whole source, rows held out of training included. A CSV file is written as the source was; types are those of NDJSON and Parquet files, where a missing value is null and dates without a day, times of day and identifiers are texts.',
    statePrivacy(evaluation),
    ...toRead.map(escapeMarkdown),
  ];
  const file = { paragraphs, entries, marks: ofOverride };
  return { csv: writeDictionaryCsv(file), markdown: writeDictionaryMarkdown(file) };
}
