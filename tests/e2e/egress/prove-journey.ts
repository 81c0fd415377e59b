import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dist, openApp } from '../journey/app';
import { makeCanaryTable } from './canary-table';
import { isNoise } from './noise';
import { walk, walkOn } from './walk';
import { openWitness, type Moment, type Traffic, type Witness } from './witness';

/**
 * Tests that walk the whole journey with canaries in every place of a record, watched from outside the browser.
 *
 * @param asked how to watch, as UNDERSTUDY_EGRESS says it; undefined for the strongest way this machine allows
 */
export function proveJourney(asked?: string): void {
  const table = makeCanaryTable();
  let witness: Witness;
  let context: BrowserContext;
  let page: Page;
  let server: { url: string; port: number };
  let locked: Moment;
  let traffic: Traffic;

  beforeAll(async () => {
    witness = await openWitness(asked);
    console.log(witness.sentence);
    server = await witness.serve({ folder: dist });
    context = await witness.launch();
    page = await openApp(context, server.url);
    locked = await witness.now(server.port);
  });

  afterAll(() => witness.close());

  it('goes from a file with canaries to records, a project file, a reload and a passed self-test', async () => {
    const { records, projectFile, selfTest } = await walk(page, table);
    expect(records.toString().split('\n')[0]).toContain(table.canaries.header);
    expect(records.toString()).toContain(table.canaries.category);
    expect(projectFile.length).toBeGreaterThan(10_000);
    expect(selfTest).toMatch(/^\d+ ways out tried, all refused\.$/);
  });

  it('goes on without its server', async () => {
    await witness.stopServer(server.port);
    expect((await walkOn(page)).toString()).toContain(table.canaries.header);
  });

  it('sends nothing to anybody but the own server, which is asked for sw.js without a query or a cookie', async () => {
    await context.close();
    traffic = await witness.report(locked, server.port, Object.values(table.canaries));
    console.log(
      `${String(traffic.nSeen)} packets or entries seen since the lock; looked up: ${traffic.names.join(', ')}`,
    );
    expect(traffic.nSeen).toBeGreaterThan(0);
    expect(traffic.nDropped).toBe(0);
    expect(traffic.foreign.filter((entry) => !isNoise(entry))).toEqual([]);
    expect(traffic.names.filter((name) => !isNoise(name))).toEqual([]);
    expect(traffic.requests).toEqual(['GET /sw.js']);
  });

  it('lets no canary out, in any disguise', () => {
    expect(traffic.canaries).toEqual([]);
  });
}
