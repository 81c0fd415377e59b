import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildFixture } from './build-fixture';

it('builds the same bytes from the same sources, in whatever folder', async () => {
  const [first, again, other] = [
    await buildFixture('same'),
    await buildFixture('same'),
    await buildFixture('other'),
  ];
  for (const name of ['build.json', 'sw.js', '_headers', 'index.html']) {
    expect(readFileSync(join(again, name), 'utf8')).toBe(readFileSync(join(first, name), 'utf8'));
  }
  expect(readFileSync(join(other, 'sw.js'), 'utf8')).not.toBe(readFileSync(join(first, 'sw.js'), 'utf8'));
});
