import { readBound } from '../../../../data/bound-text';
import { isNumeric, type ColumnSchema, type Schema } from '../../../../data/schema';
import { succeed, type Outcome } from '../../../../data/failure';
import { DEFAULT_K } from '../../../../data/wishes/read-wish';
import type { Wish, Wishes } from '../../../../data/wishes/wishes';
import { readyWishes, type WishGround } from '../../../state/grant-wishes';

export type WishKind = Wish['kind'];

/** Kinds of wishes as a person chooses among them. */
export const WISH_KINDS: readonly {
  readonly kind: WishKind;
  readonly group: 'Which records' | 'Rules that every record keeps';
  readonly name: string;
  readonly what: string;
}[] = [
  {
    kind: 'levels',
    group: 'Which records',
    name: 'Only records with certain values',
    what: 'Everything else is as the model has it for such records.',
  },
  {
    kind: 'within',
    group: 'Which records',
    name: 'Only records within a range',
    what: 'Everything else is as the model has it for such records; a missing value does not count.',
  },
  {
    kind: 'present',
    group: 'Which records',
    name: 'Only records that have a value',
    what: 'Records where the column is missing are left out.',
  },
  {
    kind: 'missing',
    group: 'Which records',
    name: 'Only records without a value',
    what: 'Records where the column has a value are left out.',
  },
  {
    kind: 'shares',
    group: 'Which records',
    name: 'How many of each value',
    what: 'The shares make 100 % together; a value left empty gets no records.',
  },
  {
    kind: 'range',
    group: 'Rules that every record keeps',
    name: 'A column stays within a range',
    what: 'A missing value breaks no range.',
  },
  {
    kind: 'order',
    group: 'Rules that every record keeps',
    name: 'One column lies before another',
    what: 'Numbers or dates of one record, such as admission and discharge; a missing value breaks no order.',
  },
  {
    kind: 'combinations',
    group: 'Rules that every record keeps',
    name: 'Only combinations that train has',
    what: 'Such as city and postcode. They are learnt from train now and kept with the wish; a combination that fewer records share is not learnt.',
  },
];

/** What a person has put into the fields, as it stands there. */
export interface WishDraft {
  kind: WishKind;
  column: string;
  /** The column that must lie above `column`. */
  after: string;
  orEqual: boolean;
  columns: string[];
  levels: string[];
  min: string;
  max: string;
  k: string;
  /** Per cent of each level. */
  percents: Record<string, string>;
}

export function emptyDraft(
  kind: WishKind,
  { schema, leastK }: Pick<WishGround, 'schema' | 'leastK'>,
): WishDraft {
  const fitting = listColumns(kind, schema);
  return {
    kind,
    column: fitting[0]?.name ?? '',
    after: fitting[1]?.name ?? '',
    orEqual: true,
    columns: [],
    levels: [],
    min: '',
    max: '',
    k: String(Math.max(DEFAULT_K, leastK)),
    percents: {},
  };
}

/** Columns that a kind of wish can be about. */
export function listColumns(kind: WishKind, schema: Schema): readonly ColumnSchema[] {
  switch (kind) {
    case 'levels':
    case 'shares':
      return schema.columns.filter((column) => !isNumeric(column));
    case 'within':
    case 'range':
    case 'order':
      return schema.columns.filter(isNumeric);
    default:
      return schema.columns;
  }
}

/**
 * Wishes with the drafted one added, its combinations learnt, or all that is wrong with it. Those that were there stay as
 * they were kept.
 */
export function addDraft(wishes: Wishes, draft: WishDraft, ground: WishGround): Outcome<Wishes> {
  const ready = readyWishes(withDrafted(wishes, draft.kind, describeDraft(draft, ground.schema)), ground);
  if (!ready.ok) return ready;
  const { conditions, rules, shares } = ready.value.wishes;
  return succeed({
    ...wishes,
    conditions: [...wishes.conditions, ...conditions.slice(wishes.conditions.length)],
    rules: [...wishes.rules, ...rules.slice(wishes.rules.length)],
    shares: draft.kind === 'shares' ? shares : wishes.shares,
  });
}

function withDrafted(wishes: Wishes, kind: WishKind, drafted: unknown): unknown {
  switch (kind) {
    case 'shares':
      return { ...wishes, shares: drafted };
    case 'range':
    case 'order':
    case 'combinations':
      return { ...wishes, rules: [...wishes.rules, drafted] };
    default:
      return { ...wishes, conditions: [...wishes.conditions, drafted] };
  }
}

function describeDraft(draft: WishDraft, schema: Schema): unknown {
  const { kind, column } = draft;
  switch (kind) {
    case 'levels':
      return { kind, column, levels: [...draft.levels] };
    case 'within':
    case 'range':
      return { kind, column, ...readEnds(draft, schema) };
    case 'order':
      return { kind, before: column, after: draft.after, orEqual: draft.orEqual };
    case 'combinations':
      return { kind, columns: [...draft.columns], k: Number(draft.k) };
    case 'shares':
      return { column, shares: readShares(draft.percents) };
    default:
      return { kind, column };
  }
}

function readEnds({ column: name, min, max }: WishDraft, schema: Schema) {
  const column = schema.columns.find((one) => one.name === name);
  const read = (text: string) =>
    text.trim() === '' || column === undefined ? null : (readBound(column, text) ?? text);
  return { min: read(min), max: read(max) };
}

function readShares(percents: Readonly<Record<string, string>>) {
  return Object.entries(percents)
    .filter(([, text]) => text.trim() !== '')
    .map(([level, text]) => ({ level, share: Number((Number(text.replace(',', '.')) / 100).toFixed(8)) }));
}

/** Problems of wishes without the places in a file, which nobody sees on the page. */
export function tellProblems(message: string): readonly string[] {
  return message
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^(conditions|rules|shares)[^:]*: /, ''))
    .map((line) => line.charAt(0).toUpperCase() + line.slice(1));
}
