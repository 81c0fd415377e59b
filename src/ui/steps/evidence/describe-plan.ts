import { MAX_COMPARED_ROWS } from '../../../data/compared-rows';
import {
  countAskedRows,
  MAX_ATTACKED_ROWS,
  MAX_DETECTED_ROWS,
  MAX_NEIGHBOUR_ROWS,
  MAX_TAUGHT_ROWS,
} from '../../../data/sampled-rows';
import type { Family } from '../../../measure/measure';
import type { RunRecord } from '../../../platform/projects/types';
import { formatCount, formatItems } from '../../parts/NumberText';

/** What a family looks at, in a few words. */
export const FAMILY_HINTS: Readonly<Record<Family, string>> = {
  fidelity: 'columns, pairs, subgroups and whole rows beside train',
  utility: 'models taught on synthetic records, judged on the holdout',
  privacy: 'attacks on the people of train, with the holdout as control',
};

/** What an evaluation will do, in plain sentences: which tables, how large, and what is sampled. */
export function describePlan(
  { nTrain, nHoldout }: Pick<RunRecord, 'nTrain' | 'nHoldout'>,
  nColumns: number,
  families: readonly Family[],
): string {
  const rows = formatItems(nTrain, 'synthetic record');
  const held = nHoldout === 0 ? '' : ` and ${formatItems(nHoldout, 'holdout record')}`;
  const tables = `${rows} will be drawn again and held against ${formatItems(nTrain, 'train record')}${held}, over ${formatItems(nColumns, 'column')}.`;
  const missing =
    nHoldout === 0
      ? ' There is no holdout: no measure gets a ceiling, and those that need people the model never saw are left out.'
      : '';
  const sampled = describeSampling(nTrain, nColumns, families);
  return `${tables}${missing}${sampled === '' ? '' : ` ${sampled}`}`;
}

/**
 * Which measures look at a random sample of a table of that many records, and from which size on; empty where none does.
 * Infinity tells of every sample there is.
 */
export function describeSampling(nRows: number, nColumns: number, families: readonly Family[]): string {
  const samples = families
    .map((family) => {
      const drawn = SAMPLES[family](nRows, nColumns).filter(({ nMost }) => nMost < nRows);
      const acts = drawn.map(({ act, nMost, note = '' }) => `${act} ${formatCount(nMost)}${note}`);
      return acts.length === 0 ? '' : `${family} ${joinActs(acts)}`;
    })
    .filter((told) => told !== '');
  return samples.length === 0
    ? ''
    : `A random sample stands in where a table has more records: ${samples.join('; ')}. What a figure rests on is said beside it.`;
}

interface Sample {
  readonly act: string;
  /** Records of a table that it looks at. */
  readonly nMost: number;
  /** What the number depends on, where the size of the table is not known yet. */
  readonly note?: string;
}

/** What each family does on a sample, of a table of that size. */
const SAMPLES: Readonly<Record<Family, (nRows: number, nColumns: number) => readonly Sample[]>> = {
  fidelity: () => [
    { act: 'compares', nMost: MAX_COMPARED_ROWS },
    { act: 'tells tables apart on', nMost: MAX_DETECTED_ROWS },
    { act: 'looks at neighbourhoods of', nMost: MAX_NEIGHBOUR_ROWS },
  ],
  utility: () => [{ act: 'teaches models on', nMost: MAX_TAUGHT_ROWS }],
  privacy: (nRows, nColumns) => [
    {
      act: 'looks for the nearest neighbours of',
      nMost: countAskedRows(Number.isFinite(nRows) ? Math.min(nRows, MAX_COMPARED_ROWS) : 1, nColumns),
      ...(Number.isFinite(nRows) ? {} : { note: ' (fewer of long, wide tables)' }),
    },
    { act: 'tries attacks on', nMost: MAX_ATTACKED_ROWS },
  ],
};

function joinActs(acts: readonly string[]): string {
  return acts.length < 2 ? acts.join('') : `${acts.slice(0, -1).join(', ')} and ${acts.at(-1) ?? ''}`;
}
