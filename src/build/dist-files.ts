import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildListPath, hostFiles, type BuiltFile } from '../platform/lock/build-list';

/** SHA-256 in lower-case hexadecimal. */
export function hashBytes(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function listPaths(folder: string, prefix: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? listPaths(path, `${prefix}${name}/`) : [`${prefix}${name}`];
  });
}

/** One file of the build by its bytes. */
export function describeFile(path: string, bytes: Uint8Array | string): BuiltFile {
  return { path, sha256: hashBytes(bytes), nBytes: Buffer.byteLength(bytes) };
}

/** Every file of a built folder that the page may ask for, sorted by path in byte order; build.json is left out. */
export function listBuiltFiles(folder: string): BuiltFile[] {
  return listPaths(folder, '')
    .filter((path) => path !== buildListPath && !hostFiles.includes(path))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((path) => describeFile(path, readFileSync(join(folder, path))));
}

/** Hash of a whole build: what `sha256sum FILES | sha256sum` prints for the files in order. */
export function hashBuild(files: readonly BuiltFile[]): string {
  return hashBytes(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
}
