import { refuse } from '../../../src/data/failure';
import { shapeOfBuiltIn, shapeOfCode, type NumberShape } from '../../../src/data/workbook/number-format';
import { openEntry } from '../zip/open-entry';
import type { ZipEntry } from '../zip/read-directory';
import { scanXml, type XmlEvents } from './scan-xml';

/** A sheet with cells, in the workbook's order. */
export interface Sheet {
  readonly name: string;
  /** Path of its part in the archive. */
  readonly path: string;
  readonly isHidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** True where day 0 is 1 January 1904. */
  readonly is1904: boolean;
  readonly sharedStringsPath: string | null;
  readonly stylesPath: string | null;
}

/** Unpacked size up to which a part that is kept in memory is read. */
const MAX_PART_BYTES = 2 ** 29;

/** The parts of a workbook by their paths in the archive. */
export class Package {
  private readonly entries: ReadonlyMap<string, ZipEntry>;

  constructor(
    private readonly file: Blob,
    entries: readonly ZipEntry[],
  ) {
    this.entries = new Map(entries.map((entry) => [normalize(entry.path), entry]));
  }

  has(path: string): boolean {
    return this.entries.has(normalize(path));
  }

  entry(path: string): ZipEntry {
    const entry = this.entries.get(normalize(path));
    return (
      entry ??
      refuse('file-unreadable', `The workbook lacks its part "${path}"; save it again and open that.`)
    );
  }

  open(path: string, limit?: number) {
    return openEntry(this.file, this.entry(path), limit);
  }

  async scan(path: string, events: Partial<XmlEvents>): Promise<void> {
    const nothing = () => undefined;
    await scanXml(await this.open(path, MAX_PART_BYTES), {
      open: nothing,
      close: nothing,
      text: nothing,
      ...events,
    });
  }
}

function normalize(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

interface Relation {
  readonly path: string;
  readonly type: string;
}

/** The sheets and parts a workbook names. Throws FailureError where it is none that is read here. */
export async function readWorkbookParts(parts: Package): Promise<Workbook> {
  const path = await findWorkbook(parts);
  if (/\.bin$/i.test(path)) {
    refuse(
      'format-unknown',
      'This file is a binary workbook (.xlsb); save it as .xlsx or CSV and open that.',
    );
  }
  const relations = await readRelations(parts, path);
  const listed: { name: string; id: string; isHidden: boolean }[] = [];
  let is1904 = false;
  await parts.scan(path, {
    open: (name, attribute) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
      if (name !== 'sheet') return;
      const id = attribute('r:id') ?? attribute('id') ?? '';
      listed.push({
        name: attribute('name') ?? '',
        id,
        isHidden: (attribute('state') ?? 'visible') !== 'visible',
      });
    },
  });
  const sheets = listed.flatMap(({ name, id, isHidden }) => {
    const relation = relations.get(id);
    return relation?.type === 'worksheet' ? [{ name, path: relation.path, isHidden }] : [];
  });
  const find = (type: string) =>
    [...relations.values()].find((relation) => relation.type === type)?.path ?? null;
  return { sheets, is1904, sharedStringsPath: find('sharedStrings'), stylesPath: find('styles') };
}

async function findWorkbook(parts: Package): Promise<string> {
  if (!parts.has('_rels/.rels')) return 'xl/workbook.xml';
  const root = await readRelations(parts, '');
  return [...root.values()].find(({ type }) => type === 'officeDocument')?.path ?? 'xl/workbook.xml';
}

/** Relations of a part by id, their targets as paths in the archive. Source: ECMA-376-2, 9. */
async function readRelations(parts: Package, path: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = path.replace(/[^/]*$/, '');
  const relations = new Map<string, Relation>();
  await parts.scan(`${folder}_rels/${path.slice(folder.length)}.rels`, {
    open: (name, attribute) => {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
      const target = attribute('Target') ?? '';
      const type = (attribute('Type') ?? '').replace(/^.*\//, '');
      const resolved = new URL(target.startsWith('/') ? target : `/${folder}${target}`, 'file:///').pathname;
      relations.set(attribute('Id') ?? '', { path: decodeURIComponent(resolved).slice(1), type });
    },
  });
  return relations;
}

/** The workbook's shared texts, in order; furigana beside them left out. */
export async function readSharedStrings(parts: Package, path: string | null): Promise<readonly string[]> {
  const strings: string[] = [];
  if (path === null || !parts.has(path)) return strings;
  let current = '';
  let isText = false;
  let isBeside = false;
  await parts.scan(path, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') isBeside = true;
      else if (name === 't') isText = !isBeside;
    },
    close: (name) => {
      if (name === 'si') strings.push(unescapeText(current));
      else if (name === 'rPh') isBeside = false;
      else if (name === 't') isText = false;
    },
    text: (text) => {
      if (isText) current += text;
    },
  });
  return strings;
}

/** `_x000D_` stands for a character that XML cannot hold. Source: ECMA-376-1, 22.9.2.19. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** What each cell style shows numbers as. */
export async function readStyles(parts: Package, path: string | null): Promise<readonly NumberShape[]> {
  const codes = new Map<number, NumberShape>();
  const ids: number[] = [];
  let isInCellXfs = false;
  if (path === null || !parts.has(path)) return [];
  await parts.scan(path, {
    open: (name, attribute) => {
      if (name === 'numFmt')
        codes.set(Number(attribute('numFmtId')), shapeOfCode(attribute('formatCode') ?? ''));
      else if (name === 'cellXfs') isInCellXfs = true;
      else if (name === 'xf' && isInCellXfs) ids.push(Number(attribute('numFmtId') ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellXfs = false;
    },
  });
  return ids.map((id) => codes.get(id) ?? shapeOfBuiltIn(id));
}
