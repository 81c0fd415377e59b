import { describe, expect, it } from 'vitest';
import { wrapPart } from '../../../src/platform/projects/parts';
import { writeProjectFile } from '../../../src/platform/projects/file/export';
import { listEntries, readEntry } from '../../../src/platform/projects/file/read-archive';
import { decodeUtf8 } from '../../../src/data/utf8';
import { forReview, openScene, signAsAuthor, take } from './release-scene';

/** The scene's source comes as clinic.csv. */
const FILE_NAME = /clinic/i;

describe('the name of the source file', () => {
  it('is in nothing that leaves, unless a person typed it', async () => {
    const scene = await openScene();
    const { journey, delivery, run } = scene;
    expect(journey.record.source?.name).toMatch(FILE_NAME);
    await signAsAuthor(scene, 'The board knows.');
    const members = await forReview(scene);
    for (const [name, bytes] of members)
      expect([name, FILE_NAME.test(decodeUtf8(bytes, 0, bytes.length))]).toEqual([name, false]);
    const { csv, markdown } = take(await delivery.makeDictionary(run));
    const texts = [
      ...[csv, markdown, take(await delivery.makeSchemaJson(run)), await delivery.makeRunJson(run)],
      delivery.makeEvaluationJson(run) ?? '',
      JSON.stringify(journey.governance.log),
    ];
    for (const text of texts) {
      expect(text).not.toBe('');
      expect(text).not.toMatch(FILE_NAME);
    }
    expect(JSON.parse(await delivery.makeRunJson(run))).toMatchObject({ source: { name: 'Test' } });
  });

  it('is in no project file without the source, and in one with it', async () => {
    const { journey } = await openScene();
    const parts = new Map([['synthetic/r1', wrapPart(new Blob(['a']))]] as const);
    const read = async (withSource: boolean) => {
      const blob = await writeProjectFile(journey.record, parts, withSource);
      const entries = await listEntries(blob);
      const texts = await Promise.all([...entries.values()].map((entry) => readEntry(blob, entry)));
      return texts.map((bytes) => decodeUtf8(bytes, 0, bytes.length)).join('');
    };
    expect(await read(true)).toMatch(FILE_NAME);
    expect(await read(false)).not.toMatch(FILE_NAME);
  });
});
