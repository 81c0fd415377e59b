import { inflateSync } from 'node:zlib';

/** One page of a PDF. */
export interface PdfPage {
  /** Points of 1/72 inch. */
  readonly width: number;
  readonly height: number;
  /** Its text in the order in which it is drawn. */
  readonly text: string;
}

/** The pages of a PDF that Chromium printed: objects stand in clear one after another, streams are deflated, text is in codes of fonts. */
export function readPdfPages(file: Buffer): readonly PdfPage[] {
  const objects = readObjects(file);
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.map(({ head }) => {
    const [, width = '', height = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(head) ?? [];
    const fonts = new Map(
      [...head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
        name,
        readCodes(objects, id),
      ]),
    );
    const drawn = objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? '')?.stream ?? '';
    return { width: Number(width), height: Number(height), text: readText(drawn, fonts) };
  });
}

type Objects = ReadonlyMap<string, { readonly head: string; readonly stream: string }>;

function readObjects(file: Buffer): Objects {
  const text = file.toString('latin1');
  const found = text.matchAll(
    /(?:^|\n)(\d+) 0 obj\n(.*?)(?:[ \n]stream\n(.*?)\nendstream)?\nendobj(?=\n|$)/gs,
  );
  return new Map(
    [...found].map(([, id = '', head = '', stream]) => {
      const isDeflated = stream !== undefined && head.includes('/FlateDecode');
      const plain = isDeflated ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : '';
      return [id, { head, stream: plain }];
    }),
  );
}

/** Characters by the four hexadecimal digits that stand for them in a font. */
function readCodes(objects: Objects, font: string): ReadonlyMap<string, string> {
  const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.head ?? '')?.[1] ?? '';
  const table = objects.get(map)?.stream ?? '';
  const codes = new Map<string, string>();
  for (const [, from = '', to = '', first = ''] of table.matchAll(/^<(\w{4})> (?:<(\w{4})> )?<(\w{4})>$/gm)) {
    const [start, end] = [parseInt(from, 16), parseInt(to || from, 16)];
    for (let code = start; code <= end; code++)
      codes.set(
        code.toString(16).padStart(4, '0').toUpperCase(),
        String.fromCodePoint(parseInt(first, 16) + code - start),
      );
  }
  return codes;
}

function readText(drawn: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let codes: ReadonlyMap<string, string> = new Map();
  let text = '';
  for (const [, font, shown] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj/g)) {
    if (font !== undefined) codes = fonts.get(font) ?? codes;
    for (const [code] of (shown ?? '').matchAll(/.{4}/g)) text += codes.get(code) ?? '';
  }
  return text;
}
