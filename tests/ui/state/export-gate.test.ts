import { describe, expect, it } from 'vitest';
import { presetPolicy } from '../../../src/release/policy-presets';
import { listOverrideMarks, markFileName } from '../../../src/ui/state/run-marks';
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

describe('records that leave in spite of what stands in the way', () => {
  const asked = { nRows: 2, seed: 7, wishes: null };
  const REASON = 'The board knows.';

  it('mark every file of the account that goes with them, once a reason is on record', async () => {
    const { journey, run, delivery } = await openScene();
    const writeAll = async (): Promise<Record<string, string>> => ({
      ...take(await delivery.makeDictionary(run)),
      schema: take(await delivery.makeSchemaJson(run)),
      evaluation: delivery.makeEvaluationJson(run) ?? '',
    });
    for (const [name, text] of Object.entries(await writeAll()))
      expect([name, text.includes('OVERRIDE')]).toEqual([name, false]);
    await journey.governance.noteExport(run.id, { ...asked, format: 'csv' }, ['x'], REASON);
    const marked = await writeAll();
    for (const [name, text] of Object.entries(marked))
      expect([name, text.includes(REASON)]).toEqual([name, true]);
    const mark = 'OVERRIDE (1970-01-01T00:00:00.000Z): The board knows.';
    expect(JSON.parse(marked['schema'] ?? '')).toMatchObject({ version: 1, marks: [mark] });
    expect(JSON.parse(marked['evaluation'] ?? '')).toMatchObject({ notes: [], marks: [mark] });
    const lines = (marked['csv'] ?? '').trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/,notes,marks$/);
    for (const line of lines.slice(1)) expect(line).toMatch(new RegExp(`,${mark.replace(/[().]/g, '.')}$`));
  });

  it('say so in the name of their file, before the reason is on record and after', async () => {
    const { journey, run, delivery } = await openScene();
    const name = () => delivery.nameRecords(run, asked, 'synthetic.csv');
    expect(name()).toBe('synthetic-override.csv');
    await journey.governance.noteOverride('another run', ['x'], REASON);
    expect(listOverrideMarks(journey, run)).toEqual([]);
    await journey.governance.noteOverride(run.id, ['x'], REASON);
    expect(listOverrideMarks(journey, run).join()).toContain(REASON);
    await journey.governance.setPolicy(presetPolicy('testing'), 'only a test after all');
    expect(delivery.findObstacles(run, asked)).toEqual([]);
    expect(name()).toBe('synthetic-override.csv');
  });

  it('do not where nothing stands in the way', async () => {
    const { run, delivery } = await openScene({ policy: presetPolicy('testing') });
    expect(delivery.nameRecords(run, asked, 'synthetic.csv')).toBe('synthetic.csv');
  });

  it.each([
    ['synthetic.csv', 'synthetic-override.csv'],
    ['synthetic-override.parquet', 'synthetic-override.parquet'],
    ['ward.7 b', 'ward.7 b-override'],
    ['records', 'records-override'],
    ['.csv', '.csv-override'],
  ])('%s becomes %s', (name, marked) => {
    expect(markFileName(name)).toBe(marked);
  });
});
