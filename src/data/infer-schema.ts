import { describeColumn } from './describe-column';
import { assignRoles } from './infer-roles';
import { inferType } from './infer-type';
import type { RawTable } from './raw-column';
import { SCHEMA_VERSION, type Schema } from './schema';
import { tallyColumn, type ReadingRules } from './tally';

export interface InferenceOptions extends ReadingRules {
  /** Days before months where every value leaves it open. */
  readonly dayFirst: boolean;
}

/** Type, role, bounds, levels and missing values of every column, each with its reason. */
export function inferSchema(table: RawTable, options: InferenceOptions): Schema {
  const columns = table.columns.map((raw) => {
    const tally = tallyColumn(raw, options);
    const { type, reason, format } = inferType({
      raw,
      tally,
      rules: options,
      dayFirst: options.dayFirst,
    });
    const included = type !== 'text';
    const said = included ? reason : `${reason} Text is never learnt from and is left out.`;
    return describeColumn(
      { name: raw.name, type, role: 'none', reason: said, included, format },
      tally,
      options,
    );
  });
  return { version: SCHEMA_VERSION, columns: assignRoles(columns) };
}
