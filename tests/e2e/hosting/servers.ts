import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRoot } from '../../../src/headless/debian.mjs';
import { dist, repository } from '../journey/app';
import { findNginx } from './nginx.mjs';

/** Real web servers over the built folder, each on this computer only and with nothing but a folder of its own. */
export interface RealServer {
  readonly url: string;
  close(): Promise<void>;
}

export type StartServer = (base: string) => Promise<RealServer>;

export const hasPython = spawnSync('python3', ['--version']).status === 0;
export const hasNginx = findNginx() !== null;

const hosting = readFileSync(join(repository, 'docs/hosting.md'), 'utf8');

/** Code of docs/hosting.md in that language that holds `words`: what people copy is what is tried. */
function readRecipe(language: string, words: string): string {
  const blocks = [...hosting.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))];
  const found = blocks.map(([, text = '']) => text).find((text) => text.includes(words));
  if (found === undefined) throw new Error(`docs/hosting.md has no ${language} recipe with "${words}"`);
  return found;
}

/** Puts one thing of a recipe for another; a recipe that lacks it is not the one the test was written for. */
function adapt(recipe: string, changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`the recipe must have "${from}" once`);
    return text.replace(from, to);
  }, recipe);
}

/** A folder in which the build lies where the base path says. */
function makeRoot(base: string): { folder: string; served: string } {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-hosting-'));
  const target = join(folder, 'served', base);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(dist, target.replace(/\/$/, ''));
  return { folder, served: join(folder, 'served') };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function run(
  command: readonly string[],
  folder: string,
  port: number,
  base: string,
): Promise<RealServer> {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => (said += String(part)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error(`${program} did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const close = async () => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { url: `http://localhost:${String(port)}${base}`, close };
}

/** The command of docs/hosting.md. */
export const startPython: StartServer = async (base) => {
  const { folder, served } = makeRoot(base);
  const port = await findFreePort();
  const recipe = readRecipe('sh', 'http.server');
  const command = adapt(recipe.trim(), [
    [' 4180 ', ` ${String(port)} `],
    ['--directory dist', `--directory ${served}`],
  ]);
  return run(command.split(' '), folder, port, base);
};

async function startNginx(base: string, site: (served: string, port: number) => string): Promise<RealServer> {
  const { folder, served } = makeRoot(base);
  const port = await findFreePort();
  const configuration = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  writeFileSync(
    configuration,
    `${isRoot() ? 'user root;' : ''} daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log stderr;
    events {} http { access_log off; ${temporary.join(' ')}\n${site(served, port)}\n}`,
  );
  return run([findNginx() ?? 'nginx', '-p', folder, '-c', configuration, '-e', 'stderr'], folder, port, base);
}

/** As the package comes: no header of ours. */
export const startPlainNginx: StartServer = (base) =>
  startNginx(base, (served, port) => {
    const types = existsSync('/etc/nginx/mime.types') ? 'include /etc/nginx/mime.types;' : '';
    return `${types} server { listen 127.0.0.1:${String(port)}; root ${served}; }`;
  });

/** The recipe of docs/hosting.md, but for the certificate, the port and the place of the folder. */
export const startRecipeNginx: StartServer = (base) =>
  startNginx(base, (served, port) =>
    adapt(readRecipe('nginx', 'server {'), [
      ['listen 443 ssl;', `listen 127.0.0.1:${String(port)};`],
      ['server_name understudy.hospital.example;', 'server_name localhost;'],
      ['ssl_certificate /etc/ssl/certs/understudy.pem;', ''],
      ['ssl_certificate_key /etc/ssl/private/understudy.key;', ''],
      ['root /srv/understudy/dist;', `root ${served};`],
    ]),
  );
