import { SECTION_TITLES } from '../../../release/dossier-sections';
import { SECTION_IDS } from '../../../release/dossier';
import { listRequired } from '../../../release/required-statements';
import type { Purpose } from '../../../data/purpose';
import { formatCount } from '../../parts/NumberText';
import { joinNames } from '../evidence/figure-text';
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
  return STATEMENT_IDS.filter((id) => isBlank(statements[id])).map((id) => STATEMENT_FIELDS[id].label);
}

/** What a recipient asks first. */
const ASKED_FIRST = ['purpose', 'recipient', 'legalBasis', 'riskDecision', 'contact'] as const;

/** The first of what a recipient asks that nobody has said; null where all of it was. */
export function findFirstUnsaid(statements: Statements): StatementId | null {
  return ASKED_FIRST.find((id) => isBlank(statements[id])) ?? null;
}

/** What a package lacks that is built without statements, where its purpose lets it be built so; null where it lacks nothing of it. */
export function tellUnsaid(statements: Statements, purpose: Purpose): string | null {
  const first = ASKED_FIRST.filter((id) => isBlank(statements[id]));
  if (listRequired(purpose).length > 0 || first.length === 0) return null;
  const nUnsaid = listUnsaid(statements).length;
  const before =
    nUnsaid === STATEMENT_IDS.length
      ? 'No statement was made'
      : `${formatCount(nUnsaid)} of ${formatCount(STATEMENT_IDS.length)} statements were not made`;
  const labels = first.map((id) => `“${STATEMENT_FIELDS[id].label}”`);
  return `${before}, and this purpose asks for none, so the package can be built without. Its dossier then says “not stated” where a recipient looks for ${joinNames(labels)}. To have them in it, write them under “What only you can say”, above, before you build.`;
}

function isBlank(text = ''): boolean {
  return text.trim() === '';
}
