import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the repository. */
export const root = join(import.meta.dirname, '..', '..');

/**
 * Packages a lock file names, by their folder.
 * @param {string} path
 * @returns {Map<string, { version?: string, optional?: boolean, integrity?: string }>}
 */
function readLock(path) {
  const { packages } = JSON.parse(readFileSync(path, 'utf8'));
  return new Map(Object.entries(packages).filter(([folder]) => folder !== ''));
}

/**
 * Whether node_modules holds what package-lock.json names. npm keeps a lock file of its own inside of node_modules;
 * optional packages of other platforms are missing there.
 * @returns {boolean}
 */
export function isInstalled() {
  const installedPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const installed = readLock(installedPath);
  return [...readLock(join(root, 'package-lock.json'))].every(([folder, { version, optional }]) => {
    const found = installed.get(folder);
    return found === undefined ? optional === true : found.version === version;
  });
}

/**
 * Installs the packages of package-lock.json when node_modules is missing or holds others. Says what it does; throws
 * when npm fails.
 *
 * @returns {void}
 */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
