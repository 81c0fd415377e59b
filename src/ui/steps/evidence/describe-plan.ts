import type { Family } from '../../../measure/measure';
import type { RunRecord } from '../../../platform/projects/types';
import { formatCount, formatItems } from '../../parts/NumberText';

/** What a family looks at, in a few words. */
export const FAMILY_HINTS: Readonly<Record<Family, string>> = {
  fidelity: 'columns, pairs, subgroups and whole rows beside train',
  utility: 'models taught on synthetic records, judged on the holdout',
  privacy: 'attacks on the people of train, with the holdout as control',
};

/**
 * What an evaluation will do, in plain sentences: which tables, how large, and what is sampled.
 *
 * @param nMost rows of a table from which a sample is compared
 */
export function describePlan(
  { nTrain, nHoldout }: Pick<RunRecord, 'nTrain' | 'nHoldout'>,
  nColumns: number,
  nMost: number,
): string {
  const rows = formatItems(nTrain, 'synthetic record');
  const held = nHoldout === 0 ? '' : ` and ${formatItems(nHoldout, 'holdout record')}`;
  const tables = `${rows} will be drawn again and held against ${formatItems(nTrain, 'train record')}${held}, over ${formatItems(nColumns, 'column')}.`;
  const missing =
    nHoldout === 0
      ? ' There is no holdout: no measure gets a ceiling, and those that need people the model never saw are left out.'
      : '';
  const sampled =
    nTrain > nMost ? ` Fidelity is computed on ${formatCount(nMost)} of them, drawn at random.` : '';
  return `${tables}${missing}${sampled}`;
}
