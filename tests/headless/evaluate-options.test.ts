import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEvaluateOptions } from '../../src/headless/evaluate-options.mjs';
import { UsageError } from '../../src/headless/read-flags.mjs';

const file = join(import.meta.dirname, 'evaluate-options.test.ts');
const needed = ['--train', file, '--synthetic', file];

describe('parseEvaluateOptions', () => {
  it('fills in defaults', () => {
    expect(parseEvaluateOptions(needed)).toEqual({
      train: file,
      holdout: null,
      synthetic: file,
      schema: null,
      target: null,
      families: ['fidelity', 'utility', 'privacy'],
      seed: 1,
      out: 'evaluate-out',
    });
  });

  it('takes families, each once', () => {
    const { families } = parseEvaluateOptions([...needed, '--families', 'privacy, utility,privacy']);
    expect(families).toEqual(['privacy', 'utility']);
  });

  it.each([
    [['--synthetic', file], /--train FILE is missing/],
    [['--train', file], /--synthetic FILE is missing/],
    [[...needed, '--holdout', '/nowhere.csv'], /--holdout: there is no file/],
    [[...needed, '--families', 'beauty'], /--families: "beauty" is not one of fidelity, utility, privacy/],
    [[...needed, '--families', 'none'], /--families: name at least one/],
    [[...needed, '--seed', '-1'], /--seed: "-1" is not a whole number/],
    [[...needed, '--input', file], /Unknown option '--input'/],
  ])('refuses %j', (argv, says) => {
    expect(() => parseEvaluateOptions(argv)).toThrow(UsageError);
    expect(() => parseEvaluateOptions(argv)).toThrow(says);
  });
});
