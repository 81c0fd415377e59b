import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDefinitions } from '../../../src/ui/parts/definition-text';

describe('definitions', () => {
  it('are taken apart into paragraphs and runs', () => {
    const entries = parseDefinitions(
      'Intro.\n\n## one\n\n**What.** A `code`\nword.\n\n- first\n- second\n\n## two\n\nText.\n',
    );
    expect([...entries.keys()]).toEqual(['one', 'two']);
    expect(entries.get('one')?.paragraphs).toEqual([
      {
        item: false,
        runs: [
          { text: 'What.', style: 'strong' },
          { text: ' A ', style: 'plain' },
          { text: 'code', style: 'code' },
          { text: ' word.', style: 'plain' },
        ],
      },
      { item: true, runs: [{ text: 'first', style: 'plain' }] },
      { item: true, runs: [{ text: 'second', style: 'plain' }] },
    ]);
  });

  it('keep markup as text', () => {
    const entries = parseDefinitions('## x\n\n<img src=y onerror=z> 2 * 3 * 4');
    expect(entries.get('x')?.paragraphs[0]?.runs).toEqual([
      { text: '<img src=y onerror=z> 2 * 3 * 4', style: 'plain' },
    ]);
  });

  it('come out of the document whole, without leftover marks', () => {
    const text = readFileSync(new URL('../../../docs/measures.md', import.meta.url), 'utf8');
    const entries = parseDefinitions(text);
    for (const id of ['sdmetrics-overall', 'column-missing', 'column-distinct', 'rows-repeated']) {
      expect(entries.get(id)?.paragraphs.length).toBeGreaterThan(3);
    }
    for (const { paragraphs } of entries.values()) {
      for (const { runs } of paragraphs) for (const run of runs) expect(run.text).not.toMatch(/\*\*|^#/);
    }
  });

  it('are none in an empty document', () => expect(parseDefinitions('').size).toBe(0));
});
