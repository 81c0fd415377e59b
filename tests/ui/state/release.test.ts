import { describe, expect, it } from 'vitest';
import { findLogProblems } from '../../../src/release/audit-log';
import type { Dossier } from '../../../src/release/dossier';
import { MEMBER } from '../../../src/release/package';
import { listRequired } from '../../../src/release/required-statements';
import { presetPolicy } from '../../../src/release/policy-presets';
import { digestText } from '../../../src/platform/digest-text';
import { writeReleaseArchive } from '../../../src/platform/release-archive';
import { describeFile } from '../../../src/ui/steps/release/file-words';
import { verify } from '../../release/sample-package';
import { sampleEvaluation } from '../../release/sample-release';
import { answer, textIn } from './release-answers';
import {
  acts,
  AUTHOR,
  author,
  evaluate,
  forReview,
  membersOf,
  messageOf,
  openScene,
  signAsAuthor,
  SOURCE_ROWS,
  take,
  type Scene,
} from './release-scene';

describe('the way of a package', () => {
  it('goes from the build over two signatures to a release that anybody can verify', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    const { release } = journey;
    release.state('purpose', 'To teach.');
    await signAsAuthor(scene);
    expect(release.findMissing(run)).toEqual([
      'No reviewer has approved the release by a signature that holds.',
    ]);
    expect(messageOf(await release.writeRelease(run))).toMatch(/No reviewer has approved/);
    const sent = await forReview(scene);
    expect(await verify(sent)).toMatchObject({ isIntact: true, isReleasable: false });
    expect(take(await release.takeAnswer(run, await answer(sent)))).toMatchObject({ refused: [] });
    expect([release.findMissing(run), release.isSignedOff(run)]).toEqual([[], true]);
    const released = await membersOf(take(await release.writeRelease(run)));
    const verification = await verify(released);
    expect(verification.problems).toEqual([]);
    expect(verification.signers.map(({ name }) => name)).toEqual(['A. Uthor', 'R. Eviewer']);
    expect(release.packageOf(run)?.releasedAt).toBe(0);
    expect(acts(scene).slice(-5)).toEqual(['evaluation', 'sign-off', 'export', 'sign-off', 'export']);
    expect(await findLogProblems(journey.governance.log, digestText)).toEqual([]);
    const dossier = JSON.parse(textIn(released, MEMBER.dossier)) as Dossier;
    expect(dossier.sections[0]?.facts).toContainEqual(
      expect.objectContaining({ id: 'purpose', value: 'To teach.', by: 'person' }),
    );
    expect(dossier.notStated.map(({ id }) => id)).toContain('recipient');
    expect(dossier.outputs.map(({ name }) => name)).toEqual(['synthetic.csv', 'synthetic.parquet']);
    expect(dossier.sourceCommitment?.value).toMatch(/^[0-9a-f]{64}$/);
    expect(dossier.sections[2]?.facts.find(({ id }) => id === 'identifiersLearnt')?.value).toEqual([
      'age (ages)',
    ]);
    expect(textIn(released, MEMBER.readme)).toContain('were learnt: age (ages).');
  });

  it('keeps what was signed byte for byte, and the signatures with it, over a new visit', async () => {
    const scene = await openScene();
    const { release } = scene.journey;
    await signAsAuthor(scene);
    const first = await forReview(scene);
    await release.reopen(scene.run);
    expect(release.signOffsOf(scene.run)).toHaveLength(1);
    const second = await forReview(scene);
    for (const name of [MEMBER.dossier, MEMBER.dossierHtml, 'synthetic.csv', 'run.json'])
      expect(second.get(name)).toEqual(first.get(name));
  });

  it('forgets signatures that do not hold any more', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const packages = journey.record.release.packages.map((built) => ({
      ...built,
      signOffs: built.signOffs.map((signOff) => ({
        ...signOff,
        statement: { ...signOff.statement, name: 'Somebody else' },
      })),
    }));
    journey.change({ release: { ...journey.record.release, packages } });
    await journey.release.reopen(run);
    expect(journey.release.signOffsOf(run)).toEqual([]);
  });

  it('does not hand out a package that was changed where it is kept', async () => {
    const scene = await openScene();
    const { journey, run, store } = scene;
    await signAsAuthor(scene);
    const members = new Map(await forReview(scene));
    members.set('synthetic.csv', new TextEncoder().encode('other\n'));
    await store.put(journey.record, { 'release/r1': await writeReleaseArchive(members) });
    expect(messageOf(await journey.release.writeForReview(run))).toMatch(/was changed on this device/);
  });
});

describe('a package that leaves the house', () => {
  const policy = { ...presetPolicy('analytics'), purpose: 'sharing', name: 'Sharing' } as const;

  it('waits for what has to be stated, each named, and is built once it is', async () => {
    const { journey, run, gather, delivery } = await openScene({ policy });
    const { release } = journey;
    const [hurdle, ...others] = release.listHurdles(run);
    expect(others).toEqual([]);
    expect(hurdle).toMatchObject({ kind: 'override', step: 'release' });
    expect(hurdle?.sentence).toMatch(
      /^Not stated, and needed for “Sharing \(external sharing under agreement\)”: “Recipient”, “Legal basis”, /,
    );
    expect(delivery.findObstacles(run, null)).toContain(hurdle?.sentence);
    expect(messageOf(await release.build(run, gather, ''))).toMatch(/^Say why the package is built/);
    for (const id of listRequired('sharing')) release.state(id, 'Said.');
    expect(release.listHurdles(run)).toEqual([]);
    take(await release.build(run, gather, ''));
    expect(journey.governance.findOverride(run.id)).toBeNull();
  });

  it('without it takes a reason, which is on record with what is missing', async () => {
    const scene = await openScene({ policy });
    const { journey } = scene;
    for (const id of listRequired('sharing').slice(1)) journey.release.state(id, 'Said.');
    await signAsAuthor(scene, 'The recipient is not known yet.');
    const override = journey.governance.log.find(({ act }) => act === 'override');
    expect(override?.detail).toMatchObject({
      obstacles: ['Not stated, and needed for “Sharing (external sharing under agreement)”: “Recipient”.'],
      reason: 'The recipient is not known yet.',
    });
    const members = await forReview(scene);
    expect((await verify(members)).problems.map(({ kind }) => kind)).toEqual(['sign-off']);
    expect(textIn(members, MEMBER.readme)).toContain('The recipient is not known yet.');
  });
});

const RECORDS = ['synthetic-override.csv', 'synthetic-override.parquet'];

describe('a package', () => {
  it('holds no row of the source, no list of exposed records and no list of rows held out', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    const prepared = take(await journey.source.prepareFor(run.basis));
    expect(prepared.holdoutRows.length).toBeGreaterThan(5);
    const [exposed = ''] = SOURCE_ROWS;
    journey.evaluation.exposed = { of: run.id, found: { records: [exposed] } as never };
    await signAsAuthor(scene);
    const members = await forReview(scene);
    const texts = [...members].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')] as const);
    const cells = SOURCE_ROWS.flatMap((row) => row.split(',').filter((cell) => cell.length > 4));
    expect(cells).toHaveLength(160);
    // The file may name somebody; the project goes by its title.
    for (const [name, text] of texts) expect([name, text.includes('clinic')]).toEqual([name, false]);
    expect(JSON.parse(textIn(members, 'run.json'))).toMatchObject({ source: { name: 'Test' } });
    for (const [name, text] of texts)
      for (const cell of cells) expect([name, text.includes(cell)]).toEqual([name, false]);
    const rows = Array.from(prepared.holdoutRows).join(',');
    for (const [name, text] of texts)
      expect([name, text.replaceAll(/\s/g, '').includes(rows)]).toEqual([name, false]);
    expect(JSON.parse(textIn(members, 'run.json'))).toMatchObject({ split: { holdoutRows: null } });
    for (const name of ['policy.json', 'dossier.json', 'data-dictionary.csv'])
      expect([name, /marks/.test(textIn(members, name))]).toEqual([name, false]);
    expect([...members.keys()].sort()).toEqual(
      [
        ...['README.txt', 'SHA256SUMS', 'audit-log.json', 'croissant.json', 'prov.json'],
        ...['data-dictionary.csv', 'data-dictionary.md'],
        ...['dossier.html', 'dossier.json', 'manifest.json', 'policy.json', 'run.json'],
        ...['sign-offs.json', 'synthetic.csv', 'synthetic.parquet'],
      ].sort(),
    );
  });

  it('is not built before the run was evaluated under locked criteria', async () => {
    const scene = await openScene({ isLockedFirst: false, evaluation: null });
    const { journey, run, gather } = scene;
    expect(journey.release.listHurdles(run).map(({ kind, step }) => [kind, step])).toEqual([
      ['blocks', 'evidence'],
      ['blocks', 'evidence'],
    ]);
    expect(messageOf(await journey.release.build(run, gather, 'because'))).toMatch(
      /not evaluated.*\n.*not locked/,
    );
    expect(journey.record.release.packages).toEqual([]);
  });

  it('is not built before its records are drawn', async () => {
    const { journey, run } = await openScene();
    const undrawn = { ...run, synthetic: null };
    expect(journey.release.listHurdles(undrawn)).toEqual([
      { kind: 'blocks', step: 'synthetic', sentence: 'The records of this run are not drawn yet.' },
    ]);
    expect(journey.release.listHurdles(run)).toEqual([]);
  });

  it('tells each of its files in words', async () => {
    const scene = await openScene();
    await signAsAuthor(scene);
    const files = scene.journey.release.packageOf(scene.run)?.files ?? [];
    expect(files).toHaveLength(11);
    for (const { name } of files) expect([name, describeFile(name)]).not.toEqual([name, '']);
  });

  it('is built in spite of criteria that are not met for a written reason, which every text of it tells', async () => {
    const [measure, ...rest] = sampleEvaluation().measures;
    if (measure === undefined) throw new Error('no measure');
    const spoilt = { ...measure, value: 0.9, interval: { low: 0.8, high: 1 } };
    const scene = await openScene({ evaluation: { ...sampleEvaluation(), measures: [spoilt, ...rest] } });
    const { journey, run, gather } = scene;
    expect(messageOf(await journey.release.build(run, gather, ' '))).toMatch(/Say why/);
    expect(acts(scene)).not.toContain('override');
    await signAsAuthor(scene, 'The board knows.');
    const members = await forReview(scene);
    const silent = ['SHA256SUMS', 'manifest.json', 'sign-offs.json', ...RECORDS];
    for (const name of members.keys())
      if (!silent.includes(name))
        expect([name, /The board knows(?!\.\.)/.test(textIn(members, name))]).toEqual([name, true]);
    expect([...members.keys()].filter((name) => name.startsWith('synthetic'))).toEqual(RECORDS);
    for (const name of RECORDS) expect(describeFile(name)).not.toBe('');
    await journey.release.takeAnswer(run, await answer(members));
    const released = await membersOf(take(await journey.release.writeRelease(run)));
    expect((await verify(released)).notices.join()).toContain('The board knows.');
    await journey.release.build(run, gather, 'The board knows.');
    expect(acts(scene).filter((act) => act === 'override')).toHaveLength(1);
  });

  it('whose criteria were locked after results were seen is not released', async () => {
    const scene = await openScene({ isLockedFirst: false });
    const { journey, run } = scene;
    expect(journey.release.listHurdles(run).map(({ kind }) => kind)).toEqual(['stays']);
    await signAsAuthor(scene);
    await journey.release.takeAnswer(run, await answer(await forReview(scene)));
    const before = acts(scene).length;
    expect(messageOf(await journey.release.writeRelease(run))).toMatch(/after results had been seen/);
    expect(acts(scene)).toHaveLength(before);
  });
});

describe('a package that is no longer what the project would make', () => {
  const CHANGES: readonly (readonly [string, RegExp, (scene: Scene) => unknown])[] = [
    [
      'a statement',
      /what is stated was changed/,
      ({ journey }) => journey.release.state('purpose', 'Other.'),
    ],
    ['another name', /another name/, ({ journey }) => journey.change({ name: 'Other' })],
    [
      'a new evaluation',
      /^records were evaluated$/,
      ({ journey, run }) => evaluate(journey, run, sampleEvaluation(), 9),
    ],
    [
      'other criteria',
      /the criteria were changed/,
      ({ journey }) => journey.governance.setPolicy(presetPolicy('model-training'), 'asked for'),
    ],
    [
      'an export in spite of obstacles',
      /in spite of/,
      ({ journey, run }) => journey.governance.noteOverride(run.id, ['x'], 'why'),
    ],
    [
      'another run',
      /a run ended/,
      ({ journey, run }) =>
        journey.change({ runs: [...journey.record.runs, { ...run, id: 'r2', status: 'failed' }] }),
    ],
  ];

  it.each(CHANGES)('because of %s, says so and loses its signatures', async (_, why, act) => {
    const scene = await openScene();
    const { journey, run, gather } = scene;
    await signAsAuthor(scene);
    const sent = await forReview(scene);
    await journey.release.takeAnswer(run, await answer(sent));
    expect(journey.release.isSignedOff(run)).toBe(true);
    await act(scene);
    await journey.governance.settle();
    expect(journey.release.listStale(run)).toEqual([expect.stringMatching(why)]);
    expect(journey.release.isSignedOff(run)).toBe(false);
    expect(messageOf(await journey.release.sign(run, AUTHOR, author))).toMatch(
      /^Since the package was built, /,
    );
    expect(messageOf(await journey.release.writeForReview(run))).toMatch(/Build it again/);
    await journey.release.build(run, gather, '');
    expect(journey.release.listStale(run)).toEqual([]);
    expect(journey.release.packageOf(run)?.signOffs).toEqual([]);
    expect(acts(scene).filter((each) => each === 'sign-off')).toHaveLength(2);
  });
});
