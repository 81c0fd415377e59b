import { SECTION_TITLES } from '../../../release/dossier-sections';
import { SECTION_IDS } from '../../../release/dossier';
import {
  STATEMENT_FIELDS,
  STATEMENT_IDS,
  type StatementField,
  type StatementId,
  type Statements,
} from '../../../release/statements';

/** Questions under one heading of the dossier. */
export interface StatementGroup {
  readonly title: string;
  readonly fields: readonly (StatementField & { readonly id: StatementId })[];
}

const items = [...new Set(STATEMENT_IDS.map((id) => STATEMENT_FIELDS[id].item))];

/** Everything a person is asked, in the order of the dossier. */
export const STATEMENT_GROUPS: readonly StatementGroup[] = items.map((item) => ({
  title: SECTION_TITLES[SECTION_IDS[item - 1] ?? 'purpose'],
  fields: STATEMENT_IDS.filter((id) => STATEMENT_FIELDS[id].item === item).map((id) => ({
    id,
    ...STATEMENT_FIELDS[id],
  })),
}));

/** Labels of what has not been said, in the order of the dossier. */
export function listUnsaid(statements: Statements): readonly string[] {
  return STATEMENT_IDS.filter((id) => (statements[id] ?? '').trim() === '').map(
    (id) => STATEMENT_FIELDS[id].label,
  );
}
