import type { Prepared } from '../../api/ingest';
import { succeed, type Outcome } from '../../data/failure';
import { checkWishes } from '../../data/wishes/check-wishes';
import { describeWish } from '../../data/wishes/describe-wish';
import { learnCombinations } from '../../data/wishes/learn-combinations';
import { listWishes, type Wishes } from '../../data/wishes/wishes';
import type { GrantedWishes, WishesAccount } from '../../data/wishes/wishes-account';

/** Wishes for one run, checked against its columns. */
export interface ReadyWishes {
  /** With the combinations that train has. */
  readonly wishes: Wishes;
  /** The account of them, once they have been drawn with. */
  tell(account: WishesAccount): GrantedWishes;
}

/** Wishes made ready for drawing from a run. They may have been made under another schema, so they are checked again. */
export function readyWishes(
  asked: Wishes,
  prepared: Pick<Prepared, 'schema' | 'train'>,
): Outcome<ReadyWishes> {
  const checked = checkWishes(asked, prepared.schema);
  if (!checked.ok) return checked;
  const sentences = listWishes(checked.value).map((wish) => describeWish(wish, prepared.schema));
  return succeed({
    wishes: learnCombinations(checked.value, prepared.train),
    tell: (account) => ({ asked: checked.value, sentences, ...account }),
  });
}
