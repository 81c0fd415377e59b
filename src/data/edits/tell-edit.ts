import type { Handling } from '../handling';
import type { DialectChoice } from '../dialect-choice';
import type { Edit } from './edit';

/** Stands for what a person typed where that may be a value of the source. */
export const TYPED = 'typed';

/** An edit as the log tells it: plain JSON. */
export type ToldEdit = Readonly<Record<string, unknown>>;

const TYPED_KEYS: readonly (keyof Handling | keyof DialectChoice)[] = [
  'missingTokens',
  'comment',
  'part',
  'pooledLabel',
];

/**
 * An edit with names of columns and without anything that may be a value of the source: of texts for missing values, the
 * start of comments, the part that was opened, the name of the pooled level and declared ranges it says that they were typed.
 */
export function tellEdit(edit: Edit): ToldEdit {
  if (edit.of === 'schema')
    return edit.set === 'bounds' && edit.value !== null ? { ...edit, value: TYPED } : { ...edit };
  if (edit.of === 'dialect' || edit.of === 'handling')
    return { ...edit, value: edit.value === null ? null : tellPatch(edit.value) };
  return { ...edit };
}

/** Choices without what may be a value of the source. */
export function tellPatch(patch: object): ToldEdit {
  const hidden: readonly string[] = TYPED_KEYS;
  return Object.fromEntries(
    Object.entries(patch).map(([key, value]: [string, unknown]) => [
      key,
      hidden.includes(key) && value !== null ? TYPED : value,
    ]),
  );
}
