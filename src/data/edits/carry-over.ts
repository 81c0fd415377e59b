import { isSameValue } from '../same-value';
import type { SplitChoice } from '../handling';
import type { Schema } from '../schema';
import type { Edit } from './edit';
import { listInForce, makeHistory, type EditHistory } from './history';

/** True when a reading has the columns of a schema, in any order. */
export function hasColumnsOf(headers: readonly string[], schema: Schema): boolean {
  const names = schema.columns.map((column) => column.name);
  return isSameValue([...headers].sort(), [...names].sort());
}

/** What of a history still counts on another file that was read by fresh guesses; `schema` is that of the file before. */
export function carryOver(
  history: EditHistory,
  headers: readonly string[],
  schema: Schema | null,
): EditHistory {
  const isAlike = schema !== null && hasColumnsOf(headers, schema);
  return isAlike ? forgetDialect(history) : keepForAnyTable(history);
}

/** What of a history still counts on another file of the same columns that was read by fresh guesses. */
export function forgetDialect(history: EditHistory): EditHistory {
  return makeHistory(listInForce(history).filter((edit) => edit.of !== 'dialect'));
}

/** What of a history counts for a table of other columns: the edits that name none. */
export function keepForAnyTable(history: EditHistory): EditHistory {
  const kept = listInForce(history).flatMap((edit): readonly Edit[] => {
    if (edit.of === 'handling') return [edit];
    if (edit.of !== 'split') return [];
    const value: Partial<SplitChoice> = {
      ...(edit.value.fraction === undefined ? {} : { fraction: edit.value.fraction }),
      ...(edit.value.seed === undefined ? {} : { seed: edit.value.seed }),
    };
    return Object.keys(value).length === 0 ? [] : [{ of: 'split', value }];
  });
  return makeHistory(kept);
}
