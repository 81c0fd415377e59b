/** Wishes for synthetic records, as plain JSON. Persisted and handed out: docs/wishes.md; changes need a migration. */
export const WISHES_VERSION = 1;

/** Only records that fit are drawn; what else they hold is as the model has it for such records. */
export type Condition =
  | { readonly kind: 'levels'; readonly column: string; readonly levels: readonly string[] }
  | ({ readonly kind: 'within'; readonly column: string } & Range)
  | { readonly kind: 'missing'; readonly column: string }
  | { readonly kind: 'present'; readonly column: string };

/** Ends of numbers or of datetimes (in ms) that belong to the range; null = open, never both. */
export interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

/** What no record may break. A missing value breaks no range and no order. */
export type Rule =
  ({ readonly kind: 'range'; readonly column: string } & Range) | OrderRule | CombinationsRule;

/** One number or datetime lies below another of the same record. */
export interface OrderRule {
  readonly kind: 'order';
  readonly before: string;
  readonly after: string;
  /** True = both may be equal. */
  readonly orEqual: boolean;
}

/** Values of some columns only as they occur together; missing counts as a value. */
export interface CombinationsRule {
  readonly kind: 'combinations';
  readonly columns: readonly string[];
  /** Records of train that must share a combination before it is learnt, at least 2; null = a person listed them. */
  readonly k: number | null;
  /**
   * Combinations that may occur; null = not learnt yet. Learnt ones are kept with the wish, so that records are drawn
   * under the same ones again.
   */
  readonly allowed: readonly Combination[] | null;
}

/** A value for each column of the rule; null = missing. */
export type Combination = readonly (string | number | null)[];

/** How many of the records have which level of one column, to within one record; other levels get none. */
export interface Shares {
  readonly column: string;
  readonly shares: readonly Share[];
}

export interface Share {
  /** Null = missing. */
  readonly level: string | null;
  /** 0–1; all together 1. */
  readonly share: number;
}

export interface Wishes {
  readonly version: typeof WISHES_VERSION;
  /** All must hold; one a column at most. */
  readonly conditions: readonly Condition[];
  readonly shares: Shares | null;
  readonly rules: readonly Rule[];
}

/** One wish of any kind. */
export type Wish = Condition | Rule | ({ readonly kind: 'shares' } & Shares);

export const NO_WISHES: Wishes = { version: WISHES_VERSION, conditions: [], shares: null, rules: [] };

/** Conditions, then rules, then shares: the order in which wishes are counted and told. */
export function listWishes({ conditions, rules, shares }: Wishes): readonly Wish[] {
  return [...conditions, ...rules, ...(shares === null ? [] : [{ kind: 'shares' as const, ...shares }])];
}

/** Columns that a wish is about. */
export function columnsOf(wish: Wish): readonly string[] {
  if (wish.kind === 'order') return [wish.before, wish.after];
  return wish.kind === 'combinations' ? wish.columns : [wish.column];
}

/** Wishes with one of them taken out, by its place in {@link listWishes}. */
export function removeWish({ conditions, rules, shares, version }: Wishes, at: number): Wishes {
  const without = <T>(list: readonly T[], from: number) => list.filter((_, i) => i + from !== at);
  return {
    version,
    conditions: without(conditions, 0),
    rules: without(rules, conditions.length),
    shares: at === conditions.length + rules.length ? null : shares,
  };
}

/** Wishes with one more. Shares take the place of those that were there. */
export function addWish(wishes: Wishes, wish: Wish): Wishes {
  switch (wish.kind) {
    case 'shares':
      return { ...wishes, shares: { column: wish.column, shares: wish.shares } };
    case 'range':
    case 'order':
    case 'combinations':
      return { ...wishes, rules: [...wishes.rules, wish] };
    default:
      return { ...wishes, conditions: [...wishes.conditions, wish] };
  }
}
