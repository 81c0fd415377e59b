import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  describeNotices,
  describeOutcome,
  importFile,
  importFolders,
  isDefect,
  listImportFiles,
  type ImportFolder,
  type ImportOutcome,
} from './import-outcomes';

const results = join(import.meta.dirname, '../../bench-results');

/**
 * `npm run bench -- import [FOLDER …]`: opens every file of the shared fixtures and writes bench-results/import.md,
 * a line a file: the table it became or the sentence it ended in.
 */
export async function main(options: readonly string[]): Promise<void> {
  const wanted = importFolders.filter(
    (folder) => options.length === 0 || options.some((o) => folder.startsWith(o)),
  );
  const sections: string[] = ['# Files and what became of them\n'];
  for (const folder of wanted) {
    const files = listImportFiles(folder);
    if (files.length === 0) console.log(`${folder}: not here, skipped`);
    else sections.push(await importFolder(folder, files));
  }
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'import.md'), sections.join('\n'));
  console.log(`Wrote ${join('bench-results', 'import.md')}`);
}

async function importFolder(folder: ImportFolder, files: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const counts = { tables: 0, failures: 0, defects: 0 };
  for (const file of files) {
    const outcome = await importFile(file);
    if (isDefect(outcome)) counts.defects++;
    else if (outcome.opened.ok) counts.tables++;
    else counts.failures++;
    lines.push(formatRow(folder, outcome));
    console.log(`${file}  ${describeOutcome(outcome)}`);
  }
  const total = `${files.length} files: ${counts.tables} tables, ${counts.failures} clear failures, ${counts.defects} defects`;
  console.log(`${folder}: ${total}\n`);
  return `## ${folder}\n\n${total}.\n\n${HEAD}\n${lines.join('\n')}\n`;
}

const HEAD = '| File | Outcome | Read as | Notices | ms |\n| --- | --- | --- | --- | ---: |';

function formatRow(folder: ImportFolder, outcome: ImportOutcome): string {
  const { opened } = outcome;
  const readAs = opened.ok ? describeReading(opened.value.dialect) : '';
  const notices = opened.ok ? describeNotices(opened.value.notices) : '';
  const cells = [outcome.file.slice(folder.length + 1), describeOutcome(outcome), readAs, notices];
  return `| ${cells.map(escapeCell).join(' | ')} | ${Math.round(outcome.ms)} |`;
}

type Reading = Extract<ImportOutcome['opened'], { ok: true }>['value']['dialect'];

function describeReading({ format, delimiter, header, encoding }: Reading): string {
  if (format.value !== 'delimited') return format.value;
  const head = header.value ? 'header' : 'no header';
  return `${JSON.stringify(delimiter.value)}, ${head}, ${encoding.value}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
