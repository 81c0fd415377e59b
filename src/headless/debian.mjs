import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** True when this process is the superuser. */
export function isRoot() {
  return typeof process.getuid === 'function' && process.getuid() === 0;
}

/** True where packages of Debian can be installed without asking anybody. */
export function canInstallDebian() {
  return isRoot() && existsSync('/etc/debian_version');
}

/**
 * Installs a package of Debian.
 * @param {string} name
 * @returns {boolean} whether it worked; apt says on stderr why not
 */
export function installDebian(name) {
  const apt = (/** @type {string[]} */ ...args) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', name);
    return true;
  } catch {
    return false;
  }
}
