import { existsSync } from 'node:fs';
import { canInstallDebian, installDebian } from './debian.mjs';

const systemPaths = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Puppeteer switches these off; what a person's Firefox does by itself has to be seen. */
const asShipped = {
  'network.http.speculative-parallel-limit': 20,
  'network.dns.disablePrefetch': false,
  'network.prefetch-next': true,
};

/**
 * Firefox on this machine: FIREFOX_PATH or a system browser; null when there is none.
 * @returns {string | null} throws when FIREFOX_PATH names no file
 */
export function findFirefox() {
  const named = process.env.FIREFOX_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`FIREFOX_PATH is "${named}", but there is no such file.`);
    return named;
  }
  return systemPaths.find((path) => existsSync(path)) ?? null;
}

/**
 * Path of a Firefox, installed where that is one command (Debian, as root); null where there is none, since the
 * program is tested in Chromium first. Says on stderr what it did.
 * @returns {string | null}
 */
export function findOrInstallFirefox() {
  let found = findFirefox();
  if (found === null && canInstallDebian()) {
    console.error('No Firefox found: installing the Debian package "firefox-esr".');
    installDebian('firefox-esr');
    found = findFirefox();
  }
  console.error(
    `Firefox: ${found ?? 'none, so its tests are skipped; install it or set FIREFOX_PATH to run them'}`,
  );
  return found;
}

/**
 * Starts Firefox without a window, over WebDriver BiDi, with a profile that is thrown away.
 * @param {{ downloads: string }} options folder that downloads go to without a question
 * @returns {Promise<import('puppeteer-core').Browser>} rejects when there is no Firefox
 */
export async function launchFirefox({ downloads }) {
  const path = findFirefox();
  if (path === null)
    throw new Error('There is no Firefox here. Install one, or set FIREFOX_PATH to its path.');
  const { launch } = await import('puppeteer-core');
  return launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    extraPrefsFirefox: {
      ...asShipped,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
    },
  });
}
