import { expect, it } from 'vitest';
import { FEW_ROWS, TrainingDraft } from '../../../src/ui/state/draft.svelte';

it('begins with the copula on a small table and with TVAE elsewhere, until a person chooses', () => {
  let nTrain: number | null = null;
  const draft = new TrainingDraft(() => nTrain);
  expect([draft.choice.model, draft.suggested]).toEqual(['tvae', true]);
  nTrain = FEW_ROWS - 1;
  expect(draft.model).toBe('copula');
  nTrain = FEW_ROWS;
  expect(draft.model).toBe('tvae');
  draft.model = 'ctgan';
  nTrain = 10;
  expect([draft.model, draft.suggested]).toEqual(['ctgan', false]);
});
