import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunJson } from '../../../src/ui/state/artefacts';
import { repository } from './app';

export function readRunJson(text: string | Buffer): RunJson {
  return JSON.parse(text.toString()) as RunJson;
}

/** Fields that docs/run-json.md names for run.json, as paths; its chapter on schema.json has a table of its own. */
export function listDocumentedFields(): readonly string[] {
  const [text = ''] = readFileSync(join(repository, 'docs/run-json.md'), 'utf8').split('\n# schema.json\n');
  const cells = [...text.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path));
}

/** Paths under which an object holds nothing: neither a value nor null. */
export function listAbsent(value: unknown, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => readPath(value, path) === undefined);
}

function readPath(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);
}
