import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COLUMNS } from '../../../src/data/cohort/columns';
import { cohortCsv, SAMPLE_N_PATIENTS, SAMPLE_SEED, simulateCohort } from '../../../src/data/cohort/simulate';

describe('simulateCohort', () => {
  const small = simulateCohort('s', 40);

  it('repeats itself by seed and differs by seed', () => {
    expect(simulateCohort('s', 40)).toEqual(small);
    expect(simulateCohort('t', 40).rows).not.toEqual(small.rows);
  });

  it('begins a larger cohort with the smaller one', () => {
    expect(simulateCohort('s', 55).rows.slice(0, 40)).toEqual(small.rows);
  });

  it('gives every row every column', () => {
    expect(small.headers).toHaveLength(COLUMNS.length + 2);
    expect(new Set(small.headers).size).toBe(small.headers.length);
    expect(small.rows.every((row) => row.length === small.headers.length)).toBe(true);
  });

  it('gives no patient identifier twice', () => {
    const ids = simulateCohort('s', 3000).rows.map((row) => row[0] ?? '');
    expect(new Set(ids).size).toBe(3000);
    expect(ids.every((id) => /^P-\d{6}$/.test(id))).toBe(true);
  });

  it('gives an empty cohort for no patients', () => {
    expect(simulateCohort('s', 0).rows).toEqual([]);
  });
});

describe('cohortCsv', () => {
  const csv = cohortCsv();

  it('is the same bytes as when the cohort was last reviewed', () => {
    // Changes only on purpose: look at docs/sample-cohort.md's tables again, then renew.
    expect(createHash('sha256').update(csv).digest('hex')).toBe(
      '51812af206c9c1eb155b6a7f1b49c65b152439a4c9a904634f7a7521ac2976ff',
    );
  });

  it('has a header and a line a patient, notes quoted where they hold a comma', () => {
    const lines = csv.trimEnd().split('\n');
    expect(lines).toHaveLength(SAMPLE_N_PATIENTS + 1);
    expect(lines[0]?.startsWith('patient_id,sex,age,')).toBe(true);
    const { rows } = simulateCohort(SAMPLE_SEED, 200);
    rows.forEach((row, i) => {
      const note = row.at(-1) ?? '';
      expect(lines[i + 1]?.endsWith(note.includes(',') ? `"${note}"` : note)).toBe(true);
    });
  });
});

describe('docs/sample-cohort.md', () => {
  const page = readFileSync(new URL('../../../docs/sample-cohort.md', import.meta.url), 'utf8');

  it.each(['patient_id', ...COLUMNS.map((column) => column.name), 'note'])(
    'says where %s comes from',
    (name) => {
      expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
    },
  );
});
