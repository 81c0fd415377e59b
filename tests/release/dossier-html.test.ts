import { describe, expect, it } from 'vitest';
import { buildDossier } from '../../src/release/build-dossier';
import { writeDossierHtml } from '../../src/release/dossier-html';
import { STATEMENT_IDS } from '../../src/release/statements';
import { makeColumnSchema } from '../column-schema';
import { sampleDossierInput } from './sample-release';

const NASTY = `</style><script>alert(1)</script><img src=x onerror="alert(2)"> & ' \u0000 ]]> <!-- \u202E 漢字`;
const VOID = new Set(['meta', 'br', 'hr', 'img', 'link', 'input']);

const write = async (patch: Parameters<typeof sampleDossierInput>[0] = {}): Promise<string> =>
  writeDossierHtml(buildDossier(await sampleDossierInput(patch)));

/** Problems of the nesting of tags, each where it is; also bare ampersands and brackets. */
function findProblems(html: string): readonly string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const bare = html.replace(/<style>[^<]*<\/style>/, '<style></style>').replace(/^<!DOCTYPE html>/, '');
  const outside = bare.replace(/<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/g, (tag, slash, name) => {
    if (slash === '') {
      if (!VOID.has(name)) open.push(name);
    } else if (open.pop() !== name) problems.push(`${tag} closes nothing`);
    return ' ';
  });
  if (open.length > 0) problems.push(`left open: ${open.join(' ')}`);
  for (const [odd] of outside.matchAll(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/g)) problems.push(`bare ${odd}`);
  return problems;
}

describe('the dossier as HTML', () => {
  it('is well formed', async () => {
    expect(findProblems(await write())).toEqual([]);
    expect(findProblems('<p>a<b></p>')).not.toEqual([]);
    expect(findProblems('<p>a & b</p>')).not.toEqual([]);
  });

  it('escapes whatever a file or a person wrote, and holds no script and no address to load', async () => {
    const statements = Object.fromEntries(STATEMENT_IDS.map((id) => [id, NASTY]));
    const schema = { version: 1 as const, columns: [makeColumnSchema(NASTY, 'integer', {})] };
    const html = await write({ title: NASTY, statements, schema });
    expect(findProblems(html)).toEqual([]);
    expect(html).not.toContain('\u0000');
    expect(html).not.toMatch(
      /<script|<img|<link|<iframe|<object|<[^>]*\son\w+=|javascript:|url\(|@import|https?:/i,
    );
    expect(html).toContain('&lt;script&gt;');
  });

  it('says at its head that the records are synthetic, and is in plain order for those who hear it', async () => {
    const html = await write();
    expect(html).toContain('<html lang="en">');
    expect(html.indexOf('These records are synthetic')).toBeLessThan(html.indexOf('<nav'));
    expect(html).toMatch(/<body>\n<header>[^]*<\/header>\n<nav [^]*<\/nav>\n<main>[^]*<\/main>\n<\/body>/);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html.match(/<h2 /g)?.length).toBe(16 + 5);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of html.matchAll(/aria-labelledby="([^"]+)"|href="#([^"]+)"/g))
      if (id !== undefined) expect(ids).toContain(id);
    const tables = html.match(/<table>/g)?.length;
    expect(html.match(/<caption>/g)?.length).toBe(tables);
    expect(html).not.toMatch(/<th>|<th scope="">/);
  });

  it('numbers its pages and fits the paper in the printer', async () => {
    const html = await write();
    expect(html).toMatch(/@page \{[^@]*@bottom-left/);
    expect(html).toMatch(/counter\(page\) ' of ' counter\(pages\)/);
    expect(html).not.toMatch(/(?<!font-)size:/);
  });

  it('stays under two megabytes for a source of ten thousand columns with long names', async () => {
    const columns = Array.from({ length: 10_000 }, (_, i) =>
      makeColumnSchema(`${i} ${'&'.repeat(400)}`, 'integer', {}),
    );
    const html = await write({ schema: { version: 1, columns } });
    expect(Buffer.byteLength(html)).toBeLessThan(2e6);
    expect(html).toContain('And 9700 more, in dossier.json.');
  });

  it('marks what is not stated, and warns of late criteria and overrides at its head', async () => {
    const html = await write();
    expect(html).toContain('<span class="unstated">not stated</span>');
    expect(html).not.toContain('class="warning"');
    expect(await write({ log: [] })).toContain('The log holds no moment at which the criteria were fixed.');
    expect(await write({ evaluation: null })).toMatch(/criteria are not met/);
  });

  it('uses no word that promises more than was tested', async () => {
    expect(await write()).not.toMatch(/anonym(?!eter)|complian/i);
  });
});
