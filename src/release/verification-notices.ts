import type { AuditAct, AuditEntry } from './audit-log';
import type { Dossier } from './dossier';
import { endSentence } from './end-sentence';
import { readPolicyHistory, type PolicyHistory } from './policy-history';

/** What is out of the ordinary in a package that is as it was made, a sentence each: nobody may miss it. */
export function listRemarks(log: readonly AuditEntry[], evidence: Dossier['evidence']): readonly string[] {
  return [...tellEvidence(evidence), ...tellCriteria(readPolicyHistory(log))];
}

/** How much was tried, which a log of every release tells. */
export function tellCounts(log: readonly AuditEntry[]): string {
  const count = (act: AuditAct, what: string): string => {
    const n = log.filter((entry) => entry.act === act).length;
    return `${n === 0 ? 'no' : n} ${what}${n === 1 ? '' : 's'}`;
  };
  return `The log tells of ${count('training', 'training run')} and ${count('evaluation', 'evaluation')}.`;
}

function tellEvidence(evidence: Dossier['evidence']): readonly string[] {
  if (evidence === null || evidence.isComplete) return [];
  const { length } = evidence.skipped;
  return [
    `The evaluation was ended early, so that the evidence is not complete: it lists ${length} ${length === 1 ? 'measure' : 'measures'} as skipped.`,
  ];
}

/** Later changes of the criteria, and overrides. */
function tellCriteria({ events, overrides }: PolicyHistory): readonly string[] {
  return [
    ...events
      .slice(1)
      .map(
        ({ entry, at, isAfterResults }) =>
          `The criteria were changed in entry ${entry} of the log (${at}), ${isAfterResults ? 'after' : 'before'} results had been seen.`,
      ),
    ...overrides.map(
      ({ entry, at, reason }) =>
        `Criteria that were not met were set aside in entry ${entry} of the log (${at}): ${endSentence(reason ?? 'without a written reason')}`,
    ),
  ];
}
