import { describeColumn } from './describe-column';
import { assignRoles } from './infer-roles';
import { FEW_VALUES, inferType } from './infer-type';
import { isGroupKey, judgeOverGroups } from './judge-over-groups';
import type { RawColumn, RawTable } from './raw-column';
import { SCHEMA_VERSION, type ColumnSchema, type Schema } from './schema';
import { tallyColumn, type ReadingRules, type Tally } from './tally';
import type { TypeGuess } from './type-guess';

export interface InferenceOptions extends ReadingRules {
  /** Days before months where every value leaves it open. */
  readonly dayFirst: boolean;
}

interface Guessed {
  readonly raw: RawColumn;
  readonly tally: Tally;
  readonly found: TypeGuess;
}

/**
 * Type, role, bounds, levels and missing values of every column, each with its reason. Columns of words and codes are
 * judged once more over the values of each identifier that repeats.
 */
export function inferSchema(table: RawTable, options: InferenceOptions): Schema {
  const guessed = table.columns.map((raw): Guessed => {
    const tally = tallyColumn(raw, options);
    const evidence = { raw, tally, rules: options, dayFirst: options.dayFirst, few: FEW_VALUES };
    return { raw, tally, found: inferType(evidence) };
  });
  const keys = guessed
    .filter(({ found, tally }) => found.type === 'identifier' && isGroupKey(tally))
    .map(({ raw, tally }) => ({ name: raw.name, raw, tally }));
  const columns = guessed.map(({ raw, tally, found }) => {
    if (found.type !== 'categorical') return describeGuess({ raw, tally, found }, options);
    for (const key of keys) {
      const overGroups = judgeOverGroups(raw, tally, key, options);
      if (overGroups !== null) return describeGuess({ raw, tally, found: overGroups }, options);
    }
    return describeGuess({ raw, tally, found }, options);
  });
  return { version: SCHEMA_VERSION, columns: assignRoles(columns) };
}

function describeGuess({ raw, tally, found }: Guessed, options: InferenceOptions): ColumnSchema {
  const { type, reason, format } = found;
  const included = type !== 'text';
  const said = included ? reason : `${reason} Text is never learnt from and is left out.`;
  return describeColumn(
    { name: raw.name, type, role: 'none', reason: said, included, format },
    tally,
    options,
  );
}
