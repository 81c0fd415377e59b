import { describe, expect, it } from 'vitest';
import type { IngestClient } from '../../../src/client/ingest';
import { writeReleaseArchive } from '../../../src/platform/release-archive';
import { MEMBER, type Members } from '../../../src/release/package';
import { readPolicyHistory } from '../../../src/release/policy-history';
import { compareTable, listWritten } from '../../../src/ui/state/count-tables';
import { ReviewState } from '../../../src/ui/state/review.svelte';
import { writeAnswerFile } from '../../../src/ui/state/sign-package';
import { describeHistory, describeOrder } from '../../../src/ui/steps/review/policy-words';
import { listChecks } from '../../../src/ui/steps/review/review-checks';
import { createIngestService } from '../../../workers/ingest-service';
import { makeSigner } from '../../release/sample-keys';
import { author, makePackage, replace, reviewer, type PackageChoice } from '../../release/sample-package';
import { ACTS, writeLog } from '../../release/sample-release';

const BY_AUTHOR: PackageChoice = { signers: [['author', author, 'approve']], later: [] };
const SAID = { role: 'reviewer', name: 'R. Eviewer', decision: 'approve', reason: '' } as const;

function open(): ReviewState {
  const service = createIngestService({ nowMs: () => 0 });
  const reader = {
    ...service,
    open: (file: Blob, choice: object, onProgress: () => void) =>
      service.open(file, choice, onProgress, Infinity),
    end: () => undefined,
  } as unknown as IngestClient;
  return new ReviewState(
    () => reader,
    () => Date.UTC(2026, 10, 28, 12),
  );
}

async function take(state: ReviewState, members: Members): Promise<void> {
  await state.take(await writeReleaseArchive(members), 'cohort.zip');
}

function checksOf({ checked, tables }: ReviewState): readonly string[] {
  if (checked === null) throw new Error('no package');
  return listChecks(checked, tables).map(({ holds, sentence }) => `${String(holds)}: ${sentence}`);
}

describe('reviewing a package', () => {
  it('tells what was worked out again, and counts the records', async () => {
    const state = open();
    await take(state, await makePackage(BY_AUTHOR));
    expect([state.failure, state.status, state.obstacle]).toEqual([null, 'idle', null]);
    expect(checksOf(state)).toEqual([
      expect.stringMatching(/^true: 12 files are what the package lists and.*worked out again\.$/),
      'true: 1 of 1 signature holds.',
      expect.stringMatching(
        /^true: The log is whole: 8 entries, each with the fingerprint of the one before/,
      ),
      expect.stringMatching(/^true: 15 findings were worked out again/),
      'false: synthetic.csv has 3 rows, and the dossier says 800.',
    ]);
  });

  it('signs it so that it can be released, and hands out the one signature', async () => {
    const state = open();
    await take(state, await makePackage(BY_AUTHOR));
    expect(state.checked?.verification.isReleasable).toBe(false);
    const signed = await state.sign(SAID, reviewer);
    if (!signed.ok || state.signed === null) throw new Error('not signed');
    expect(state.checked?.verification).toMatchObject({ isReleasable: true, problems: [] });
    expect(JSON.parse(writeAnswerFile(signed.value))).toMatchObject({
      format: 'understudy-sign-offs',
      version: 1,
      signOffs: [{ statement: { role: 'reviewer', at: '2026-11-28T12:00:00.000Z', log: { length: 8 } } }],
    });
    const other = open();
    await other.take(state.signed.archive, 'signed.zip');
    expect(other.checked?.verification.isReleasable).toBe(true);
  });

  it('refuses the key that signed as author, a rejection without a reason, and a nameless one', async () => {
    const state = open();
    await take(state, await makePackage(BY_AUTHOR));
    expect((await state.sign(SAID, author)).ok).toBe(false);
    expect(state.failure?.message).toMatch(/the key that signed as author: two people are needed/);
    expect((await state.sign({ ...SAID, decision: 'reject' }, reviewer)).ok).toBe(false);
    expect(state.failure?.message).toMatch(/a rejection needs a reason/);
    expect((await state.sign({ ...SAID, name: '' }, reviewer)).ok).toBe(false);
    expect(state.signed).toBeNull();
  });

  it('does not sign what was altered', async () => {
    const state = open();
    await take(state, replace(await makePackage(BY_AUTHOR), 'synthetic.csv', 'age;sex\n1;f\n'));
    expect(state.obstacle).toMatch(/not as it was made/);
    expect((await state.sign(SAID, reviewer)).ok).toBe(false);
    expect(checksOf(state)[0]).toMatch(/^false: Files are not what/);
  });

  it('says which findings come to something else than is stated', async () => {
    const state = open();
    const members = await makePackage({ signers: [] });
    const dossier = Buffer.from(members.get(MEMBER.dossier) ?? []).toString();
    await take(
      state,
      replace(members, MEMBER.dossier, dossier.replace('"outcome":"pass"', '"outcome":"fail"')),
    );
    expect(checksOf(state)[3]).toMatch(/^false: Worked out again, 1 of 15 findings come to something else/);
    expect(state.checked?.findings[0]).toMatchObject({ isSame: false, stated: { outcome: 'fail' } });
  });

  it('lets go of a package that is still being read', async () => {
    const state = open();
    const file = await writeReleaseArchive(await makePackage(BY_AUTHOR));
    const reading = state.take(file, 'cohort.zip');
    await Promise.resolve();
    expect(state.status).toBe('reading');
    state.clear();
    await reading;
    expect([state.checked, state.failure, state.status]).toEqual([null, null, 'idle']);
  });

  it('says what else was chosen', async () => {
    const state = open();
    await state.take(new Blob(['a,b\n1,2\n']), 'table.csv');
    expect([state.checked, state.failure?.code]).toEqual([null, 'format-unknown']);
    const huge = { size: 2 ** 31, slice: () => new Blob() } as unknown as Blob;
    await state.take(huge, 'huge.zip');
    expect(state.failure?.message).toMatch(/larger than one gigabyte/);
  });

  it('takes a further role beside the two', async () => {
    const state = open();
    await take(state, await makePackage());
    expect((await state.sign({ ...SAID, role: 'ethics board' }, makeSigner())).ok).toBe(true);
    expect(state.checked?.verification.signers.map(({ role }) => role)).toContain('ethics board');
  });
});

describe('a table of a package', () => {
  const columns = [
    { header: 'Age (y)', name: 'Age (y)' },
    { header: 'sex', name: 'sex' },
  ];

  it('fits what is said of it, or not', () => {
    const table = { nRows: 3, headers: ['Age (y)', 'sex'] };
    expect(compareTable('s.csv', table, 3, columns)).toEqual({
      name: 's.csv',
      counts: { nRows: 3, nColumns: 2 },
      problems: [],
      against: ['the dossier', 'the data dictionary'],
    });
    expect(compareTable('s.csv', table, 4, columns.slice(1)).problems).toEqual([
      's.csv has 3 rows, and the dossier says 4.',
      's.csv has 2 columns, and the data dictionary lists 1.',
    ]);
    expect(compareTable('s.csv', { ...table, headers: ['sex', 'Age (y)'] }, 3, columns).problems).toEqual([
      'Column 1 of s.csv has another name than in the data dictionary.',
    ]);
    expect(compareTable('s.csv', 'it is empty', 3, null)).toMatchObject({
      counts: null,
      problems: [expect.stringMatching(/could not be read as a table: it is empty/)],
    });
  });

  it('is held against the columns that a dictionary gives a place', () => {
    const fields = ['position', 'name', 'source_header'];
    const rows = [
      ['1', 'a', 'A'],
      ['', 'notes', 'notes'],
      ['2', 'b', 'B'],
    ];
    expect(listWritten(fields, rows)).toEqual([
      { header: 'A', name: 'a' },
      { header: 'B', name: 'b' },
    ]);
    expect(listWritten(['column', 'type'], rows)).toBeNull();
  });
});

describe('the history of criteria in words', () => {
  it('tells in the order of the log whether they were fixed before results', async () => {
    const history = readPolicyHistory(await writeLog(ACTS));
    expect(describeOrder(history)).toBe('The criteria were fixed before results were seen.');
    const told = describeHistory(history);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(
      /^Entry 6 of the log\. .*the criteria were fixed, before any results were seen\.$/,
    );
    expect(told[1]).toBe('Entry 7 of the log. Results were seen for the first time.');
  });

  it('does not pass over criteria that were fixed late, set aside or never', async () => {
    const late = await writeLog([
      ['look', { results: true }],
      ['policy-locked', { hash: 'x' }],
      ['override', { reason: 'Needed for the course.' }],
    ]);
    expect(describeOrder(readPolicyHistory(late))).toBe(
      'The criteria were fixed after results had been seen.',
    );
    expect(describeHistory(readPolicyHistory(late)).at(-1)).toMatch(/set aside: Needed for the course\./);
    expect(describeOrder(readPolicyHistory([]))).toMatch(/holds no moment/);
  });
});
