import { describe, expect, it } from 'vitest';
import { writeReleaseArchive } from '../../../src/platform/release-archive';
import type { SignOff } from '../../../src/release/sign-off';
import { makeSigner } from '../../release/sample-keys';
import { answer, REVIEWER, reviewer, writeAnswer } from './release-answers';
import { acts, AUTHOR, author, forReview, messageOf, openScene, signAsAuthor, take } from './release-scene';

/** A sign-offs file with one sign-off changed. */
async function changed(file: Blob, change: (signOff: SignOff) => SignOff): Promise<Blob> {
  const { signOffs } = JSON.parse(await file.text()) as { signOffs: readonly SignOff[] };
  return writeAnswer(signOffs.map(change));
}

describe('the answer of a reviewer', () => {
  it('that rejects is shown with its reason, and blocks', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const file = await answer(await forReview(scene), { decision: 'reject', reason: 'Too few rows.' });
    take(await journey.release.takeAnswer(run, file));
    expect(journey.release.findMissing(run)[0]).toBe(
      'R. Eviewer (reviewer) rejected the release: Too few rows.',
    );
    expect(messageOf(await journey.release.writeRelease(run))).toContain('Too few rows.');
    expect(journey.governance.log.at(-1)?.detail).toMatchObject({
      reason: 'Too few rows.',
      made: 'elsewhere',
    });
  });

  it('that a key of this very browser signed counts, is logged as made here, and is told of', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const file = await answer(await forReview(scene));
    take(await journey.release.takeAnswer(run, file, [author.publicKey, reviewer.publicKey]));
    expect(journey.release.answer).toMatchObject({ run: run.id, nOwn: 1, refused: [] });
    expect(journey.release.isSignedOff(run)).toBe(true);
    expect(journey.governance.log.at(-1)?.detail).toMatchObject({ role: 'reviewer', made: 'here' });
  });

  it('is no sign-off of one’s own where the key is not kept here', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const file = await answer(await forReview(scene));
    take(await journey.release.takeAnswer(run, file, [author.publicKey]));
    expect(journey.release.answer).toMatchObject({ nOwn: 0 });
    expect(journey.governance.log.at(-1)?.detail).toMatchObject({ role: 'reviewer', made: 'elsewhere' });
  });

  it('may be a whole package, and what is here already is not taken twice', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const own = await writeReleaseArchive(await forReview(scene));
    expect(take(await journey.release.takeAnswer(run, own))).toEqual({ added: [], refused: [] });
    const file = await answer(await forReview(scene));
    take(await journey.release.takeAnswer(run, file));
    expect(take(await journey.release.takeAnswer(run, file))).toEqual({ added: [], refused: [] });
    expect(journey.release.signOffsOf(run)).toHaveLength(2);
  });

  it('is refused where a signature does not hold, or is over other files, another log, or by the key of the author', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const sent = await forReview(scene);
    const good = await answer(sent);
    const wrong: readonly (readonly [Blob, RegExp])[] = [
      [
        await changed(good, (one) => ({ ...one, statement: { ...one.statement, reason: 'Fine!' } })),
        /does not hold/,
      ],
      [await answer(sent, { hashes: { 'dossier.json': 'ab' } }), /signed other files .*README\.txt, /],
      [await answer(sent, { log: { length: 2, hash: 'ab' } }), /signed another log/],
      [await answer(sent, {}, author), /with the key that signed as author/],
      [await answer(sent, { name: ' ' }), /needs the name/],
    ];
    for (const [file, why] of wrong)
      expect(take(await journey.release.takeAnswer(run, file))).toEqual({
        added: [],
        refused: [expect.stringMatching(why)],
      });
    expect(journey.release.signOffsOf(run)).toHaveLength(1);
    expect(acts(scene).filter((act) => act === 'sign-off')).toHaveLength(1);
  });

  it('that was given on the package before it was built again is refused', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const old = await answer(await forReview(scene));
    journey.release.state('purpose', 'Other.');
    await signAsAuthor(scene);
    const { refused } = take(await journey.release.takeAnswer(run, old));
    expect(refused).toEqual([expect.stringMatching(/before it was built again/)]);
  });

  it('is refused as a whole where the file is no such file', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    await signAsAuthor(scene);
    const zip = new Uint8Array(await (await writeReleaseArchive(await forReview(scene))).arrayBuffer());
    const wrong: readonly (readonly [Blob, RegExp])[] = [
      [new Blob(['hello']), /holds no sign-offs/],
      [new Blob(['{"format":"understudy-sign-offs", "version":1,"signOffs":[]}']), /canonical form/],
      [new Blob([zip, 'x']), /not written as release packages are|damaged|not a release package/],
      [new Blob([zip.slice(0, 900)]), /damaged|not a release package/],
    ];
    for (const [file, why] of wrong) {
      expect(messageOf(await journey.release.takeAnswer(run, file))).toMatch(why);
      expect(journey.release.failure?.message).toMatch(why);
    }
  });
});

describe('signing', () => {
  it('needs a name and a reason for a rejection, and one key does not sign in two roles', async () => {
    const scene = await openScene();
    const { journey, run } = scene;
    expect(messageOf(await journey.release.sign(run, AUTHOR, author))).toMatch(/No package has been built/);
    await signAsAuthor(scene);
    const refused = [
      [{ ...REVIEWER, name: '' }, reviewer, /name/],
      [{ ...REVIEWER, decision: 'reject' }, reviewer, /a rejection needs a reason/],
      [REVIEWER, author, /signed with the key that signed as author/],
    ] as const;
    for (const [said, signer, why] of refused)
      expect(messageOf(await journey.release.sign(run, said, signer))).toMatch(why);
    const other = { ...makeSigner(), sign: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
    expect(messageOf(await journey.release.sign(run, REVIEWER, other))).toMatch(/could not sign/);
    expect(journey.release.signOffsOf(run)).toHaveLength(1);
  });
});
