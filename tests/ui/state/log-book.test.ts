import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeEditsFile } from '../../../src/data/edits/edits-file';
import { digestText } from '../../../src/platform/digest-text';
import { createMemoryStore } from '../../../src/platform/projects/memory-store';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import type { ProjectRecord } from '../../../src/platform/projects/types';
import { findLogProblems } from '../../../src/release/audit-log';
import { presetPolicy } from '../../../src/release/policy-presets';
import { newProject } from '../../../src/ui/state/journey.svelte';
import { sampleRun } from '../../platform/projects/sample-record';
import { openJourney } from './open-journey';
import { openScene, signAsAuthor, take } from './release-scene';

const csv = new File([`age,sex\n${'40,f\n50,m\n'.repeat(40)}`], 'clinic.csv');

/** A store that remembers every record as it was written, and whose writes take a while. */
function watchWrites(): { readonly store: ProjectStore; readonly written: ProjectRecord[] } {
  const inner = createMemoryStore();
  const written: ProjectRecord[] = [];
  const put: ProjectStore['put'] = async (record, parts) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    written.push(record);
    return inner.put(record, parts);
  };
  return { store: { ...inner, put }, written };
}

const actsOf = ({ governance }: ProjectRecord) => governance.log.map(({ act }) => act);

/** Whatever a page that dies after this write leaves behind: each act with its entry, each entry with its act. */
function checkWhole(record: ProjectRecord): void {
  const acts = actsOf(record);
  const detailOf = (act: string) =>
    record.governance.log.filter((entry) => entry.act === act).map(({ detail }) => JSON.stringify(detail));
  const { runs, source, edits, governance } = record;
  expect(acts.includes('import')).toBe(source !== null);
  expect(acts.includes('policy-locked')).toBe(governance.lockedAt !== null);
  const changed = detailOf('policy-changed').at(-1);
  if (changed !== undefined) expect(changed).toContain(`"purpose":"${governance.policy?.purpose}"`);
  const ended = runs.filter(({ status }) => status === 'finished').map(({ id }) => id);
  expect(detailOf('training').map((text) => (JSON.parse(text) as { run: string }).run)).toEqual(ended);
  const nInForce = detailOf('handling').flatMap((text) => {
    const detail = JSON.parse(text) as { of: string; nInForce: number };
    return detail.of === 'edits' ? [detail.nInForce] : [];
  });
  expect(nInForce.at(-1) ?? 0).toBe(edits?.cursor ?? 0);
}

describe('an act and its entry', () => {
  afterEach(() => vi.restoreAllMocks());

  it('are saved together or not at all, whenever the page dies', async () => {
    const { store, written } = watchWrites();
    const { journey } = openJourney(newProject('p1', 'Test', 'file', 0), store);
    take(await journey.source.take(csv, csv.name, 'file'));
    void journey.editing.editColumn({ column: 'sex', set: 'role', value: 'quasi-identifier' });
    const changed = journey.governance
      .lock()
      .then(() => journey.governance.setPolicy(presetPolicy('sharing'), 'the board asked for it'));
    journey.change({ step: 'train' });
    const run = { ...sampleRun('r2', 'training'), evidence: null };
    journey.change({ runs: [run] });
    journey.changeRun('r2', { status: 'finished' });
    const ended = { ...run, status: 'finished' } as const;
    const kept = journey.keep({ runs: [ended, { ...ended, id: 'r3' }] }, {});
    journey.change({ step: 'export' });
    take(await kept);
    take(await changed);
    take(await journey.editing.undo());
    await journey.saved();
    for (const record of written) {
      checkWhole(record);
      expect(await findLogProblems(record.governance.log, digestText)).toEqual([]);
    }
    expect(written.length).toBeGreaterThan(3);
    const last = written.at(-1);
    expect(last?.step).toBe('export');
    expect(new Set(last && actsOf(last))).toEqual(
      new Set(['import', 'handling', 'policy-locked', 'look', 'training', 'policy-changed']),
    );
  });

  it('are saved together where a part belongs to it: neither is there when the write fails', async () => {
    const { store, written } = watchWrites();
    const { journey } = openJourney(newProject('p1', 'Test', 'file', 0), store);
    const failing: ProjectStore['put'] = () =>
      Promise.resolve({ ok: false, failure: { code: 'storage-full', message: 'Full.' } });
    const put = vi.spyOn(store, 'put').mockImplementation(failing);
    expect(await journey.source.take(csv, csv.name, 'file')).toMatchObject({ ok: false });
    expect([journey.record.source, journey.governance.log]).toEqual([null, []]);
    put.mockRestore();
    take(await journey.source.take(csv, csv.name, 'file'));
    expect(written.map((record) => [record.source !== null, actsOf(record)])).toEqual([[true, ['import']]]);
  });

  it('are not saved where the entry cannot be made, and nothing is after it', async () => {
    const { store, written } = watchWrites();
    const { journey } = openJourney(newProject('p1', 'Test', 'file', 0), store);
    journey.change({ step: 'schema' });
    take(await journey.saved());
    vi.spyOn(crypto.subtle, 'digest').mockRejectedValueOnce(new Error('killed'));
    journey.change({ runs: [{ ...sampleRun('r2', 'finished'), evidence: null }] });
    expect(await journey.saved()).toMatchObject({ ok: false, failure: { code: 'internal' } });
    journey.change({ step: 'train' });
    expect(await journey.saved()).toMatchObject({ ok: false });
    expect(await journey.governance.noteFile('r2', 'run.json')).toMatchObject({ ok: false });
    expect(written.map(({ runs, step, governance }) => [runs.length, step, governance.log.length])).toEqual([
      [0, 'schema', 0],
    ]);
  });

  it('are together in a package that is signed and released', async () => {
    const written: ProjectRecord[] = [];
    const scene = await openScene();
    const put = scene.store.put.bind(scene.store);
    vi.spyOn(scene.store, 'put').mockImplementation(
      (record, parts) => (written.push(record), put(record, parts)),
    );
    await signAsAuthor(scene, 'The board knows.');
    await scene.journey.saved();
    for (const { governance, release } of written)
      expect(governance.log.filter(({ act }) => act === 'sign-off')).toHaveLength(
        release.packages.flatMap(({ signOffs }) => signOffs).length,
      );
    expect(written.at(-1)?.release.packages[0]?.signOffs).toHaveLength(1);
  });
});

describe('what leaves and enters the page', () => {
  it('is on record, and saved so, before it leaves', async () => {
    const { store, written } = watchWrites();
    const { journey } = openJourney(newProject('p1', 'Test', 'file', 0), store);
    take(await journey.source.take(csv, csv.name, 'file'));
    take(
      await journey.editing.editColumn({ column: 'age', set: 'bounds', value: { min: 40, max: 98765432 } }),
    );
    take(await journey.editing.noteFile());
    take(await journey.governance.notePolicyFile());
    const last = written.at(-1);
    expect(last?.governance.log.slice(-2)).toMatchObject([
      { act: 'export', detail: { what: 'edits.json', nEdits: 1 } },
      { act: 'export', detail: { what: 'policy.json', hash: expect.any(String) } },
    ]);
    expect(JSON.stringify(last?.governance.log)).not.toContain('98765432');
  });

  it('does not leave where that cannot be saved, unless there is only no room', async () => {
    const { store } = watchWrites();
    const { journey } = openJourney(newProject('p1', 'Test', 'file', 0), store);
    const put = vi.spyOn(store, 'put');
    for (const code of ['project-locked', 'storage-full'] as const) {
      put.mockResolvedValueOnce({ ok: false, failure: { code, message: 'No.' } });
      const noted = await journey.governance.noteFile('r1', 'run.json');
      expect(noted.ok).toBe(code === 'storage-full');
    }
  });

  it('is on record together with what a file of edits or of criteria brings into force', async () => {
    const { store, written } = watchWrites();
    const { journey } = openJourney(newProject('p1', 'Test', 'file', 0), store);
    take(await journey.source.take(csv, csv.name, 'file'));
    const edits = [{ of: 'schema', column: 'age', set: 'included', value: false }] as const;
    take(await journey.editing.applyText(JSON.stringify(makeEditsFile(edits))));
    take(await journey.governance.setPolicy(presetPolicy('sharing'), '', 'file'));
    await journey.saved();
    for (const record of written) {
      const acts = actsOf(record);
      expect(acts.filter((act) => act === 'handling')).toHaveLength(record.edits === null ? 0 : 1);
      const nFiles = Number(record.edits !== null) + Number(record.governance.policy !== null);
      expect(acts.filter((act) => act === 'import')).toHaveLength(1 + nFiles);
    }
    expect(written.at(-1)?.governance.log.slice(1)).toMatchObject([
      { act: 'import', detail: { what: 'edits.json', nEdits: 1 } },
      { act: 'handling' },
      { act: 'import', detail: { what: 'policy.json' } },
    ]);
  });
});
