import { strToU8, zipSync, type Zippable } from 'fflate';

/** A cell of a made workbook: the XML attributes and children of `<c>`, its place aside. */
export interface MadeCell {
  /** `n`, `s`, `inlineStr`, `str`, `b`, `e`, `d`. */
  readonly type?: string;
  readonly style?: number;
  readonly value?: string;
  readonly formula?: string;
}

export interface MadeSheet {
  readonly name: string;
  /** null = no cell. */
  readonly rows: readonly (readonly (MadeCell | null)[])[];
  readonly state?: string;
  readonly merged?: readonly string[];
}

export interface MadeWorkbook {
  readonly sheets: readonly MadeSheet[];
  readonly is1904?: boolean;
  readonly strings?: readonly string[];
  /** A format code a style; style 0 is General. Numbers are built-in ids. */
  readonly formats?: readonly (string | number)[];
  /** Prefix of element names in the main namespace, `x:` say. */
  readonly prefix?: string;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';

export const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** A minimal workbook by the parts that ECMA-376 asks for. */
export function makeWorkbook(book: MadeWorkbook): Uint8Array<ArrayBuffer> {
  const p = book.prefix ?? '';
  const main = p === '' ? `xmlns="${MAIN}"` : `xmlns:${p.slice(0, -1)}="${MAIN}"`;
  const files: Zippable = {
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ),
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': strToU8(
      `<${p}workbook ${main} xmlns:r="${OFFICE}"><${p}workbookPr${book.is1904 === true ? ' date1904="1"' : ''}/><${p}sheets>` +
        book.sheets
          .map(({ name, state }, i) => {
            const hidden = state === undefined ? '' : ` state="${state}"`;
            return `<${p}sheet name="${escapeXml(name)}" sheetId="${i + 1}"${hidden} r:id="rId${i + 1}"/>`;
          })
          .join('') +
        `</${p}sheets></${p}workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': relations([
      ...book.sheets.map((_, i) => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`] as const),
      ['rIdS', 'sharedStrings', 'sharedStrings.xml'],
      ['rIdT', 'styles', '/xl/styles.xml'],
    ]),
    'xl/sharedStrings.xml': strToU8(
      `<${p}sst ${main}>${(book.strings ?? []).map((text) => `<${p}si>${text}</${p}si>`).join('')}</${p}sst>`,
    ),
    'xl/styles.xml': strToU8(makeStyles(book.formats ?? [], p, main)),
  };
  book.sheets.forEach((sheet, i) => {
    files[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(makeSheet(sheet, p, main));
  });
  return zipSync(files) as Uint8Array<ArrayBuffer>;
}

function relations(list: readonly (readonly [id: string, type: string, target: string])[]): Uint8Array {
  const each = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return strToU8(`<Relationships xmlns="${RELATIONS}">${each.join('')}</Relationships>`);
}

function makeStyles(formats: readonly (string | number)[], p: string, main: string): string {
  const codes = formats.map((format, i) =>
    typeof format === 'string' ? `<${p}numFmt numFmtId="${200 + i}" formatCode="${escapeXml(format)}"/>` : '',
  );
  const xfs = formats.map(
    (format, i) => `<${p}xf numFmtId="${typeof format === 'string' ? 200 + i : format}"/>`,
  );
  return (
    `<${p}styleSheet ${main}><${p}numFmts>${codes.join('')}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="14"/></${p}cellStyleXfs>` +
    `<${p}cellXfs><${p}xf numFmtId="0"/>${xfs.join('')}</${p}cellXfs></${p}styleSheet>`
  );
}

function makeSheet({ rows, merged }: MadeSheet, p: string, main: string): string {
  const body = rows.map((row, r) => {
    const cells = row.map((cell, c) => (cell === null ? '' : makeCell(cell, `${columnName(c)}${r + 1}`, p)));
    return row.length === 0 ? '' : `<${p}row r="${r + 1}">${cells.join('')}</${p}row>`;
  });
  const groups = (merged ?? []).map((range) => `<${p}mergeCell ref="${range}"/>`).join('');
  const merges = groups === '' ? '' : `<${p}mergeCells>${groups}</${p}mergeCells>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${p}worksheet ${main}><${p}sheetData>${body.join('')}</${p}sheetData>${merges}</${p}worksheet>`;
}

function makeCell({ type, style, value, formula }: MadeCell, place: string, p: string): string {
  const attributes = `r="${place}"${style === undefined ? '' : ` s="${style}"`}${type === undefined ? '' : ` t="${type}"`}`;
  const computed = formula === undefined ? '' : `<${p}f>${escapeXml(formula)}</${p}f>`;
  if (value === undefined) return `<${p}c ${attributes}>${computed}</${p}c>`;
  const content =
    type === 'inlineStr'
      ? `<${p}is><${p}t xml:space="preserve">${escapeXml(value)}</${p}t></${p}is>`
      : `<${p}v>${escapeXml(value)}</${p}v>`;
  return `<${p}c ${attributes}>${computed}${content}</${p}c>`;
}

export const text = (value: string): MadeCell => ({ type: 'inlineStr', value });
export const number = (value: number | string, style?: number): MadeCell =>
  style === undefined ? { value: String(value) } : { value: String(value), style };
