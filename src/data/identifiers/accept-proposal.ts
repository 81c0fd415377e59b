import type { Edit } from '../edits/edit';
import { isSameValue } from '../same-value';
import type { ColumnSchema } from '../schema';
import type { IdentifierFinding } from './finding';
import type { Generalisation } from './generalise/generalisation';

/** What holds for the column of a finding now. */
export interface InForce {
  readonly column: Pick<ColumnSchema, 'name' | 'type' | 'role' | 'included'>;
  /** All columns coarsened now. */
  readonly generalise: readonly Generalisation[];
}

/** The edit by which a proposal comes into force. */
export function makeProposalEdit({ column, proposal }: IdentifierFinding, { generalise }: InForce): Edit {
  switch (proposal.action) {
    case 'drop':
      return { of: 'schema', column, set: 'included', value: false };
    case 'regenerate':
      return { of: 'schema', column, set: 'type', value: 'identifier' };
    case 'quasi-identifier':
      return { of: 'schema', column, set: 'role', value: 'quasi-identifier' };
    case 'generalise':
      return {
        of: 'generalise',
        value: [...generalise.filter((other) => other.column !== column), proposal.by],
      };
  }
}

/** Whether a column is handled as proposed; a column left out is handled more strictly than any proposal. */
export function isProposalInForce({ proposal }: IdentifierFinding, { column, generalise }: InForce): boolean {
  if (!column.included) return true;
  switch (proposal.action) {
    case 'drop':
      return false;
    case 'regenerate':
      return column.type === 'identifier' || column.role === 'identifier';
    case 'quasi-identifier':
      return column.role === 'quasi-identifier';
    case 'generalise':
      return generalise.some((choice) => isSameValue(choice, proposal.by));
  }
}
