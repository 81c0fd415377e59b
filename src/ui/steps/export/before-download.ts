import { findCountedKey, nameCounted } from '../../../data/row-groups';
import { isPooledAs } from '../../../data/pool-levels';
import { formatShare } from '../../../data/format-share';
import type { Evaluation } from '../../../measure/evaluate';
import type { RunRecord } from '../../../platform/projects/types';
import type { Finding } from '../../../release/findings';
import { nameMeasure } from '../../../release/measure-titles';
import { formatItems } from '../../parts/NumberText';
import { OUTCOME_WORDS, tellMet } from '../evidence/criterion-words';
import { joinNames } from '../evidence/figure-text';
import { hasFound, isWeak, listAttacks, measureExcess } from '../evidence/summarise-privacy';

/** What the attacks on the records of a run found, in a sentence; null stands for records that were never evaluated. */
export function tellAttacks(evaluation: Pick<Evaluation, 'measures' | 'isComplete'> | null): string {
  if (evaluation === null)
    return 'These records were not evaluated: no attack was tried on them, and nothing is known of what they give away.';
  const attacks = listAttacks(evaluation.measures);
  if (attacks.length === 0) return 'No attack was carried out on these records.';
  const found = attacks.filter(hasFound).sort((a, b) => measureExcess(b) - measureExcess(a));
  const nWeak = attacks.filter(isWeak).length;
  const tried = `${formatItems(attacks.length, 'attack was', 'attacks were')} tried${evaluation.isComplete ? '' : ' before the evaluation was ended'}`;
  const names = found.map(({ id }) => nameMeasure(id));
  const result =
    found.length === 0
      ? 'none did better on people of train than on held-out people by more than chance explains'
      : `${found.length} did better on people of train than on held-out people by more than chance explains: ${joinNames(names)}`;
  const weak = nWeak === 0 ? '' : ` ${nWeak} did no better than guessing, which shows nothing either way.`;
  return `${tried}; ${result}.${weak}`;
}

/** What the criteria come to, those that are not met by name. */
export function tellCriteria(policy: string, findings: readonly Finding[]): string {
  const open = findings
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ measure, outcome }) => `${nameMeasure(measure)} (${OUTCOME_WORDS[outcome].toLowerCase()})`);
  const names = open.length === 0 ? '' : ` These are open: ${joinNames(open)}.`;
  return `For “${policy}”: ${tellMet(findings, 0)}${names}`;
}

/** More columns than these are a list, not a sentence. */
const N_NAMED = 6;

/** Columns where a label stands for rare values, with the share of cells of train; null where there is none. */
export function tellPooled({
  handlingLog,
  nTrain,
  basis,
}: Pick<RunRecord, 'handlingLog' | 'nTrain' | 'basis'>): string | null {
  const { pooledLabel, k } = basis.handling;
  const pooled = handlingLog
    .filter((entry) => isPooledAs(entry, pooledLabel))
    .sort((a, b) => b.nRows - a.nRows);
  if (pooled.length === 0) return null;
  const told = pooled
    .slice(0, N_NAMED)
    .map(({ column, nRows }) => `${column} (${formatShare(nRows / nTrain)} of its cells in train)`);
  const nMore = pooled.length - told.length;
  const more = nMore === 0 ? [] : [`${formatItems(nMore, 'more column')}, listed in run.json`];
  const counted = nameCounted(findCountedKey(basis.schema, basis.split));
  return `“${pooledLabel}” stands for values that fewer than ${k} ${counted} have, pooled into one, in ${joinNames([...told, ...more])}.`;
}
