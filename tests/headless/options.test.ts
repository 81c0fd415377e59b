import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/headless/options.mjs';
import { UsageError } from '../../src/headless/read-flags.mjs';

const file = join(import.meta.dirname, 'options.test.ts');

describe('parseOptions', () => {
  it('fills in defaults', () => {
    expect(parseOptions(['--input', file])).toEqual({
      input: file,
      holdout: null,
      model: 'auto',
      purpose: null,
      recipe: null,
      epochs: null,
      rows: null,
      seed: null,
      schema: null,
      edits: null,
      wishes: null,
      backend: 'auto',
      format: 'csv',
      target: null,
      families: ['fidelity', 'utility', 'privacy'],
      policy: null,
      package: null,
      statements: null,
      out: 'synthesize-out',
    });
  });

  it('takes the sample cohort by its name', () => {
    expect(parseOptions(['--input', 'sample']).input).toBe('sample');
  });

  it('takes the recipe of a network', () => {
    expect(parseOptions(['--input', file, '--model', 'ctgan', '--recipe', 'paper']).recipe).toBe('paper');
  });

  it('takes a package to write, which need not be there yet, and statements for its dossier', () => {
    const order = ['--input', file, '--policy', file, '--statements', file];
    const path = join(import.meta.dirname, 'new.zip');
    expect(parseOptions([...order, '--package', path])).toMatchObject({ package: path, statements: file });
  });

  it('takes a holdout as a fraction or as a file', () => {
    expect(parseOptions(['--input', file, '--holdout', '0']).holdout).toBe(0);
    expect(parseOptions(['--input', file, '--holdout', file]).holdout).toBe(file);
  });

  it.each([
    [[], /--input FILE is missing/],
    [['--input', 'nowhere.csv'], /no file at "nowhere.csv"/],
    [['--input', import.meta.dirname], /is a folder/],
    [['--input', file, '--holdout', '0.9'], /between 0 and 0.5/],
    [['--input', file, '--holdout', 'nowhere'], /neither a fraction/],
    [['--input', file, '--model', 'tvae', '--purpose', 'testing'], /needs --model auto/],
    [['--input', file, '--model', 'auto', '--purpose', 'fun'], /not one of testing, analytics/],
    [['--input', file, '--model', 'magic'], /not one of auto, independent, copula, trees, argn, tvae, ctgan/],
    [['--input', file, '--model', 'tvae', '--recipe', 'mine'], /not one of understudy, paper/],
    [['--input', file, '--model', 'trees', '--recipe', 'paper'], /only tvae and ctgan have recipes/],
    [['--input', file, '--recipe', 'paper'], /name one of them with --model/],
    [['--input', file, '--epochs', '0'], /whole number of at least 1/],
    [['--input', file, '--rows', '1e9.5'], /whole number of at least 1/],
    [['--input', file, '--rows', '-5'], /--rows: "-5" is not a whole number/],
    [['--input', file, '--seed', '-1'], /--seed/],
    [['--input', file, '--edits', 'nowhere.json'], /--edits: there is no file/],
    [['--input', file, '--wishes', 'nowhere.json'], /--wishes: there is no file/],
    [['--input', file, '--backend', 'gpu'], /not one of auto, webgpu, wasm, cpu/],
    [['--input', file, '--format', 'xlsx'], /not one of csv, ndjson, parquet/],
    [['--input', '/dev/null'], /--input: "\/dev\/null" is a pipe or device; only files are taken/],
    [['--input', file, '--schema', '/dev/null'], /--schema: .* only files are taken/],
    [['--input', file, '--out', file], /--out: ".*options.test.ts" is a file, not a folder/],
    [['--input', file, '--out', join(file, 'inner')], /--out: ".*options.test.ts" is a file/],
    [['--input', file, '--package', 'p.zip'], /--package: it holds criteria .* with --policy/],
    [['--input', file, '--package', 'p.zip', '--policy', file, '--families', 'none'], /--families none out/],
    [['--input', file, '--package', '/nowhere/p.zip', '--policy', file], /--package: there is no folder/],
    [['--input', file, '--package', `${file}/p.zip`, '--policy', file], /is a file, not a folder/],
    [['--input', file, '--package', import.meta.dirname, '--policy', file], /--package: ".*" is no file/],
    [['--input', file, '--statements', file], /--statements: .* name one with --package/],
    [['--input', file, '--nonsense', '1'], /Unknown option '--nonsense'/],
    [['--input', file, 'stray'], /Unexpected argument 'stray'/],
  ])('refuses %j in one sentence', (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(UsageError);
    expect(() => parseOptions(argv)).toThrow(message);
  });
});
