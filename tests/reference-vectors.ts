import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FILE = resolve(import.meta.dirname, '../../shared/reference/vectors.json');
/** Reference vectors lie beside the repository; tests that need them skip where they are absent. */
export const hasVectors = existsSync(FILE);

/** One group of reference vectors, computed by the libraries that its `_meta` names. */
export function loadVectors<T>(group: string): T {
  return (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>)[group] as T;
}
