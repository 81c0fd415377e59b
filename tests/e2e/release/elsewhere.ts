import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../journey/app';

/** What is needed to build; node_modules is linked file by file, so that its paths are the other folder's. */
const parts = [
  'src',
  'workers',
  'public',
  'docs',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'tests/tsconfig.json',
  'package.json',
  'package-lock.json',
  'LICENSE',
  'SECURITY.md',
];

/** Moves the clock of a Node process by years. */
const laterClock = `const Then = Date;
const shift = 4 * 365.25 * 86_400_000 + 12_345_678;
globalThis.Date = class extends Then {
  constructor(...parts) { super(...(parts.length === 0 ? [Then.now() + shift] : parts)); }
  static now() { return Then.now() + shift; }
};
`;

/** Files of the repository in another folder, with no git. */
export function copyRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy elsewhere '));
  for (const part of parts) cpSync(join(repository, part), join(folder, part), { recursive: true });
  const linked = spawnSync('cp', ['-al', join(repository, 'node_modules'), folder]);
  if (linked.status !== 0) execFileSync('cp', ['-a', join(repository, 'node_modules'), folder]);
  return folder;
}

/** Makes the release there, on another day, in another time zone, with another umask and another NODE_ENV. */
export function releaseElsewhere(folder: string): string {
  const clock = join(folder, 'later-clock.mjs');
  writeFileSync(clock, laterClock);
  execFileSync('sh', ['-c', 'umask 077 && exec node src/headless/release.mjs'], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_OPTIONS: `--import="${clock}"`,
      NODE_ENV: 'development',
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'C',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(folder, 'release');
}
