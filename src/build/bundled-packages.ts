import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of node_modules of which something stands in the build. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its package.json. */
  readonly licence: string;
  readonly folder: string;
}

const separator = 'node_modules/';

/** Folder of the package a file belongs to; null for our own files and for what the bundler makes up. */
export function findPackageFolder(path: string): string | null {
  const clean = path.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/');
  const start = clean.lastIndexOf(separator);
  if (start < 0 || clean.startsWith('vite/')) return null;
  const [first = '', second = ''] = clean.slice(start + separator.length).split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  return `${clean.slice(0, start)}${separator}${name}`;
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name?: string;
    readonly version?: string;
    readonly license?: string;
  };
  if (name === undefined || version === undefined || license === undefined)
    throw new Error(`${folder}: package.json lacks name, version or license, so it cannot be given away`);
  return { name, version, licence: license, folder };
}

/**
 * Packages that the named files come from, each once, sorted by name and version.
 *
 * @param paths module ids and source files of a bundler, absolute
 */
export function listBundledPackages(paths: Iterable<string>): BundledPackage[] {
  const folders = new Set([...paths].map(findPackageFolder).filter((folder) => folder !== null));
  const key = ({ name, version }: BundledPackage) => `${name}@${version}`;
  const found = new Map([...folders].map(readPackage).map((each) => [key(each), each]));
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Licences of what a package has compiled in without carrying their texts, kept by us; null for most packages. */
export function readCompiledIn({ name }: BundledPackage): string | null {
  const path = join(import.meta.dirname, 'licences', `${name.split('/').pop() ?? ''}.txt`);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

function readFileOf(folder: string, pattern: RegExp): string | null {
  const name = readdirSync(folder)
    .sort()
    .find((each) => pattern.test(each));
  return name === undefined ? null : readFileSync(join(folder, name), 'utf8').trim();
}

/** The part of a README under the heading "License". */
function readLicenceSection(folder: string): string | null {
  const text = readFileOf(folder, /^readme(\.md)?$/i) ?? '';
  const section = /^(?:#+ *)?licen[cs]e.*\n(?:-+\n)?([^]*)$/im.exec(text)?.[1]?.trim() ?? '';
  return /copyright/i.test(section) ? section : null;
}

/**
 * Text of a package's licence: its own file, else what its README says, else the common text of Apache-2.0.
 *
 * @param apache text of the Apache licence, which names no holder
 * @throws Error when there is none: such a package may not be part of the build
 */
export function readLicence(bundled: BundledPackage, apache: string): string {
  const { folder, licence, name, version } = bundled;
  const text =
    readFileOf(folder, /^licen[cs]e(\.(md|txt))?$/i) ??
    readLicenceSection(folder) ??
    (licence === 'Apache-2.0' ? apache.trim() : null);
  if (text === null) throw new Error(`${name} ${version} (${licence}) carries no text of its licence`);
  const notice = readFileOf(folder, /^notice(\.(md|txt))?$/i);
  return (notice === null ? text : `${text}\n\n${notice}`).replaceAll('\r\n', '\n');
}
