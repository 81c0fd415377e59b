import type { Unmeetable } from '../../../release/unmeetable';
import { formatItems } from '../../parts/NumberText';
import { FAMILY_TITLES } from './summary';

/** Where a criterion that is out of reach can be mended. */
export type Mend = 'tick' | 'target' | 'holdout' | 'train';

const MENDS: Readonly<Record<Unmeetable['wanting'], Mend | null>> = {
  family: 'tick',
  target: 'target',
  holdout: 'holdout',
  rows: 'holdout',
  model: 'train',
  columns: null,
  measure: null,
};

export function mendOf({ wanting }: Unmeetable): Mend | null {
  return MENDS[wanting];
}

/** The verb on the button that mends it. */
export function nameMend(mend: Mend, { family }: Unmeetable): string {
  switch (mend) {
    case 'tick':
      return `Tick ${family === null ? 'it' : FAMILY_TITLES[family]}`;
    case 'target':
      return 'Choose a column to predict';
    case 'holdout':
      return 'Hold out more rows';
    case 'train':
      return 'Choose another model';
  }
}

/** `2 of 9 criteria cannot be met here`. */
export function countUnmeetable(nUnmeetable: number, nCriteria: number): string {
  return `${nUnmeetable} of ${formatItems(nCriteria, 'criterion', 'criteria')} cannot be met here`;
}

/** Criteria out of reach for one reason are told together. */
export function groupByReason(
  unmeetable: readonly Unmeetable[],
): readonly { readonly reason: string; readonly of: readonly Unmeetable[] }[] {
  const groups = new Map<string, Unmeetable[]>();
  for (const each of unmeetable) groups.set(each.reason, [...(groups.get(each.reason) ?? []), each]);
  return [...groups].map(([reason, of]) => ({ reason, of }));
}
