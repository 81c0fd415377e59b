import type { Prepared } from '../../api/ingest';
import { succeed, type Outcome } from '../../data/failure';
import { checkWishes } from '../../data/wishes/check-wishes';
import { describeWish } from '../../data/wishes/describe-wish';
import { learnCombinations, type Lesson } from '../../data/wishes/learn-combinations';
import { listWishes, type Wishes } from '../../data/wishes/wishes';
import type { GrantedWishes, WishesAccount } from '../../data/wishes/wishes-account';

/** Wishes for one run, checked against its columns. */
export interface ReadyWishes {
  /** With the combinations that train has. */
  readonly wishes: Wishes;
  /** The account of them, once they have been drawn with. */
  tell(account: WishesAccount): GrantedWishes;
}

/** Columns of a run, and what may be learnt from them. */
export type WishGround = Lesson & Pick<Prepared, 'schema'>;

/** What the wishes for a run are checked against and learnt from. */
export function groundOf(
  {
    schema,
    train,
    trainAsRead,
    trainGroups,
  }: Pick<Prepared, 'schema' | 'train' | 'trainAsRead' | 'trainGroups'>,
  { k }: { readonly k: number },
): WishGround {
  return { schema, train, trainAsRead, trainGroups, leastK: k };
}

/**
 * Wishes made ready for drawing from a run, with combinations learnt. They may have been made under another schema or for
 * another train, so they are checked again.
 */
export function readyWishes(asked: unknown, ground: WishGround): Outcome<ReadyWishes> {
  const checked = checkWishes(asked, ground.schema);
  if (!checked.ok) return checked;
  const learnt = learnCombinations(checked.value, ground);
  if (!learnt.ok) return learnt;
  const wishes = learnt.value;
  const sentences = listWishes(wishes).map((wish) => describeWish(wish, ground.schema));
  return succeed({ wishes, tell: (account) => ({ asked: wishes, sentences, ...account }) });
}
