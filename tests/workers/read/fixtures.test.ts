import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFile, importFolders, fixtures, isDefect, listImportFiles } from '../../bench/import-outcomes';
import type { OpenedSource } from '../../../src/api/ingest';

/** Hostile files of other projects' tests: each becomes a table or ends in a sentence that says what to do. */
describe.each(importFolders)('%s', (folder) => {
  const files = listImportFiles(folder);
  if (files.length === 0) it.skip(`is not here: ${join(fixtures, folder)}`, () => undefined);
  else
    it(
      `ends in a table or in a clear failure for each of ${files.length} files, and loses no line in silence`,
      { timeout: 300_000 },
      async () => {
        const faults: string[] = [];
        for (const file of files) {
          const outcome = await importFile(file);
          const { opened } = outcome;
          if (isDefect(outcome)) faults.push(`${file}: ${outcome.crash ?? 'internal failure'}`);
          else if (!opened.ok && !/^[A-Z"].*[;:,] .*\.$/.test(opened.failure.message))
            faults.push(`${file}: “${opened.failure.message}” does not say what to do`);
          else if (opened.ok) faults.push(...findLostLines(file, opened.value));
        }
        expect(faults).toEqual([]);
      },
    );
});

/** Lines that are neither rows nor told of, in files where a line is a row: no quotes and no escapes. */
function findLostLines(file: string, opened: OpenedSource): string[] {
  const { dialect, notices, nRows } = opened;
  if (dialect.format.value !== 'delimited' || dialect.compression.value !== 'none') return [];
  const text = readFileSync(join(fixtures, file), 'utf8');
  if (dialect.encoding.value !== 'utf-8' || /["'\\\ufffd]/.test(text)) return [];
  // A CR alone ends a row in some files and is part of a cell in others.
  const nLines = [/\r\n|\n|\r/, /\r?\n/].map((end) => countLines(text, end));
  const told = notices
    .filter(({ kind }) => ['blank-lines', 'comment', 'preamble', 'footer'].includes(kind))
    .reduce((sum, { count }) => sum + count, 0);
  const accounted = nRows + (dialect.header.value ? 1 : 0) + told;
  return nLines.includes(accounted)
    ? []
    : [`${file}: ${nLines.join(' or ')} lines, ${accounted} accounted for`];
}

function countLines(text: string, end: RegExp): number {
  const lines = text.split(end);
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}
