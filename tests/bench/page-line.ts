import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../src/headless/chromium.mjs';
import { waitForAutomation } from '../../src/headless/run-in-page.mjs';
import { serve } from '../../src/headless/serve.mjs';
import { buildIfNeeded } from '../../src/headless/start.mjs';
import { dist } from '../e2e/journey/app';
import { findRenderers, MemoryWatch, type StageGrowth } from './process-memory';

/** One stage of the way from file to file, as the page did it. */
export interface StageFigures extends StageGrowth {
  readonly stage: string;
  readonly ms: number;
}

/** The longest that one stage may take. */
const STAGE_MS = 45 * 60_000;
const LOOK_EVERY_MS = 50;

/** The built page in a browser of its own, with its process watched from the moment it is at rest. */
export class PageLine {
  readonly figures: StageFigures[] = [];
  private since = performance.now();

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly server: { close(): Promise<void> },
    private readonly watch: MemoryWatch,
  ) {}

  static async open(): Promise<PageLine> {
    if (process.env.UNDERSTUDY_DIST === undefined) buildIfNeeded();
    const server = await serve({ folder: dist, headers: true });
    const context = await launchChromium();
    const page = await context.newPage();
    page.setDefaultTimeout(STAGE_MS);
    await page.goto(server.url);
    await waitForAutomation(page);
    await page.waitForTimeout(1000);
    return new PageLine(page, context, server, new MemoryWatch(findRenderers(process.pid)));
  }

  /** Does `act` and notes what it took. */
  async measure(stage: string, act: () => Promise<unknown>): Promise<StageFigures> {
    this.begin();
    await act();
    return this.note(stage);
  }

  /** Follows what the page says it is doing until it does nothing more, each as a stage of its own. */
  async follow(name: (label: string) => string, until: () => Promise<boolean>): Promise<void> {
    this.begin();
    let stage: string | null = null;
    let hasBegun = false;
    for (;;) {
      const label = await this.page.evaluate(readLabel);
      const now = label === null ? null : name(label);
      if (now !== stage) {
        if (stage !== null) this.note(stage);
        else this.begin();
        stage = now;
        hasBegun = true;
      }
      if (now === null && hasBegun && (await until())) return;
      await this.page.waitForTimeout(LOOK_EVERY_MS);
    }
  }

  async close(): Promise<void> {
    this.watch.stop();
    await this.context.close();
    await this.server.close();
  }

  private begin(): void {
    this.watch.lap();
    this.since = performance.now();
  }

  private note(stage: string): StageFigures {
    const figures = { stage, ms: performance.now() - this.since, ...this.watch.lap() };
    this.since = performance.now();
    this.figures.push(figures);
    return figures;
  }
}

/** Runs inside the page. */
function readLabel(): string | null {
  const id = document.querySelector('[role=progressbar]')?.getAttribute('aria-labelledby');
  return id === undefined || id === null ? null : (document.getElementById(id)?.textContent ?? '');
}
