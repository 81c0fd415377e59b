import { countText } from '../data/count-text';
import type { Fact } from './dossier';
import { STATEMENT_FIELDS, STATEMENT_IDS, type StatementId, type Statements } from './statements';

/** Something the program knows; null where it does not. */
export function knownFact(id: string, label: string, value: Fact['value']): Fact {
  return { id, label, value, by: 'program' };
}

/** What a person said under that heading, or that nobody said anything. */
export function statedFact(id: StatementId, statements: Statements, label?: string): Fact {
  const text = statements[id]?.trim() ?? '';
  return { id, label: label ?? STATEMENT_FIELDS[id].label, value: text === '' ? null : text, by: 'person' };
}

/** Everything a person is asked for under one item of the dossier. */
export function statedFacts(item: number, statements: Statements): readonly Fact[] {
  return STATEMENT_IDS.filter((id) => STATEMENT_FIELDS[id].item === item).map((id) =>
    statedFact(id, statements),
  );
}

/** A share in per cent, with at most one decimal. */
export function showShare(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

/** A whole number with its thousands apart, as the page writes it. */
export const showCount = countText;

/** Settings as `name = value`, one a line, in the order of their names. */
export function showSettings(settings: object | null): readonly string[] | null {
  if (settings === null) return null;
  return Object.entries(settings)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}
