import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { canInstallDebian, installDebian, isRoot } from './debian.mjs';

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Keeps the browser itself quiet, so that what is seen on the network is the page's. */
const quietFlags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
];

/** Loaded late: this file is also read before the dependencies are installed. */
async function loadPlaywright() {
  const { chromium } = await import('playwright-core');
  return chromium;
}

/**
 * Chromium on this machine: CHROMIUM_PATH, a system browser, or Playwright's own; null when there is none.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is "${named}", but there is no such file.`);
    return named;
  }
  const system = systemPaths.find((path) => existsSync(path));
  if (system !== undefined) return system;
  const own = (await loadPlaywright()).executablePath();
  return existsSync(own) ? own : null;
}

function installChromium() {
  if (canInstallDebian()) {
    console.error('No Chromium found: installing the Debian package "chromium".');
    installDebian('chromium');
  } else {
    console.error("No Chromium found: installing Playwright's own.");
    execFileSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}

/**
 * Path of a Chromium, installed when there is none; says on stderr what it did.
 * @returns {Promise<string>}
 */
export async function findOrInstallChromium() {
  const found = await findChromium();
  if (found !== null) {
    console.error(`Chromium: ${found}`);
    return found;
  }
  installChromium();
  const installed = await findChromium();
  if (installed === null) {
    throw new Error('No Chromium could be installed. Install one and set CHROMIUM_PATH to its path.');
  }
  console.error(`Chromium: ${installed} (installed)`);
  return installed;
}

/**
 * @typedef {object} LaunchOptions
 * @property {string | null} [profile] folder of a lasting profile; null or absent makes one that is thrown away
 * @property {boolean} [headless] true by default
 * @property {string[]} [args] further flags
 * @property {boolean} [webgpu] true offers the software WebGPU adapter (slow: for correctness only)
 */

/**
 * Starts Chromium with its background traffic off. An ordinary (not private) profile is always used, since private
 * windows behave differently in storage and in speculative connections.
 * @param {LaunchOptions} [options]
 * @returns {Promise<import('playwright-core').BrowserContext>}
 */
export async function launchChromium(options = {}) {
  const path = (await findChromium()) ?? (await findOrInstallChromium());
  const chromium = await loadPlaywright();
  return chromium.launchPersistentContext(options.profile ?? '', {
    executablePath: path,
    headless: options.headless ?? true,
    acceptDownloads: true,
    args: [
      ...quietFlags,
      ...(isRoot() ? ['--no-sandbox'] : []),
      ...(options.webgpu === true ? ['--enable-unsafe-webgpu'] : []),
      ...(options.args ?? []),
    ],
  });
}
