import { isModelled, type Schema } from '../schema';
import { isProposalInForce } from './accept-proposal';
import { isSaidToBeNone, type IdentifierAnswer } from './answers';
import type { IdentifierFinding } from './finding';
import type { Generalisation } from './generalise/generalisation';

/** An identifier finding with what became of its column under a schema. */
export interface AccountedFinding extends IdentifierFinding {
  /** True where the column is coarsened, or handled as proposed or more strictly. */
  readonly isHandled: boolean;
  /** True where a model learnt the column as it is, although another handling was proposed. */
  readonly isLearnt: boolean;
  /** True where a person looked at it and said that it is none. */
  readonly isSaidToBeNone: boolean;
}

/** What became of each finding under that schema and those coarsenings, in the order of the findings; none of a column that the schema lacks. */
export function accountFindings(
  findings: readonly IdentifierFinding[],
  schema: Schema,
  generalise: readonly Generalisation[],
  answers: readonly IdentifierAnswer[] = [],
): readonly AccountedFinding[] {
  return findings.flatMap((finding) => {
    const column = schema.columns.find(({ name }) => name === finding.column);
    if (column === undefined) return [];
    const isHandled =
      generalise.some((choice) => choice.column === column.name) ||
      isProposalInForce(finding, { column, generalise });
    const isLearnt = !isHandled && isModelled(column);
    return [{ ...finding, isHandled, isLearnt, isSaidToBeNone: isSaidToBeNone(finding, answers) }];
  });
}
