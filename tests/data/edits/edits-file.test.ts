import { describe, expect, it } from 'vitest';
import { findEditProblems, findHistoryProblems } from '../../../src/data/edits/check-edits';
import type { Edit } from '../../../src/data/edits/edit';
import { makeEditsFile, readEditsFile } from '../../../src/data/edits/edits-file';
import { makeHistory } from '../../../src/data/edits/history';
import { writeJson } from '../../../src/ui/state/write-json';

const every: readonly Edit[] = [
  { of: 'dialect', value: null },
  {
    of: 'dialect',
    value: {
      part: 'Sheet 2',
      encoding: 'utf-8',
      delimiter: ';',
      header: true,
      comment: null,
      decimalMark: ',',
      thousandsMark: '\u202f',
      missingTokens: ['NA', ''],
    },
  },
  { of: 'schema', column: 'age', set: 'type', value: 'integer' },
  { of: 'schema', column: 'age', set: 'role', value: 'quasi-identifier' },
  { of: 'schema', column: 'age', set: 'included', value: false },
  { of: 'schema', column: 'seen', set: 'format', value: 'dd/MM/yyyy' },
  { of: 'schema', column: 'age', set: 'decimals', value: 3 },
  { of: 'schema', column: 'age', set: 'bounds', value: { min: -1, max: 1e9 } },
  { of: 'schema', column: 'age', set: 'bounds', value: null },
  {
    of: 'handling',
    value: { k: 2, poolRareLevels: true, pooledAs: 'label', pooledLabel: 'Other', capExtremes: true },
  },
  { of: 'split', value: { fraction: 0.5, seed: 0, stratifyBy: null, groupBy: 'id' } },
];

describe('a file of edits', () => {
  it('reads back as it was written, whatever the edit', () => {
    const text = writeJson(makeEditsFile(every));
    expect(readEditsFile(text)).toEqual({ ok: true, value: every });
    expect(findHistoryProblems(makeHistory(every), 'edits')).toEqual([]);
  });

  it('may be the run.json that holds it', () => {
    const run = { format: 'understudy-run', version: 1, edits: makeEditsFile(every) };
    expect(readEditsFile(writeJson(run))).toEqual({ ok: true, value: every });
    expect(readEditsFile(writeJson({ ...run, edits: null }))).toMatchObject({ ok: false });
  });

  it('of version 2 comes with the handling it began from', () => {
    const text = writeJson({ ...makeEditsFile(every), version: 2 });
    const spread = { of: 'handling', value: { pooledAs: 'redistribute' } };
    expect(readEditsFile(text)).toEqual({ ok: true, value: [spread, ...every] });
  });

  it.each([
    ['no JSON', '{"format"', /holds no edits/],
    ['another JSON', '[]', /holds no edits/],
    ['a schema.json', '{"version":1,"columns":[]}', /holds no edits/],
    ['no version', '{"format":"understudy-edits","edits":[]}', /holds no edits/],
    ['a later version', '{"format":"understudy-edits","version":4,"edits":[]}', /newer version/],
  ])('is refused with %s', (_, text, says) => {
    const outcome = readEditsFile(text);
    expect(outcome).toMatchObject({ ok: false, failure: { message: expect.stringMatching(says) } });
  });

  it('is refused as a whole, naming every place that is wrong and no contents', () => {
    const edits = [...every, { of: 'handling', value: { k: 1 } }, { of: 'magic', value: 'Mrs Miller' }];
    const outcome = readEditsFile(writeJson({ ...makeEditsFile([]), edits }));
    expect(outcome.ok ? '' : outcome.failure.message.split('\n').slice(1)).toEqual([
      'edits[11].value.k is not an allowed value',
      'edits[12].of is not schema, dialect, generalise, no-identifiers, handling or split',
    ]);
  });
});

describe('the check of edits', () => {
  it.each<[unknown, string]>([
    [null, 'e[0] is not an object'],
    [{ of: 'schema', column: 3, set: 'type', value: 'text' }, 'e[0].column is not text'],
    [{ of: 'schema', column: 'a', set: 'toString', value: 'x' }, 'e[0].set is not a known word'],
    [{ of: 'schema', column: 'a', set: 'type', value: 'number' }, 'e[0].value does not fit "type"'],
    [{ of: 'schema', column: 'a', set: 'decimals', value: 16 }, 'e[0].value does not fit "decimals"'],
    [
      { of: 'schema', column: 'a', set: 'bounds', value: { min: 2, max: 2 } },
      'e[0].value does not fit "bounds"',
    ],
    [{ of: 'dialect', value: {} }, 'e[0].value sets nothing'],
    [{ of: 'dialect', value: { delimiter: '"' } }, 'e[0].value.delimiter is not an allowed value'],
    [{ of: 'dialect', value: { colour: "'" } }, 'e[0].value sets something that is not known'],
    [{ of: 'handling', value: null }, 'e[0].value is not an object'],
    [{ of: 'split', value: { fraction: 0.6 } }, 'e[0].value.fraction is not an allowed value'],
    [{ of: 'split', value: { seed: -1 } }, 'e[0].value.seed is not an allowed value'],
  ])('refuses %j', (edit, problem) => {
    expect(findEditProblems([edit], 'e')).toEqual([problem]);
  });

  it('refuses a history whose cursor lies outside, or of another version', () => {
    expect(findHistoryProblems({ version: 3, edits: [], cursor: 1 }, 'h')).toEqual([
      'h.cursor is not a place among the edits',
    ]);
    expect(findHistoryProblems({ edits: [], cursor: 0 }, 'h')).toEqual(['h.version is not 3']);
    expect(findHistoryProblems({ version: 3, edits: 'x', cursor: 0 }, 'h')).toEqual([
      'h.edits is not a list',
    ]);
    expect(findEditProblems(undefined, 'h')).toEqual(['h is not a list']);
  });
});
