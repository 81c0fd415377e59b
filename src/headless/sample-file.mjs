import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The sample cohort of a built page as a file to hand to it.
 *
 * @param {string} folder built folder
 * @returns {{ name: string, mimeType: string, buffer: Buffer }}
 */
export function readSampleFile(folder) {
  /** @type {import('../platform/lock/build-list').BuildList} */
  const list = JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8'));
  const path = list.assets.sample.cohortCsv;
  if (path === null) throw new Error(`${folder}: this build was made without the sample cohort`);
  return { name: 'cohort.csv', mimeType: 'text/csv', buffer: readFileSync(join(folder, path)) };
}
