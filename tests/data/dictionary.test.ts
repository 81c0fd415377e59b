import { describe, expect, it } from 'vitest';
import { describeDictionary, type DictionaryEntry } from '../../src/data/dictionary';
import { writeDictionaryCsv, writeDictionaryMarkdown } from '../../src/data/dictionary-files';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../src/data/handling';
import { applySchemaEdit } from '../../src/data/edits/apply-schema';
import { openBytes, readRows, unwrap } from './open-text';

/** 200 patients; one value of each column is planted to be pooled or capped, and one column is left out by choice. */
function makeSource(): string {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const ward = i === 77 ? 'Burns' : i % 2 === 0 ? 'East' : 'West';
    const age = i === 42 ? 117 : 20 + (i % 60);
    const lactate = i === 43 ? '99.75' : i % 10 === 0 ? '-' : ((i % 40) / 4).toFixed(2);
    const seen = i === 44 ? '01/01/1901' : `${10 + (i % 18)}/0${1 + (i % 9)}/2021`;
    return `Q${50_000 + i * 7},${ward},${age},${lactate},${seen},study A,,word ${i} by the nurse on duty,${i % 3 === 0 ? 'F' : 'M'}`;
  });
  return `mrn,ward,age,lactate,seen,trial,trial,note,sex\n${rows.join('\n')}\n`;
}

async function makeEntries(): Promise<{ entries: readonly DictionaryEntry[]; ids: readonly string[] }> {
  const { service, opened } = await openBytes(makeSource());
  const roleless = applySchemaEdit(opened.schema, { column: 'sex', set: 'role', value: 'none' });
  const without = applySchemaEdit(roleless, { column: 'sex', set: 'included', value: false });
  const schema = unwrap(await service.revise(without));
  const split = { ...DEFAULT_SPLIT, fraction: 0 };
  const prepared = unwrap(await service.prepare({ schema, handling: DEFAULT_HANDLING, split }));
  const entries = describeDictionary({
    schema,
    handled: prepared.schema,
    handlingLog: prepared.handlingLog,
    headers: opened.writtenHeaders,
    nRows: opened.nRows,
  });
  return { entries, ids: (await readRows(service)).map(([id = '']) => id) };
}

const pick = (entries: readonly DictionaryEntry[], name: string): DictionaryEntry | undefined =>
  entries.find((entry) => entry.name === name);

describe('the data dictionary', () => {
  it('names the columns in the order of the file, those left out last', async () => {
    const { entries } = await makeEntries();
    expect(entries.map(({ place, name, origin }) => [place, name, origin])).toEqual([
      [1, 'mrn', 'surrogate'],
      [2, 'ward', 'learnt'],
      [3, 'age', 'learnt'],
      [4, 'lactate', 'learnt'],
      [5, 'seen', 'learnt'],
      [6, 'trial', 'repeated'],
      [7, 'trial_2', 'missing'],
      [null, 'note', 'left out'],
      [null, 'sex', 'left out'],
    ]);
    expect(pick(entries, 'trial_2')?.header).toBe('trial');
  });

  // Four rows are 20, four 21 and four 22: the least stands for the fifth to the ninth row, rounded inwards.
  it('says what values may be', async () => {
    const { entries } = await makeEntries();
    expect(pick(entries, 'ward')).toMatchObject({ kind: 'category', type: 'text', levels: ['East', 'West'] });
    expect(pick(entries, 'age')).toMatchObject({
      kind: 'whole number',
      decimals: 0,
      min: '22',
      missingShare: 0,
    });
    expect(pick(entries, 'lactate')).toMatchObject({
      type: 'number',
      decimals: 2,
      missingCode: '-',
      missingShare: 0.1,
    });
    expect(pick(entries, 'seen')).toMatchObject({ kind: 'date', type: 'date', format: 'dd/MM/yyyy' });
    expect(pick(entries, 'seen')?.max).toMatch(/^2\d\/09\/2021$/);
    expect(pick(entries, 'trial')).toMatchObject({ levels: ['study A'], missingCode: null });
    expect(pick(entries, 'trial_2')).toMatchObject({ missingShare: 1, missingCode: '' });
    expect(pick(entries, 'sex')).toMatchObject({ type: null, levels: null, notes: ['Left out by choice.'] });
  });

  it('holds nothing that was pooled, capped, made up anew or left out', async () => {
    const { entries, ids } = await makeEntries();
    const file = { paragraphs: [], entries };
    for (const text of [writeDictionaryCsv(file), writeDictionaryMarkdown(file)]) {
      for (const planted of ['Burns', '117', '99.75', '1901', 'nurse']) expect(text).not.toContain(planted);
      expect(ids.filter((id) => text.includes(id))).toEqual([]);
      expect(text).not.toMatch(/\bF\b|\bM\b/);
    }
  });

  it('holds the source’s own extremes where a person switched capping off', async () => {
    const { service, opened } = await openBytes(makeSource());
    const handling = { ...DEFAULT_HANDLING, capExtremes: false };
    const split = { ...DEFAULT_SPLIT, fraction: 0 };
    const { schema: handled } = unwrap(await service.prepare({ schema: opened.schema, handling, split }));
    const given = { schema: opened.schema, handled, handlingLog: [], headers: [], nRows: opened.nRows };
    expect(pick(describeDictionary(given), 'age')?.max).toBe('117');
  });
});

describe('data-dictionary.csv', () => {
  it('has a row a column, read back as it was meant', async () => {
    const { entries } = await makeEntries();
    const { service, opened } = await openBytes(writeDictionaryCsv({ paragraphs: [], entries }), {
      delimiter: ',',
    });
    expect(opened.headers.slice(0, 3)).toEqual(['position', 'name', 'source_header']);
    const rows = await readRows(service);
    expect(rows.map(([, name]) => name)).toEqual(entries.map(({ name }) => name));
    const cell = (row: number, field: string) => rows[row]?.[opened.headers.indexOf(field)];
    expect(cell(1, 'levels')).toBe('East | West');
    expect(cell(3, 'missing_code')).toBe('-');
    expect(cell(6, 'missing_code')).toBe('(empty)');
    expect(cell(0, 'notes')).toContain('fresh surrogate');
    expect(rows.map((_, row) => cell(row, 'records'))).toEqual(entries.map(() => 'synthetic'));
  });

  it('escapes bars within levels, quotes and line ends', async () => {
    const { entries } = await makeEntries();
    const odd = entries.slice(1, 2).map((entry) => ({ ...entry, levels: ['a|b', 'c\\', '"d",\ne'] }));
    const text = writeDictionaryCsv({ paragraphs: [], entries: odd });
    expect(text).toContain('"a\\|b | c\\\\ | ""d"",\ne"');
    expect(text.endsWith('\r\n')).toBe(true);
  });
});

describe('data-dictionary.md', () => {
  it('reads as a list a column', async () => {
    const { entries } = await makeEntries();
    const text = writeDictionaryMarkdown({ paragraphs: ['First.', 'Second.'], entries });
    expect(text).toMatch(/^# Data dictionary\n\nFirst\.\n\nSecond\.\n\n## 1\. mrn\n\n- Kind: identifier\n/);
    expect(text).toContain('## 2. ward\n\n- Kind: category\n- Origin: learnt from train\n');
    expect(text).toContain('- Missing: 10 %, written in CSV as `-`\n');
    expect(text).toContain('## 7. trial\\_2\n\n- Kind: empty\n');
    expect(text).toContain('- Header in the source: `trial`\n');
  });

  it('lets no level or name break out of its place', async () => {
    const { entries } = await makeEntries();
    const levels = ['`tick`', 'two\nlines', ...Array.from({ length: 50 }, (_, i) => `l${i}`)];
    const odd = entries.slice(1, 2).map((entry) => ({ ...entry, name: '# <b>*', header: '', levels }));
    const text = writeDictionaryMarkdown({ paragraphs: [], entries: odd });
    expect(text).toContain('## 2. \\# \\<b\\>\\*\n');
    expect(text).toContain('- Header in the source: none\n');
    expect(text).toContain('- Values: `` `tick` ``, `two lines`, `l0`');
    expect(text).toContain('`l37` and 12 more\n');
  });
});
