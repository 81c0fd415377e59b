import type { DialectChoice } from '../dialect-choice';
import { DEFAULT_HANDLING, DEFAULT_SPLIT, type Handling, type SplitChoice } from '../handling';
import type { IdentifierAnswer } from '../identifiers/answers';
import type { Generalisation } from '../identifiers/generalise/generalisation';
import type { Edit } from './edit';

/** What the split begins from: the columns of the reading, and the identifier by which its rows belong together. */
export interface SplitGround {
  readonly headers: readonly string[];
  /** Suggested from the inferred schema, or null. */
  readonly suggestedGroup: string | null;
}

/**
 * How the file is read under these edits, whatever stands between them: absent keys are guessed. Guesses made afresh leave
 * columns coarsened.
 */
export function foldDialect(edits: readonly Edit[]): DialectChoice {
  return edits.reduce<DialectChoice>((choice, edit) => {
    if (edit.of === 'generalise') return withGeneralised(choice, edit.value);
    if (edit.of !== 'dialect') return choice;
    return edit.value === null ? withGeneralised({}, choice.generalise ?? []) : { ...choice, ...edit.value };
  }, {});
}

/** The same reading with these columns coarsened and no others. */
function withGeneralised(choice: DialectChoice, generalise: readonly Generalisation[]): DialectChoice {
  const bare: { -readonly [Key in keyof DialectChoice]: DialectChoice[Key] } = { ...choice };
  delete bare.generalise;
  return generalise.length === 0 ? bare : { ...bare, generalise };
}

/** The columns that a person said to hold no identifier, with the kind it was about. */
export function foldAnswers(edits: readonly Edit[]): readonly IdentifierAnswer[] {
  return edits.reduce<readonly IdentifierAnswer[]>(
    (answers, edit) => (edit.of === 'no-identifiers' ? edit.value : answers),
    [],
  );
}

/** The handling under these edits, from the defaults. */
export function foldHandling(edits: readonly Edit[]): Handling {
  return edits.reduce(
    (handling, edit) => (edit.of === 'handling' ? { ...handling, ...edit.value } : handling),
    DEFAULT_HANDLING,
  );
}

/** The split under these edits, from the defaults and what is suggested; columns the reading lacks change nothing. */
export function foldSplit(edits: readonly Edit[], { headers, suggestedGroup }: SplitGround): SplitChoice {
  const start: SplitChoice = { ...DEFAULT_SPLIT, groupBy: suggestedGroup };
  return edits.reduce((split, edit) => {
    if (edit.of !== 'split') return split;
    const { stratifyBy = split.stratifyBy, groupBy = split.groupBy, ...numbers } = edit.value;
    const known = (column: string | null) => column === null || headers.includes(column);
    return {
      ...split,
      ...numbers,
      stratifyBy: known(stratifyBy) ? stratifyBy : split.stratifyBy,
      groupBy: known(groupBy) ? groupBy : split.groupBy,
    };
  }, start);
}
