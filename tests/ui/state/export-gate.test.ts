import { expect, it } from 'vitest';
import { answer } from './release-answers';
import { forReview, messageOf, openScene, signAsAuthor, take } from './release-scene';

const OTHERS = 'What was signed are 2 records of seed 7; these are others.';

it('opens for the signed records alone, in whatever format, and asks a reason for any others', async () => {
  const scene = await openScene();
  const { journey, run, delivery } = scene;
  const kept = { nRows: 2, seed: 7, wishes: null };
  const unsigned = [expect.stringMatching(/have not signed these records off/)];
  expect(delivery.findObstacles(run, kept)).toEqual(expect.arrayContaining(unsigned));
  await signAsAuthor(scene);
  take(await journey.release.takeAnswer(run, await answer(await forReview(scene))));
  expect([delivery.findObstacles(run, kept), delivery.findObstacles(run, null)]).toEqual([[], []]);
  for (const other of [{ nRows: 3 }, { seed: 8 }])
    expect(delivery.findObstacles(run, { ...kept, ...other })).toEqual([OTHERS]);
  const order = { ...kept, nRows: 3, format: 'csv' } as const;
  const saved = await delivery.saveRecords(run, order, { fileName: 'a.csv', how: 'download' });
  expect(messageOf(saved)).toMatch(/^Say why the records are exported/);
});
