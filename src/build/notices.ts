import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listBundledPackages, readCompiledIn, readLicence, type BundledPackage } from './bundled-packages';

const rule = '='.repeat(80);

/** Packages under one text: `a 1.0.0 (MIT)`, a line each. */
interface Notice {
  readonly names: readonly string[];
  readonly text: string;
}

function groupByText(notices: readonly Notice[]): Notice[] {
  const groups = new Map<string, string[]>();
  for (const { names, text } of notices) groups.set(text, [...(groups.get(text) ?? []), ...names]);
  return [...groups].map(([text, names]) => ({ names, text }));
}

function listNotices(bundled: BundledPackage, apache: string): Notice[] {
  const { name, version, licence } = bundled;
  const own = { names: [`${name} ${version} (${licence})`], text: readLicence(bundled, apache) };
  const compiledIn = readCompiledIn(bundled);
  return compiledIn === null
    ? [own]
    : [own, { names: [`compiled into ${name} ${version}`], text: compiledIn }];
}

/**
 * THIRD-PARTY-NOTICES.txt: every package of which something stands in the build, with the text of its licence. Packages
 * under the very same text share it.
 *
 * @param root folder of LICENSE
 * @param paths where the contents of the build come from: absolute module ids and source files
 */
export function writeNotices(root: string, paths: Iterable<string>): string {
  const apache = readFileSync(join(root, 'LICENSE'), 'utf8');
  const notices = listBundledPackages(paths).flatMap((each) => listNotices(each, apache));
  const head =
    'Understudy is licensed under the Apache License, Version 2.0. This build holds parts of the\npackages below, under the licences that follow their names.\n';
  const parts = groupByText(notices).map(({ names, text }) => `${rule}\n${names.join('\n')}\n\n${text}\n`);
  return [head, ...parts].join('\n');
}
