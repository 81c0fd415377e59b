import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { cohortCsv } from '../../src/data/cohort/simulate';
import type { Evaluation } from '../../src/measure/evaluate';
import { EVALUATION_SPECS } from '../../src/measure/evaluation-specs';
import { TREES_DEFAULTS } from '../../src/models/trees/settings';
import { TVAE_DEFAULTS } from '../../src/models/neural/tvae';
import { PROJECT_VERSION, type ProjectRecord } from '../../src/platform/projects/types';

/** When one of these fails the shipped project is out of date: `npm run sample` makes it anew. */
describe('the finished sample project', () => {
  const path = join(import.meta.dirname, '..', '..', 'public', 'sample', 'finished.understudy');
  const members = unzipSync(readFileSync(path));
  const record = JSON.parse(strFromU8(members['project.json'] ?? new Uint8Array())) as ProjectRecord;

  it('was made from the cohort that is shipped', () => {
    const same = strFromU8(members['parts/source'] ?? new Uint8Array()) === cohortCsv();
    expect(same).toBe(true);
  });

  it('has the present project version, and opens on its synthetic data', () => {
    expect(record.version).toBe(PROJECT_VERSION);
    expect(record.step).toBe('synthetic');
  });

  it('holds a finished, judged run of TVAE and one of trees, both with default settings, and shows the second', () => {
    expect(record.runs.map(({ model, status }) => [model, status])).toEqual([
      ['tvae', 'finished'],
      ['trees', 'finished'],
    ]);
    expect(record.runs.map(({ result }) => result?.config)).toEqual([TVAE_DEFAULTS, TREES_DEFAULTS]);
    for (const { evidence, synthetic, nTrain } of record.runs) {
      expect(evidence?.measures.length).toBeGreaterThan(5);
      expect(synthetic?.nRows).toBe(nTrain);
    }
    expect(record.currentRun).toBe(record.runs[1]?.id);
  });

  it('holds the evidence of that run, under criteria that were locked, and the log of both', () => {
    const kept = members[`parts/evaluation/${record.currentRun}`] ?? new Uint8Array();
    const evaluation = JSON.parse(strFromU8(kept)) as Evaluation;
    expect(evaluation.isComplete).toBe(true);
    const ids = [...evaluation.measures, ...evaluation.skipped].map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(EVALUATION_SPECS.flatMap(({ ids: each }) => each)));
    const { policy, lockedAt, log } = record.governance;
    expect([policy?.purpose, lockedAt !== null]).toEqual(['analytics', true]);
    const acts = log.map(({ act }) => act);
    expect(acts.filter((act) => act !== 'look')).toEqual([
      'import',
      'handling',
      'training',
      'training',
      'policy-locked',
      'evaluation',
    ]);
    const early = log.slice(0, acts.indexOf('policy-locked')).filter(({ act }) => act === 'look');
    expect(early.length).toBe(4);
    for (const { detail } of early) expect(detail).toMatchObject({ results: false });
  });
});
