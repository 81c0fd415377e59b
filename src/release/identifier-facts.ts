import type { AccountedFinding } from '../data/identifiers/account-findings';
import { KINDS } from '../data/identifiers/kinds';
import { describeProposal } from '../data/identifiers/proposal-words';
import type { Fact } from './dossier';
import { knownFact, showCount, showShare } from './facts';

/** Said of the columns that hold or may hold identifiers; null or absent where the findings are not at hand. */
export function describeIdentifiers(found: readonly AccountedFinding[] | null | undefined): readonly Fact[] {
  const label = 'Identifiers that the program found';
  if (found === null || found === undefined)
    return [knownFact('identifiers', label, 'not known: the findings were not at hand')];
  const left = found.filter(({ isHandled }) => !isHandled);
  const nHandled = showCount(found.length - left.length);
  const learnt = found.filter(({ isLearnt, isSaidToBeNone }) => isLearnt && !isSaidToBeNone);
  const kept = found.filter(({ isLearnt, isSaidToBeNone }) => isLearnt && isSaidToBeNone);
  return [
    knownFact(
      'identifiers',
      label,
      `${showCount(found.length)}; handled as proposed, or more strictly: ${nHandled}; left as they are: ${left.length === 0 ? 'none' : left.map(nameFinding).join(', ')}`,
    ),
    knownFact('identifierFindings', 'Each of them', found.map(describeFinding)),
    knownFact(
      'identifiersLearnt',
      'Columns that may hold identifiers and were learnt',
      learnt.map(nameFinding),
    ),
    knownFact(
      'identifiersKept',
      'Columns that were found and learnt, and that a person looked at and said to hold no identifier',
      kept.map(nameFinding),
    ),
  ];
}

function nameFinding({ column, kind }: AccountedFinding): string {
  return `${column} (${KINDS[kind].words})`;
}

function describeFinding(finding: AccountedFinding): string {
  const { confidence, proposal, isHandled, isLearnt, isSaidToBeNone } = finding;
  const done = isHandled
    ? 'handled as proposed, or more strictly'
    : `not handled as proposed${isLearnt ? ', and learnt' : ''}${isSaidToBeNone ? '; a person said that it is none' : ''}`;
  return `${nameFinding(finding)}, confidence ${showShare(confidence)}; proposed: ${describeProposal(proposal)}; ${done}`;
}
