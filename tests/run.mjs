/**
 * `npm test`: installs what is missing, finds or installs a Chromium (and, on Debian as root, a Firefox and nginx), then
 * runs every check and every test. The last line is `N passed, N failed`, where each check (lint, format, type-checks,
 * build) counts as one. `--long` adds the slow suites.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from '../src/headless/install.mjs';
import { findOrInstallChromium } from '../src/headless/chromium.mjs';
import { findOrInstallFirefox } from '../src/headless/firefox.mjs';
import { runChecks, runTool } from './checks.mjs';
import { findOrInstallNginx } from './e2e/hosting/nginx.mjs';

const long = process.argv.includes('--long');
ensureInstalled();
const chromium = await findOrInstallChromium();
findOrInstallFirefox();
findOrInstallNginx();

const environment = {
  ...process.env,
  CHROMIUM_PATH: chromium,
  UNDERSTUDY_BUILT: '1',
  ...(long ? { LONG: '1', VITE_PROPERTY_SEED: String(Date.now() % 2 ** 31) } : {}),
};
if (long) console.log(`Properties draw from seed ${environment.VITE_PROPERTY_SEED} (VITE_PROPERTY_SEED).`);

let { passed, failed } = runChecks(environment);

const folder = mkdtempSync(join(tmpdir(), 'understudy-test-'));
const report = join(folder, 'vitest.json');
const vitestOk = runTool(
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  environment,
);
const counts = readCounts(report);
rmSync(folder, { recursive: true, force: true });
passed += counts.passed;
failed += counts.failed;
if (!vitestOk && counts.failed === 0) failed++;
if (counts.skipped > 0) console.log(`${counts.skipped} tests were skipped; each says why above.`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * @param {string} path
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
function readCounts(path) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(path, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    console.error('vitest wrote no report');
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
