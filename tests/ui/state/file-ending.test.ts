import { expect, it } from 'vitest';
import { changeEnding } from '../../../src/ui/state/file-ending';

it.each([
  ['synthetic.csv', 'parquet', 'synthetic.parquet'],
  ['synthetic.parquet', 'ndjson', 'synthetic.ndjson'],
  ['synthetic.ndjson', 'csv', 'synthetic.csv'],
  ['ICU.2021.TSV', 'parquet', 'ICU.2021.parquet'],
  ['icu v1.2', 'csv', 'icu v1.2.csv'],
  ['.csv', 'ndjson', '.csv'],
  ['', 'ndjson', ''],
] as const)('changeEnding(%j, %j) is %j', (name, format, expected) => {
  expect(changeEnding(name, format)).toBe(expected);
});
