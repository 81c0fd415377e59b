import type { ReadNotice } from '../../../src/api/ingest';
import type { Reasoned } from '../../../src/data/dialect';
import { FailureError, refuse } from '../../../src/data/failure';
import { cancelled } from '../failures';
import { listNames } from '../name-list';
import { Pace } from '../pace';
import { describeAsText } from '../plain-layout';
import type { ReadOptions, ReadResult } from '../types';
import type { ZipEntry } from '../zip/read-directory';
import { scanXml, XmlError } from './scan-xml';
import { SheetError, SheetReader, type SheetCounts } from './sheet-cells';
import { SheetTable } from './sheet-table';
import { Package, readSharedStrings, readStyles, readWorkbookParts, type Sheet } from './workbook-parts';

/**
 * Reads one sheet of an Office Open XML workbook as a stream of rows; the shared texts are kept in memory. Throws
 * FailureError: unreadable, empty, no such sheet, too large, cancelled.
 */
export async function readWorkbook(
  file: Blob,
  entries: readonly ZipEntry[],
  options: ReadOptions,
): Promise<ReadResult> {
  try {
    return await readSheet(new Package(file, entries), options);
  } catch (thrown) {
    if (!(thrown instanceof XmlError || thrown instanceof SheetError || thrown instanceof URIError))
      throw thrown;
    throw new FailureError({
      code: 'file-unreadable',
      message: 'The workbook is damaged; open it in a spreadsheet program, save it again and open that.',
      detail: thrown.message,
    });
  }
}

async function readSheet(parts: Package, options: ReadOptions): Promise<ReadResult> {
  const workbook = await readWorkbookParts(parts);
  const { sheet, part, names } = pickSheet(workbook.sheets, options.choice.part);
  const bytes = await parts.open(sheet.path);
  const pace = new Pace(bytes.bytesTotal, options);
  const strings = await readSharedStrings(parts, workbook.sharedStringsPath);
  if (pace.isCancelled()) throw cancelled();
  const styles = await readStyles(parts, workbook.stylesPath);
  const table = new SheetTable(options.choice);
  const reader = new SheetReader({ strings, styles, is1904: workbook.is1904 }, (row, cells) => {
    table.push(row, cells);
  });
  await scanXml(bytes, reader, async () => {
    if (pace.isCancelled()) throw cancelled();
    pace.bytesDone = bytes.bytesRead();
    await pace.report(table.nRows, table.size());
  });
  const read = table.finish();
  pace.finish(read.table.nRows);
  return {
    table: read.table,
    notices: [...describeSheets(sheet, names), ...describeCounts(reader.counts), ...read.notices],
    format: { value: 'xlsx', reason: 'The archive holds a workbook.' },
    part,
    parts: names,
    layout: { ...describeAsText('A workbook'), header: read.header },
  };
}

function pickSheet(
  sheets: readonly Sheet[],
  chosen: string | undefined,
): { readonly sheet: Sheet; readonly part: Reasoned<string | null>; readonly names: readonly string[] } {
  const names = sheets.map(({ name }) => name);
  const first = sheets.find(({ isHidden }) => !isHidden) ?? sheets[0];
  if (first === undefined)
    return refuse('file-empty', 'The workbook has no sheet with cells; choose another file.');
  if (chosen === undefined) {
    const reason = names.length === 1 ? 'The only sheet.' : `The first of ${names.length} sheets.`;
    return { sheet: first, part: { value: first.name, reason }, names };
  }
  const sheet = sheets.find(({ name }) => name === chosen);
  if (sheet === undefined)
    return refuse('option-invalid', `The workbook has no sheet "${chosen}"; it has ${listNames(names)}.`);
  return { sheet, part: { value: chosen, reason: 'Chosen by you.' }, names };
}

function describeSheets(sheet: Sheet, names: readonly string[]): ReadNotice[] {
  const others = names.filter((name) => name !== sheet.name);
  if (others.length === 0) return [];
  const message = `The workbook has ${names.length} sheets; "${sheet.name}" is read, ${listNames(others)} can be chosen instead.`;
  return [{ kind: 'parts', message, count: names.length }];
}

function describeCounts({ nFormulas, nUncomputed, nErrors, nMerged }: SheetCounts): ReadNotice[] {
  const notices: ReadNotice[] = [];
  const add = (kind: ReadNotice['kind'], count: number, one: string, many: string) => {
    if (count > 0) notices.push({ kind, message: count === 1 ? one : `${count} ${many}`, count });
  };
  add(
    'formula',
    nFormulas - nUncomputed,
    '1 cell is a formula; its stored result is read.',
    'cells are formulas; their stored results are read.',
  );
  add(
    'formula',
    nUncomputed,
    '1 formula has no stored result and is read as missing; open the workbook in a spreadsheet program, save it and open that.',
    'formulas have no stored results and are read as missing; open the workbook in a spreadsheet program, save it and open that.',
  );
  add('formula', nErrors, '1 cell holds an error such as #N/A.', 'cells hold errors such as #N/A.');
  add(
    'merged',
    nMerged,
    '1 group of merged cells has its value in the first cell; the others are read as missing.',
    'groups of merged cells have their values in their first cells; the others are read as missing.',
  );
  return notices;
}
