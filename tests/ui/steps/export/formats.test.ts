import { expect, it } from 'vitest';
import { listFormats } from '../../../../src/ui/steps/export/formats';
import { openBytes } from '../../../data/open-text';

const describeCsv = async (text: string) => listFormats((await openBytes(text)).opened.dialect)[0]?.what;

it('says how a CSV file will be written', async () => {
  expect(await describeCsv('a;b\n1;x\n2;y\n')).toContain('UTF-8, cells cut by semicolon,');
  expect(await describeCsv('a\tb\n1\tx\n2\ty\n')).toContain('cells cut by tab,');
  expect(await describeCsv('a^b\n1^x\n2^y\n')).toContain('cells cut by an unusual character,');
  expect(listFormats(null)[0]?.what).toContain('the source’s own');
});

it('offers each format once', () => {
  expect(listFormats(null).map(({ id }) => id)).toEqual(['csv', 'ndjson', 'parquet']);
});
