import { describe, expect, it } from 'vitest';
import { foldDialect, foldHandling, foldSplit } from '../../../src/data/edits/fold';
import { listInForce } from '../../../src/data/edits/history';
import { readRecord } from '../../../src/platform/projects/record';
import { DEFAULT_HANDLING, DEFAULT_SPLIT } from '../../../src/data/handling';
import { sampleRecord } from './sample-record';

const OLD_HANDLING = { ...DEFAULT_HANDLING, pooledAs: 'redistribute' } as const;
const SPREAD = { of: 'handling', value: { pooledAs: 'redistribute' } };

/** A record as version 1 wrote it: edits of the schema without a version, no dialect with the runs. */
function makeOld(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const record = sampleRecord();
  return {
    ...record,
    version: 1,
    handling: OLD_HANDLING,
    edits: {
      edits: [
        { column: 'age', set: 'role', value: 'quasi-identifier' },
        { column: 'age', set: 'type', value: 'categorical' },
      ],
      cursor: 1,
    },
    ...changes,
  };
}

const NO_GOVERNANCE = { policy: null, lockedAt: null, log: [] };
const NO_RELEASE = { statements: {}, packages: [] };

describe('a record of version 1', () => {
  it('keeps its edits, what was undone, and all else that was chosen', () => {
    const old = makeOld({
      handling: { ...OLD_HANDLING, k: 8 },
      split: { ...DEFAULT_SPLIT, seed: 3, groupBy: 'age' },
    });
    const record = readRecord(old);
    expect(record.version).toBe(7);
    expect(record.wishes).toBeNull();
    expect(record.edits).toEqual({
      version: 3,
      edits: [
        SPREAD,
        { of: 'dialect', value: { delimiter: ';', missingTokens: ['', 'NA'] } },
        { of: 'handling', value: { k: 8 } },
        { of: 'split', value: { seed: 3, groupBy: 'age' } },
        { of: 'schema', column: 'age', set: 'role', value: 'quasi-identifier' },
        { of: 'schema', column: 'age', set: 'type', value: 'categorical' },
      ],
      cursor: 5,
    });
    const edits = record.edits === null ? [] : listInForce(record.edits);
    expect(foldDialect(edits)).toEqual(record.dialect);
    expect(foldHandling(edits)).toEqual(record.handling);
    expect(foldSplit(edits, { headers: ['age'], suggestedGroup: null })).toEqual(record.split);
  });

  it('is told apart from one in which nothing was changed', () => {
    const record = readRecord(makeOld({ edits: null, dialect: {} }));
    expect([record.edits?.edits, record.handling]).toEqual([[SPREAD], OLD_HANDLING]);
  });

  it('keeps that rows are not held together, where an identifier could have been suggested', () => {
    const columns = sampleRecord().schema?.columns.map((column) => ({ ...column, type: 'identifier' }));
    const record = readRecord(makeOld({ edits: null, dialect: {}, schema: { version: 1, columns } }));
    expect(record.edits?.edits).toEqual([SPREAD, { of: 'split', value: { groupBy: null } }]);
  });

  it('tells runs on the present reading how it was read, and none that is older', () => {
    const [run] = sampleRecord().runs;
    const older = { ...run, id: 'r0', basis: { ...run?.basis, source: { ...run?.basis.source, id: 's0' } } };
    const record = readRecord(makeOld({ runs: [older, run] }));
    expect(record.runs.map(({ basis }) => basis.dialect)).toEqual([undefined, record.dialect]);
    expect(record.runs.map(({ basis }) => basis.edits)).toEqual([undefined, undefined]);
  });

  it.each([
    [{ edits: 'rubbish' }],
    [{ edits: { edits: [7], cursor: 1 } }],
    [{ edits: { edits: [], cursor: 'x' } }],
  ])('loses no project to %j', (changes) => {
    expect(readRecord(makeOld({ ...changes, dialect: {} })).edits?.edits).toEqual([SPREAD]);
  });

  it('is refused, not mended, where it is damaged elsewhere', () => {
    expect(() => readRecord(makeOld({ runs: 'x' }))).toThrow(/damaged/);
    expect(() => readRecord(makeOld({ handling: null, split: 3 }))).toThrow(/damaged/);
  });
});

describe('a record of version 2', () => {
  const edits = { version: 2, edits: [{ of: 'handling', value: { k: 9 } }], cursor: 0 };
  const makeOlder = (changes: object) => ({
    ...sampleRecord(),
    version: 2,
    handling: OLD_HANDLING,
    ...changes,
  });

  it('keeps its pooled levels spread, as an edit that can be taken back', () => {
    const [run] = sampleRecord().runs;
    const runs = [{ ...run, basis: { ...run?.basis, edits: edits.edits } }];
    const record = readRecord(makeOlder({ edits, runs }));
    expect(record.edits).toEqual({ version: 3, edits: [SPREAD, ...edits.edits], cursor: 1 });
    expect(foldHandling(record.edits === null ? [] : listInForce(record.edits))).toEqual(record.handling);
    expect(record.runs[0]?.basis.edits).toEqual([SPREAD, ...edits.edits]);
  });

  it('begins from the present default where it has no table', () => {
    const record = readRecord(
      makeOlder({ edits: null, schema: null, source: null, runs: [], currentRun: null }),
    );
    expect([record.edits, record.handling]).toEqual([null, DEFAULT_HANDLING]);
  });
});

describe('a record of version 6', () => {
  it('is refused when an edit is not one', () => {
    const edits = { version: 3, edits: [{ of: 'handling', value: { k: 0 } }], cursor: 1 };
    expect(() => readRecord({ ...sampleRecord(), edits })).toThrow(/damaged/);
  });
});

describe('a record of version 3', () => {
  const makeOlder = () => {
    const { tournaments, wishes, governance, release, ...record } = sampleRecord();
    expect([tournaments.length, wishes?.version, governance.log.length]).toEqual([1, 1, 1]);
    expect(release.packages).toHaveLength(1);
    const runs = record.runs.map(({ advice, tournament, look, ...run }) => {
      expect([advice?.model, tournament, look?.measures]).toEqual(['tvae', 't1', []]);
      return run;
    });
    return { ...record, version: 3, runs };
  };

  it('has runs of their own, of models that a person chose', () => {
    const record = readRecord(makeOlder());
    expect([record.version, record.tournaments]).toEqual([7, []]);
    expect(record.runs.map(({ advice, tournament, look }) => [advice, tournament, look])).toEqual([
      [null, null, null],
    ]);
  });

  it('is refused when its runs are no list', () => {
    expect(() => readRecord({ ...makeOlder(), runs: 'x' })).toThrow(/damaged/);
  });
});

describe('a record of version 4', () => {
  const { wishes, governance, release, ...older } = sampleRecord();

  it('has no wishes, and all else as it was', () => {
    expect(wishes?.rules).toHaveLength(2);
    const record = readRecord({ ...older, version: 4 });
    expect(governance.policy?.criteria).toHaveLength(2);
    expect(release.packages).toHaveLength(1);
    const fresh = { wishes: null, governance: NO_GOVERNANCE, release: NO_RELEASE };
    expect(record).toEqual({ ...sampleRecord(), ...fresh });
  });
});

describe('a record of version 5', () => {
  const { governance, release, ...older } = sampleRecord();

  it('has no policy and an empty log, and all else as it was', () => {
    expect([governance.log.length, release.packages.length]).toEqual([1, 1]);
    const fresh = { governance: NO_GOVERNANCE, release: NO_RELEASE };
    expect(readRecord({ ...older, version: 5 })).toEqual({ ...sampleRecord(), ...fresh });
  });
});

describe('a record of version 6', () => {
  const { release, ...older } = sampleRecord();

  it('has stated nothing and built no package, and all else as it was', () => {
    expect(release.statements).toEqual({ purpose: 'to teach' });
    expect(readRecord({ ...older, version: 6 })).toEqual({ ...sampleRecord(), release: NO_RELEASE });
  });
});

describe('a record with statements and a package', () => {
  const { release } = sampleRecord();
  const withPackage = (changes: object) => ({
    ...sampleRecord(),
    release: { ...release, packages: release.packages.map((built) => ({ ...built, ...changes })) },
  });

  it('is read as it is, and refused when one of them is damaged', () => {
    expect(readRecord(withPackage({ releasedAt: 5 }))).toEqual(withPackage({ releasedAt: 5 }));
    const odd = { ...sampleRecord(), release: { ...release, statements: { purpose: 5 } } };
    expect(() => readRecord(odd)).toThrow(/damaged/);
    for (const changes of [{ log: null }, { files: [{ name: 'x' }] }, { signOffs: [{}] }, { basis: {} }])
      expect(() => readRecord(withPackage(changes))).toThrow(/damaged/);
  });
});

describe('a record with a policy and a log', () => {
  it('is refused when one of them is damaged', () => {
    const { governance } = sampleRecord();
    const { policy, log } = governance;
    const odd = { ...policy, criteria: [{ ...policy?.criteria[0], threshold: 'low' }] };
    expect(() => readRecord({ ...sampleRecord(), governance: { ...governance, policy: odd } })).toThrow(
      /damaged/,
    );
    const cut = log.map(({ hash, ...entry }) => ({ ...entry, of: hash }));
    expect(() => readRecord({ ...sampleRecord(), governance: { ...governance, log: cut } })).toThrow(
      /damaged/,
    );
  });
});

describe('a record with wishes', () => {
  it('is refused when a wish is not one', () => {
    const { wishes } = sampleRecord();
    const damaged = { ...wishes, rules: [{ kind: 'order', before: 'age' }] };
    expect(() => readRecord({ ...sampleRecord(), wishes: damaged })).toThrow(/damaged/);
  });
});
