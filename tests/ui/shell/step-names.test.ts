import { describe, expect, it } from 'vitest';
import { explainClosed, titlePage } from '../../../src/ui/shell/step-names';

describe('the title of the window', () => {
  it('names the step, and nothing that comes from a file', () => {
    expect(titlePage('schema')).toBe('Schema · Understudy');
    expect(titlePage(null)).toBe('Understudy');
  });
});

describe('closed steps', () => {
  it('are explained in a sentence for all that wait for the same', () => {
    expect(explainClosed(['schema', 'train', 'synthetic', 'export'])).toEqual([
      { steps: ['schema', 'train'], sentence: 'Schema and Train open when a file has been read.' },
      {
        steps: ['synthetic', 'export'],
        sentence: 'Synthetic data and Export open when a model has been trained.',
      },
    ]);
    expect(explainClosed(['export'])[0]?.sentence).toBe('Export opens when a model has been trained.');
  });

  it('are none when all are open', () => expect(explainClosed([])).toEqual([]));
});
