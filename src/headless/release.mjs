/**
 * `npm run release`: builds afresh and writes `understudy-VERSION.zip`, its sum and the hash of the build to `release/`.
 * The same sources give the same bytes, whoever builds them, where and when.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './install.mjs';

const USAGE = `npm run release -- [--dist FOLDER] [--out FOLDER]

  --dist FOLDER  packs a folder that is built already, instead of building it
  --out FOLDER   where the files go; release/ by default`;

/** @param {string} outDir */
function build(outDir) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = ['build', '--configLoader', 'runner', '--logLevel', 'warn', '--outDir', outDir];
  execFileSync(process.execPath, [vite, ...args, '--emptyOutDir'], { cwd: root, stdio: 'inherit' });
}

/** Says when the sources are not those of a commit, since nobody else could build the same. */
function warnOfChanges() {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (status === 0 && stdout !== '')
    console.error(
      'Note: the checkout has changes that are in no commit, so nobody else can build these files.',
    );
}

/**
 * @param {string} dist
 * @param {string} out
 */
async function write(dist, out) {
  // Loaded late: fflate may have been installed a moment ago.
  const { packRelease } = await import('./release-archive.mjs');
  const { name, archive, hash, sums } = packRelease(root, dist);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, name), archive);
  writeFileSync(join(out, 'SHA256SUMS'), sums);
  writeFileSync(join(out, 'BUILD-HASH'), `${hash}\n`);
  console.log(`${join(out, name)}: ${(archive.length / 1e6).toFixed(1)} MB`);
  console.log(sums.trimEnd());
  console.log(`build ${hash}`);
}

async function release() {
  const { values } = parseArgs({
    options: { dist: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) return console.log(USAGE);
  ensureInstalled();
  warnOfChanges();
  const out = resolve(values.out ?? join(root, 'release'));
  if (values.dist !== undefined) return write(resolve(values.dist), out);
  const folder = mkdtempSync(join(tmpdir(), 'understudy-release-'));
  try {
    build(join(folder, 'dist'));
    await write(join(folder, 'dist'), out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await release();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
