import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { waitForLock } from '../journey/app';

/** A browser with a lasting profile, whose processes can be killed and which can be opened again. */
export class KillableBrowser {
  private readonly profile = mkdtempSync(join(tmpdir(), 'understudy-kill-'));
  private context: BrowserContext | null = null;
  private page: Page | null = null;
  readonly errors: string[] = [];

  constructor(
    private readonly url: string,
    private readonly args: readonly string[] = [],
  ) {}

  /** Opens the page in a new tab, in a new browser where the last one was killed. `onTab` sees it before it is ready. */
  async open(onTab: (page: Page) => void = () => undefined): Promise<Page> {
    this.context ??= await this.launch();
    await Promise.race([this.page?.close().catch(() => undefined), sleep(3_000)]);
    const page = await this.context.newPage();
    page.setDefaultTimeout(30_000);
    this.page = page;
    onTab(page);
    await page.goto(this.url);
    await waitForLock(page);
    return page;
  }

  /** SIGKILL, so that nothing can say goodbye. */
  async kill(victim: 'tab' | 'browser'): Promise<void> {
    const pids = await this.listProcesses(victim === 'tab' ? 'renderer' : 'browser');
    if (pids.length === 0) throw new Error(`no ${victim} process was found`);
    const gone = this.waitUntilGone(victim);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    // A tab that had no page of ours yet goes without an event.
    await Promise.race([gone, sleep(3_000)]);
    if (victim === 'browser') this.context = this.page = null;
  }

  async close(): Promise<void> {
    await this.context?.close().catch(() => undefined);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async launch(): Promise<BrowserContext> {
    const context = await launchChromium({ profile: this.profile, args: [...this.args] });
    context.on('weberror', (event) => this.errors.push(event.error().message));
    return context;
  }

  private async listProcesses(type: 'renderer' | 'browser'): Promise<readonly number[]> {
    const browser = this.context?.browser();
    if (browser === null || browser === undefined) throw new Error('no browser is open');
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.filter((one) => one.type === type).map((one) => one.id);
  }

  private async waitUntilGone(victim: 'tab' | 'browser'): Promise<void> {
    const { context, page } = this;
    if (context === null || page === null) return;
    await (victim === 'browser'
      ? new Promise<void>((resolve) => context.once('close', () => resolve()))
      : new Promise<void>((resolve) => page.once('crash', () => resolve())));
  }
}
