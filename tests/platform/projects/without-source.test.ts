import { describe, expect, it } from 'vitest';
import type { ColumnOverlay } from '../../../src/models/synthesizer';
import { coarsenOverlay } from '../../../src/platform/projects/file/coarsen-overlay';
import { writeProjectFile } from '../../../src/platform/projects/file/export';
import { readProjectFile } from '../../../src/platform/projects/file/import';
import { listLeaving, withoutSource } from '../../../src/platform/projects/file/without-source';
import { wrapPart } from '../../../src/platform/projects/parts';
import type { PartName, ProjectRecord } from '../../../src/platform/projects/types';
import type { ColumnSchema } from '../../../src/data/schema';
import { makeColumnSchema } from '../../column-schema';
import { sampleRecord, sampleRun } from './sample-record';

const NONE = { policy: null, lockedAt: null, log: [] } as const;
const RARE = 'Creutzfeldt-Jakob';

const schema = {
  version: 1,
  columns: [
    makeColumnSchema('diagnosis', 'categorical', { levels: ['asthma', RARE] }),
    makeColumnSchema('age', 'integer', { bounds: { min: 19, max: 107, declared: false } }),
    makeColumnSchema('score', 'integer', { bounds: { min: 0, max: 42, declared: true } }),
    makeColumnSchema('site', 'constant', { constant: 'Aachen', nMissing: 97 }),
  ],
} as const;

const bins = ['18 to 29', '30 to 39', '40 to 49', '50 to 59', '60 to 69', '70 to 79', '≥ 80'];
const age: ColumnOverlay = {
  column: 'age',
  labels: bins,
  train: [0.01, 0.01, 0.3, 0.3, 0.3, 0.04, 0.04],
  synthetic: [0, 0.1, 0.2, 0.3, 0.2, 0.1, 0.1],
  trainMissing: 0,
  syntheticMissing: 0,
};
const diagnosis: ColumnOverlay = {
  ...age,
  column: 'diagnosis',
  labels: ['asthma', RARE],
  train: [0.98, 0.02],
  synthetic: [0.9, 0.1],
};

function makeRecord(changes: Partial<ProjectRecord> = {}): ProjectRecord {
  const record = sampleRecord('p1', changes);
  const [run = sampleRun('r1', 'finished')] = record.runs;
  const source = { ...run.basis.source, nRows: 100 };
  const basis = { ...run.basis, source, schema };
  const told = { ...run, nTrain: 100, basis, overlay: [diagnosis, age] };
  return { ...record, source, schema, runs: [told] };
}

const parts = new Map<PartName, ReturnType<typeof wrapPart>>(
  (['source', 'synthetic/r1', 'evaluation/r1', 'release/r1'] as const).map((name) => [
    name,
    wrapPart(new Blob([name])),
  ]),
);

async function reopen(record: ProjectRecord, withSource: boolean) {
  return readProjectFile(await writeProjectFile(record, parts, withSource), 'new', 1);
}

describe('synthetic records in a file without source', () => {
  it('come along for internal testing, also where no purpose was named', async () => {
    const { policy } = sampleRecord().governance;
    const testing = policy && { ...NONE, policy: { ...policy, purpose: 'testing' as const } };
    for (const governance of [NONE, testing ?? NONE]) {
      const { parts: there, record } = await reopen(makeRecord({ governance }), false);
      expect([...there.keys()]).toEqual(['evaluation/r1', 'release/r1', 'synthetic/r1']);
      expect(record.runs[0]?.synthetic).not.toBeNull();
    }
  });

  it('stay behind for any other purpose, with their package, until that was handed out', async () => {
    const shut = makeRecord();
    const { parts: there, record } = await reopen(shut, false);
    expect([...there.keys()]).toEqual(['evaluation/r1']);
    expect([record.runs[0]?.synthetic, record.release.packages]).toEqual([null, []]);
    expect(record.runs[0]?.evidence).toEqual(shut.runs[0]?.evidence);
    const packages = shut.release.packages.map((built) => ({ ...built, releasedAt: 5 }));
    const open = { ...shut, release: { ...shut.release, packages } };
    expect(listLeaving(open)).toEqual(['r1']);
    expect([...(await reopen(open, false)).parts.keys()]).toContain('synthetic/r1');
  });

  it('are all in the file with source, which is as it was', async () => {
    const { parts: there, record } = await reopen(makeRecord(), true);
    expect([...there.keys()]).toContain('synthetic/r1');
    expect(record.schema).toEqual(schema);
    expect(record.runs[0]?.overlay).toEqual([diagnosis, age]);
  });
});

describe('what a file without source says of columns', () => {
  it('names no level and no end of a range but those that were declared, and can be opened', async () => {
    const { record } = await reopen(makeRecord(), false);
    for (const { columns } of [record.schema ?? schema, record.runs[0]?.basis.schema ?? schema]) {
      expect(columns.map(({ levels }) => levels)).toEqual([null, null, null, null]);
      expect(columns.map(({ bounds }) => bounds?.max ?? null)).toEqual([null, null, 42, null]);
      expect(columns[3]?.constant).toBeNull();
    }
    const text = JSON.stringify(withoutSource(makeRecord()));
    for (const value of [RARE, '107', '"18 to', 'Aachen']) expect(text).not.toContain(value);
    expect(JSON.stringify(makeRecord())).toContain(RARE);
  });

  it('counts missing values to the nearest five, and shows no picture of a run before its records were judged', () => {
    const columns = [3, 2, 12, 0].map(
      (nMissing, i) => ({ ...schema.columns[i & 3], nMissing }) as ColumnSchema,
    );
    const record = makeRecord();
    const told = withoutSource({ ...record, schema: { version: 1, columns } });
    expect(told.schema?.columns.map(({ nMissing }) => nMissing)).toEqual([5, 0, 10, 0]);
    const runs = record.runs.map((run) => ({ ...run, evidence: null }));
    expect(withoutSource({ ...record, runs }).runs[0]?.overlay).toEqual([]);
    expect(withoutSource(record).runs[0]?.overlay).not.toEqual([]);
  });

  it('puts the outer slots of numbers together, with the shares they had', () => {
    const [told] = coarsenOverlay(age, 100, true);
    expect(told?.labels).toEqual(['≤ 49', '50 to 59', '60 to 69', '≥ 70']);
    expect(told?.train.map((share) => Number(share.toFixed(6)))).toEqual([0.32, 0.3, 0.3, 0.08]);
    const holdout = { shares: [0.1, 0.2, 0.1, 0.2, 0.1, 0, 0.1], missing: 0.2 };
    const [third] = coarsenOverlay({ ...age, holdout }, 100, true);
    expect(third).toEqual(told);
    const few = {
      ...age,
      labels: bins.slice(0, 4),
      train: [0.25, 0.25, 0.25, 0.25],
      synthetic: [0, 0, 1, 0],
    };
    expect(coarsenOverlay(few, 100, true)).toEqual([]);
  });

  it('holds combinations of wishes only where five records share them', () => {
    const wishes = sampleRecord().wishes;
    expect(withoutSource(makeRecord()).wishes).toEqual(wishes);
    const rules =
      wishes?.rules.map((rule) => (rule.kind === 'combinations' ? { ...rule, k: 4 } : rule)) ?? [];
    const told = withoutSource(makeRecord({ wishes: wishes && { ...wishes, rules } }));
    expect(told.wishes?.rules.map(({ kind }) => kind)).toEqual(['order']);
  });
});
