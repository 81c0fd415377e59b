import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../src/data/failure';
import { createMemoryStore } from '../../../src/platform/projects/memory-store';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import { newProject } from '../../../src/ui/state/journey.svelte';
import { saveProjectFile } from '../../../src/ui/state/save-project-file';
import { unwrap } from '../../data/open-text';
import { sampleEvaluation, hashOf } from '../../release/sample-release';
import { openJourney } from './open-journey';

const FILE = new Blob(['file']);

async function setUp(changes: Partial<ProjectStore> = {}) {
  const store: ProjectStore = {
    ...createMemoryStore(),
    exportProject: () => Promise.resolve(succeed(FILE)),
    ...changes,
  };
  const record = newProject('p1', 'Test', 'file', 0);
  unwrap(await store.put(record));
  const place = { store, now: () => 0, journey: null };
  const logOf = async () => {
    const { governance } = unwrap(await store.get('p1'));
    return governance.log.map(({ act, detail }) => [act, detail]);
  };
  return { store, record, place, logOf };
}

describe('a project file that is saved', () => {
  it('is on record with what it holds, of the open project and of one that is not open', async () => {
    const { store, record, place } = await setUp();
    const { journey } = openJourney(record, store);
    unwrap(await saveProjectFile({ ...place, journey }, 'p1', { withSource: true, passphrase: 'a b c d' }));
    expect(journey.governance.log).toMatchObject([
      { act: 'export', detail: { what: 'project file', withSource: true, isEncrypted: true } },
    ]);
    expect(JSON.stringify(journey.governance.log)).not.toContain('a b c d');
    const closed = await setUp();
    unwrap(await saveProjectFile(closed.place, 'p1', { withSource: false }));
    unwrap(await saveProjectFile(closed.place, 'p1', { withSource: false, passphrase: null }));
    expect(await closed.logOf()).toEqual([
      [
        'export',
        { what: 'project file', withSource: false, isEncrypted: false, recordsOf: [], purpose: null },
      ],
      [
        'export',
        { what: 'project file', withSource: false, isEncrypted: false, recordsOf: [], purpose: null },
      ],
    ]);
    const again = await closed.store.claim('p1', 'if-free');
    expect(again.ok).toBe(true);
  });

  it('is on record of no file that was not written', async () => {
    const { place, logOf } = await setUp({
      exportProject: () => Promise.resolve(fail('storage-full', 'Full.')),
    });
    expect(await saveProjectFile(place, 'p1', { withSource: true })).toMatchObject({ ok: false });
    expect(await logOf()).toEqual([]);
  });

  it('is not written where another tab has the project, since that could not be put on record', async () => {
    const { store, record, place } = await setUp({
      claim: () => Promise.resolve(fail('project-locked', 'Open elsewhere.')),
    });
    const outcome = await saveProjectFile(place, 'p1', { withSource: true });
    expect(!outcome.ok && outcome.failure.message).toMatch(/^Another tab has this project open/);
    const { journey } = openJourney(record, store);
    journey.lost = 'taken';
    expect((await saveProjectFile({ ...place, journey }, 'p1', { withSource: true })).ok).toBe(false);
  });
});

describe('a browser without room for one more entry', () => {
  it('still hands the file out, which is what saves the project, and refuses it for any other failure', async () => {
    for (const [code, isOk] of [
      ['storage-full', true],
      ['project-missing', false],
    ] as const) {
      const { store, place } = await setUp();
      const failing = { ...store, put: () => Promise.resolve(fail(code, 'No.')) };
      const outcome = await saveProjectFile({ ...place, store: failing }, 'p1', { withSource: true });
      expect([code, outcome.ok]).toEqual([code, isOk]);
    }
  });
});

describe('a file of the account of a run', () => {
  it('is on record when it is taken out, evaluation.json with the hash of its figures', async () => {
    const { journey } = openJourney();
    await journey.governance.noteFile('r1', 'schema.json');
    await journey.governance.noteFile('r1', 'evaluation.json', sampleEvaluation());
    expect(journey.governance.log.map(({ act, detail }) => [act, detail])).toEqual([
      ['export', { run: 'r1', what: 'schema.json' }],
      ['export', { run: 'r1', what: 'evaluation.json', evaluationHash: hashOf(sampleEvaluation()) }],
    ]);
  });
});
