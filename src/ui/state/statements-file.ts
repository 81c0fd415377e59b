import { fail, succeed, type Outcome } from '../../data/failure';
import { STATEMENT_IDS, type StatementId } from '../../release/statements';

/** Statements out of the text of a JSON file: an object of texts by the ids of {@link STATEMENT_IDS}. */
export function readStatements(text: string): Outcome<readonly (readonly [StatementId, string])[]> {
  const entries = parse(text);
  if (entries === null) return refuse('it is not a JSON object of texts');
  const odd = entries.filter(([id]) => !STATEMENT_IDS.some((known) => known === id)).map(([id]) => `"${id}"`);
  if (odd.length > 0) return refuse(`nothing is asked under ${odd.join(', ')}`);
  const notText = entries.filter(([, value]) => typeof value !== 'string').map(([id]) => `"${id}"`);
  if (notText.length > 0) return refuse(`${notText.join(', ')} must be text`);
  return succeed(entries as [StatementId, string][]);
}

function parse(text: string): [string, unknown][] | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : null;
  } catch {
    return null;
  }
}

function refuse(problem: string): Outcome<never> {
  return fail(
    'option-invalid',
    `The file of statements cannot be used: ${problem}. What may be stated: ${STATEMENT_IDS.join(', ')}.`,
  );
}
