import type { StatementId } from '../../../release/statements';

/** Id of the field in which something is stated. */
export function fieldOf(id: StatementId): string {
  return `statement-${id}`;
}

/** Opens the group a field is folded away in, and leads to it. */
export function showField(id: StatementId): void {
  const field = document.getElementById(fieldOf(id));
  const group = field?.closest('details');
  if (group) group.open = true;
  field?.focus();
}
