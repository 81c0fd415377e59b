import { describe, expect, it } from 'vitest';
import {
  button,
  chooseFile,
  download,
  goTo,
  openApp,
  startProject,
  startTraining,
  train,
  type,
  unfold,
  waitForLock,
  waitForResult,
  waitUntilSaved,
} from '../journey/app';
import { makeClinicTable } from '../journey/clinic-table';
import { file, long, fillStorage, live, readAlert, setScene, shoot, trainPastCheckpoint } from './scene';
import { changeRecord, copyParts, deletePart, putPart } from './tamper';

/** Storage that is full, refused or damaged: a sentence says what happened, what is kept and what to do. */
const scene = setScene();

describe('storage', () => {
  it('that is full while a model is kept leaves the run at its checkpoint, to go on later', async () => {
    await trainPastCheckpoint(scene.page);
    await fillStorage(scene.page);
    await button(scene.page, 'Stop and keep the best').click();
    expect(await readAlert(scene.page)).toMatch(
      /model could not be kept.*storage for this page is full.*from step [\d\s]+ when you press Continue/s,
    );
    await scene.page.getByRole('cell', { name: /^interrupted/ }).waitFor();
    expect(await scene.page.getByText('Saved on this device').count()).toBe(0);
    await scene.page.evaluate('makeRoom()');
    await button(scene.page, 'Continue').click();
    await live(scene.page).waitFor();
    await button(scene.page, 'Stop and keep the best').click();
    await waitForResult(scene.page);
    await waitUntilSaved(scene.page);
  });

  it('that reaches the quota of the browser keeps no half of a table, and the one before', async () => {
    await scene.page.close();
    const [blank] = scene.context.pages();
    if (blank === undefined) throw new Error('no tab is open');
    const session = await scene.context.newCDPSession(blank);
    const { origin } = new URL(scene.url);
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 400_000 });
    scene.page = await openApp(scene.context, scene.url);
    await startProject(scene.page, file);
    await waitUntilSaved(scene.page);
    await unfold(scene.page, 'Use another table');
    const large = makeClinicTable(10_000, 3).csv;
    await chooseFile(scene.page, { name: 'ward.csv', content: large });
    expect(await readAlert(scene.page)).toMatch(/what you had is unchanged.*storage for this page is full/s);
    await scene.page.getByText('clinic.csv was read as 200 rows').waitFor();
    await session.detach();
    await unfold(scene.page, 'Use another table');
    await chooseFile(scene.page, { name: 'ward.csv', content: large });
    await scene.page.getByText('ward.csv was read as 10').waitFor();
    await waitUntilSaved(scene.page);
  });

  it('that the browser refuses leaves the page usable and says that nothing is kept', async () => {
    await scene.page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    });
    await scene.page.reload();
    await waitForLock(scene.page);
    expect(await readAlert(scene.page)).toMatch(/could not open its storage.*switched off.*private window/s);
    await startProject(scene.page, file);
    await button(scene.page, 'Only in this page').click();
    await shoot(scene.page);
    expect(await scene.page.getByRole('dialog').innerText()).toMatch(/keeps nothing/);
  });

  it('that cannot hold an exported file says so, and the records stay', async () => {
    await startProject(scene.page, file);
    await train(scene.page, { model: 'Independent columns' });
    await goTo(scene.page, 'Export');
    await type(scene.page.getByLabel('Records to write'), '5000');
    await scene.page.evaluate(() => {
      const { write } = FileSystemWritableFileStream.prototype;
      Object.assign(globalThis, {
        makeRoom: () => (FileSystemWritableFileStream.prototype.write = write),
      });
      FileSystemWritableFileStream.prototype.write = () =>
        Promise.reject(new DOMException('no space', 'QuotaExceededError'));
    });
    await button(scene.page, 'Download synthetic records').click();
    expect(await readAlert(scene.page)).toMatch(/could not write the file.*full/s);
    await scene.page.evaluate('makeRoom()');
    expect((await download(scene.page, 'Download synthetic records')).bytes.length).toBeGreaterThan(5000);
  });
});

describe('what is stored', () => {
  it('is named as damaged when a record is, and can be erased', async () => {
    await startProject(scene.page, file);
    await waitUntilSaved(scene.page);
    await button(scene.page, 'All projects').click();
    await changeRecord(scene.page, { schema: { version: 1, columns: 'none' } });
    await button(scene.page, 'Open clinic').click();
    expect(await readAlert(scene.page)).toMatch(/project is damaged.*project file.*erase/s);
    await button(scene.page, 'Dismiss').click();
    await button(scene.page, 'Erase clinic').click();
    await button(scene.page, 'Erase the project').click();
    await scene.page.getByText('None yet.').waitFor();
  });

  it('is left alone when a newer version wrote it', async () => {
    await startProject(scene.page, file);
    await waitUntilSaved(scene.page);
    await button(scene.page, 'All projects').click();
    await changeRecord(scene.page, { version: 99 });
    await button(scene.page, 'Open clinic').click();
    expect(await readAlert(scene.page)).toMatch(/newer version.*Reload.*not changed/s);
  });

  it('does without a source that is missing, and takes the same file again', async () => {
    await startProject(scene.page, file);
    await train(scene.page, { model: 'Independent columns' });
    await waitUntilSaved(scene.page);
    await goTo(scene.page, 'Data');
    await button(scene.page, 'All projects').click();
    await deletePart(scene.page, 'source');
    await button(scene.page, 'Open clinic').click();
    expect(await readAlert(scene.page)).toMatch(
      /not kept in this project.*same file again.*results that are there/s,
    );
    await goTo(scene.page, 'Synthetic data');
    await scene.page.locator('.finding').waitFor();
  });

  it('starts a run again when its checkpoint is of another project, and says so', async () => {
    await trainPastCheckpoint(scene.page);
    await button(scene.page, 'All projects').click();
    await button(scene.page, 'Leave').click();
    await startProject(scene.page, { name: 'other.csv', content: makeClinicTable(200, 9).csv });
    await startTraining(scene.page, { ...long, seed: 8 });
    await live(scene.page).waitFor();
    await button(scene.page, 'Pause').click();
    await scene.page.getByText(/last checkpoint, saved at step/).waitFor();
    await waitUntilSaved(scene.page);
    await button(scene.page, 'All projects').click();
    await button(scene.page, 'Leave').click();
    await copyParts(scene.page, 'other', 'clinic', 'checkpoint');
    await button(scene.page, 'Open clinic').click();
    expect(await readAlert(scene.page)).toMatch(
      /saved training state.*another seed.*start the training again/s,
    );
  });

  it('says when the model of a run is missing', async () => {
    await startProject(scene.page, file);
    await train(scene.page, { model: 'Independent columns' });
    await waitUntilSaved(scene.page);
    await button(scene.page, 'All projects').click();
    await deletePart(scene.page, 'model');
    await button(scene.page, 'Open clinic').click();
    await goTo(scene.page, 'Export');
    await type(scene.page.getByLabel('Records to write'), '77');
    await button(scene.page, 'Download synthetic records').click();
    expect(await readAlert(scene.page)).toMatch(/model of this run is missing/);
  });

  it('says when a checkpoint cannot be read, and the run can be begun anew', async () => {
    await trainPastCheckpoint(scene.page);
    await waitUntilSaved(scene.page);
    await button(scene.page, 'All projects').click();
    await button(scene.page, 'Leave').click();
    await putPart(scene.page, 'checkpoint', {
      kind: 'value',
      json: '{"$array":"f32","at":0,"length":4}',
      arrays: '12',
    });
    await button(scene.page, 'Open clinic').click();
    expect(await readAlert(scene.page)).toMatch(/damaged|cannot be read|no longer be read/);
  });
});
