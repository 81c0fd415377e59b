import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  button,
  download,
  goTo,
  heading,
  openApp,
  startProject,
  startTraining,
  train,
  type,
  waitForResult,
  waitUntilSaved,
} from '../journey/app';
import { makeClinicTable } from '../journey/clinic-table';
import { readRunJson } from '../journey/run-account';
import { file, live, readAlert, setScene, trainPastCheckpoint } from './scene';

/** What goes wrong around the page: a sentence says what happened, what is kept and what to do. */
const scene = setScene();

describe('another tab', () => {
  it('that erases the project says so here, and nothing comes back', async () => {
    await startProject(scene.page, file);
    await waitUntilSaved(scene.page);
    const second = await openApp(scene.context, scene.url);
    await button(second, 'Leave it there').click();
    await button(second, 'Erase clinic').click();
    await button(second, 'Erase the project').click();
    expect(await readAlert(scene.page)).toMatch(/erased in another tab.*no longer on this device/s);
    await goTo(scene.page, 'Schema');
    await scene.page.getByLabel('Role of smoker').selectOption('Sensitive');
    await button(scene.page, 'Back to all projects').click();
    await scene.page.getByText('None yet.').waitFor();
    await second.reload();
    await second.getByText('None yet.').waitFor();
  });
});

describe('a source file', () => {
  it('that was changed or removed after it was chosen is asked for again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-source-'));
    const path = join(folder, 'cohort.csv');
    for (const after of ['gone', 'changed'] as const) {
      writeFileSync(path, file.content);
      await scene.page.evaluate(() => {
        const { request } = LockManager.prototype;
        const open = new Promise((resolve) => Object.assign(globalThis, { openGate: resolve }));
        LockManager.prototype.request = async function (this: LockManager, ...parameters: unknown[]) {
          await open;
          LockManager.prototype.request = request;
          return Reflect.apply(request, this, parameters) as unknown;
        } as typeof request;
      });
      const [chooser] = await Promise.all([
        scene.page.waitForEvent('filechooser'),
        button(scene.page, 'Choose a file').click(),
      ]);
      await chooser.setFiles(path);
      if (after === 'gone') rmSync(path);
      else writeFileSync(path, makeClinicTable(50).csv);
      await scene.page.evaluate('openGate()');
      expect(await readAlert(scene.page)).toMatch(
        /could not be read.*moved or changed since it was chosen.*again/s,
      );
      await button(scene.page, 'All projects').click();
    }
    rmSync(folder, { recursive: true });
  });
});

describe('a background worker', () => {
  async function endWorkers(): Promise<void> {
    for (const worker of scene.page.workers()) await worker.evaluate(() => close()).catch(() => undefined);
  }

  it('that dies while it trains leaves the run at its checkpoint', async () => {
    await trainPastCheckpoint(scene.page);
    await endWorkers();
    expect(await readAlert(scene.page)).toMatch(
      /background worker.*memory.*saved is kept.*from step [\d\s]+ when you press Continue/s,
    );
    await button(scene.page, 'Continue').click();
    await live(scene.page).waitFor();
    await button(scene.page, 'Stop and keep the best').click();
    await waitForResult(scene.page);
  });

  it('that dies between two uses is replaced without a word', async () => {
    await startProject(scene.page, file);
    await endWorkers();
    await train(scene.page, { model: 'Independent columns' });
    await goTo(scene.page, 'Export');
    await endWorkers();
    await type(scene.page.getByLabel('Records to write'), '77');
    const { bytes } = await download(scene.page, 'Download synthetic records');
    expect(bytes.toString().trimEnd().split('\n')).toHaveLength(78);
  });
});

describe('a clock', () => {
  it('that jumps backwards leaves times that make sense', async () => {
    await scene.page.evaluate(() => {
      const now = Date.now;
      let shift = 0;
      Object.assign(globalThis, { jump: () => (shift = -86_400_000) });
      Date.now = () => now() + shift;
    });
    await startProject(scene.page, file);
    await startTraining(scene.page, { model: 'Independent columns' });
    await scene.page.evaluate('jump()');
    await waitForResult(scene.page);
    await goTo(scene.page, 'Export');
    const run = readRunJson((await download(scene.page, 'Download run.json')).bytes);
    for (const seconds of Object.values(run.seconds)) expect(seconds ?? 0).toBeGreaterThanOrEqual(0);
    expect(Date.parse(run.run.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(run.run.startedAt));
    await waitUntilSaved(scene.page);
    await scene.page.reload();
    await heading(scene.page, 'Export').waitFor();
  });
});
