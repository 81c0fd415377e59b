import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/**
 * @typedef {object} Release
 * @property {string} name file name of the archive
 * @property {Uint8Array} archive zip file
 * @property {string} hash the build's hash, which the page shows
 * @property {string} sums what `sha256sum -c` reads, for the files beside it
 */

/** Texts that travel with the build, by their path in the repository. */
const texts = new Map([
  ['HOSTING.md', 'docs/hosting.md'],
  ['LICENSE', 'LICENSE'],
  ['SECURITY.md', 'SECURITY.md'],
]);

/** Noon, as midnight of that day is missing in no time zone but may be; zip knows local time only, and none before. */
const date = new Date(1980, 0, 1, 12);

/** Readable by all, writable by the owner, whatever the umask was when it was built. */
const attributes = (0o100644 << 16) >>> 0;
const unix = 3;

/**
 * SHA-256 in lower-case hexadecimal.
 * @param {Uint8Array | string} bytes
 * @returns {string}
 */
export function hashBytes(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Lines as `sha256sum` writes them.
 * @param {Iterable<[path: string, bytes: Uint8Array | string]>} files
 * @returns {string}
 */
export function writeSums(files) {
  return [...files].map(([path, bytes]) => `${hashBytes(bytes)}  ${path}\n`).join('');
}

/**
 * Files of a folder by their paths, `/` between the parts, sorted by their bytes.
 * @param {string} folder
 * @returns {Map<string, Buffer>}
 */
function readFolder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const paths = entries.map((each) => join(each.parentPath, each.name).slice(folder.length + 1));
  const sorted = paths.map((path) => path.replaceAll('\\', '/')).sort(compareBytes);
  return new Map(sorted.map((path) => [path, readFileSync(join(folder, path))]));
}

/**
 * @param {string} a
 * @param {string} b
 */
function compareBytes(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/**
 * Version and hash of a built folder.
 * @param {Map<string, Buffer>} files
 * @returns {{ version: string, hash: string }} throws when the folder is not exactly what its build.json lists
 */
function readBuild(files) {
  const list = files.get('build.json');
  if (list === undefined) throw new Error('The folder holds no build.json; run `npm run build` first.');
  const { version, hash } = JSON.parse(list.toString());
  const listed = [...files].filter(([path]) => !['build.json', 'sw.js', '_headers'].includes(path));
  if (hashBytes(writeSums(listed)) !== hash)
    throw new Error(
      'The built folder is not what its build.json lists: a file was changed, added or is missing.',
    );
  return { version, hash };
}

/**
 * A zip file that depends on nothing but its contents: entries in the order given, one date, one set of permissions,
 * no extra fields.
 * @param {Iterable<[path: string, bytes: Uint8Array]>} files
 * @returns {Uint8Array}
 */
export function writeZip(files) {
  const options = /** @type {const} */ ({ level: 9, mtime: date, os: unix, attrs: attributes });
  return zipSync(Object.fromEntries([...files].map(([path, bytes]) => [path, [bytes, options]])));
}

/**
 * Packs a built folder with the texts that travel with it.
 * @param {string} root folder of the repository
 * @param {string} dist built folder
 * @returns {Release} throws when the folder is not a whole build
 */
export function packRelease(root, dist) {
  const built = readFolder(dist);
  const { version, hash } = readBuild(built);
  const readme = readFileSync(join(import.meta.dirname, 'release-readme.txt'), 'utf8');
  const filled = readme.replaceAll('{{version}}', version).replaceAll('{{hash}}', hash);
  const files = new Map([...built].map(([path, bytes]) => [`dist/${path}`, bytes]));
  for (const [name, path] of texts) files.set(name, readFileSync(join(root, path)));
  files.set('README.txt', Buffer.from(filled));
  files.set('SHA256SUMS', Buffer.from(writeSums(sortFiles(files))));
  const top = `understudy-${version}`;
  const archive = writeZip(sortFiles(files).map(([path, bytes]) => [`${top}/${path}`, bytes]));
  return { name: `${top}.zip`, archive, hash, sums: writeSums([[`${top}.zip`, archive]]) };
}

/**
 * @param {Map<string, Buffer>} files
 * @returns {[path: string, bytes: Buffer][]}
 */
function sortFiles(files) {
  return [...files].sort(([a], [b]) => compareBytes(a, b));
}
