import { existsSync } from 'node:fs';
import { canInstallDebian, installDebian } from '../../../src/headless/debian.mjs';

const systemPaths = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'];

/**
 * nginx on this machine, null when there is none.
 * @returns {string | null}
 */
export function findNginx() {
  return systemPaths.find((path) => existsSync(path)) ?? null;
}

/**
 * Path of nginx, installed where that is one command and starts no server: Debian starts what it installs wherever
 * systemd runs. Says on stderr what it did.
 * @returns {string | null}
 */
export function findOrInstallNginx() {
  let found = findNginx();
  if (found === null && canInstallDebian() && !existsSync('/run/systemd/system')) {
    console.error('No nginx found: installing the Debian package "nginx".');
    installDebian('nginx');
    found = findNginx();
  }
  console.error(`nginx: ${found ?? 'none, so its tests are skipped'}`);
  return found;
}
