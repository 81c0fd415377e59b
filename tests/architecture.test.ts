import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Reads every import and holds the one-way rule of docs/architecture.md. */
const root = normalize(join(import.meta.dirname, '..'));

/** Folder (longest prefix wins) → folders it may import, itself included by default. */
const allowed: Record<string, readonly string[]> = {
  'src/math': [],
  'src/data': ['src/math'],
  'src/dp': ['src/math'],
  'src/models': ['src/dp', 'src/data', 'src/math'],
  'src/models/neural': ['src/models', 'src/dp', 'src/data', 'src/math'],
  'src/measure': ['src/data', 'src/math', 'src/dp'],
  'src/release': ['src/measure', 'src/dp', 'src/data'],
  'src/api': ['src/data', 'src/models', 'src/measure'],
  'src/client': ['src/api', 'src/data', 'src/models', 'src/measure'],
  'src/platform': ['src/data', 'src/release', 'src/api', 'src/measure', 'src/models'],
  'src/ui': ['src/client', 'src/api', 'src/platform', 'src/release', 'src/data', 'src/models', 'src/measure'],
  'src/main.ts': ['src/ui', 'src/platform', 'src/client'],
  'src/build': ['src/data', 'src/platform', 'src/math'],
  'src/headless': [],
  workers: ['src/api', 'src/models', 'src/measure', 'src/data', 'src/math', 'src/platform/lock'],
};

/** Targets that may be imported for their types only. */
const typesOnly: readonly (readonly [from: string, to: string])[] = [
  ['src/ui', 'src/models'],
  ['src/ui', 'src/measure'],
  ['src/platform', 'src/models'],
  ['src/platform', 'src/measure'],
  ['src/platform', 'src/api'],
  ['src/release', 'src/measure'],
  ['src/client', 'src/models'],
  ['src/client', 'src/measure'],
  ['src/api', 'src/models'],
  ['src/api', 'src/measure'],
];

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return listFiles(path);
    return /\.(ts|svelte|mjs)$/.test(name) ? [path] : [];
  });
}

function folderOf(path: string): string {
  const matches = Object.keys(allowed).filter((prefix) => path === prefix || path.startsWith(`${prefix}/`));
  return matches.sort((a, b) => b.length - a.length)[0] ?? '';
}

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function readImports(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    target: resolveTarget(file, match[2] ?? ''),
    typeOnly: match[1] !== undefined,
  }));
}

function resolveTarget(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(root, normalize(join(root, dirname(file), specifier.replace(/\?.*$/, ''))));
}

const imports = [...listFiles('src'), ...listFiles('workers')].flatMap(readImports);

describe('imports run one way', () => {
  it('finds the imports at all', () => {
    expect(imports.length).toBeGreaterThan(30);
  });

  it('only reaches folders it may know', () => {
    const wrong = imports.filter(({ file, target }) => {
      const from = folderOf(file);
      const to = folderOf(target);
      if (!/^(src|workers)\b/.test(target) || from === to) return false;
      return !(allowed[from] ?? []).some((prefix) => target === prefix || target.startsWith(`${prefix}/`));
    });
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('takes types only where only types may pass', () => {
    const wrong = imports.filter(({ file, target, typeOnly }) =>
      typesOnly.some(
        ([from, to]) => folderOf(file).startsWith(from) && folderOf(target).startsWith(to) && !typeOnly,
      ),
    );
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('keeps tfjs inside models/neural', () => {
    const wrong = imports.filter(
      ({ file, target }) => target.startsWith('@tensorflow/') && !file.startsWith('src/models/neural/'),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('keeps Svelte inside ui and main', () => {
    const wrong = imports.filter(
      ({ file, target }) => /^svelte\b/.test(target) && !/^src\/(ui\/|main\.ts)/.test(file),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe('training', () => {
  it('waits for no timer and no picture frame, which a hidden tab slows down', () => {
    const files = [...listFiles('src/models'), ...listFiles('workers').filter((file) => /synth/.test(file))];
    expect(files.length).toBeGreaterThan(20);
    const wrong = files.filter((file) =>
      /\b(setTimeout|setInterval|requestAnimationFrame|requestIdleCallback)\b/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
    expect(wrong).toEqual([]);
  });
});
