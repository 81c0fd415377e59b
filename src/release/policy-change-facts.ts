import type { Fact } from './dossier';
import { endSentence } from './end-sentence';
import { knownFact } from './facts';
import { titleMeasure } from './measure-titles';
import type { Criterion } from './policy';
import type { ChangedCriterion, PolicyChange } from './policy-changes';

/** Changes of the criteria after their lock, each with its moment, reason and hashes, and then every criterion that changed. */
export function describePolicyChanges(changes: readonly PolicyChange[]): Fact {
  return knownFact(
    'policyChanges',
    'Changes of the criteria after they were locked',
    changes.flatMap((change) => [describeChange(change), ...describeParts(change)]),
  );
}

/** When and why, in a sentence. */
export function tellChange({ at, reason, isAfterResults }: PolicyChange): string {
  const when = isAfterResults ? 'after' : 'before';
  return `The criteria were changed ${when} results had been seen (${at}): ${endSentence(reason ?? 'without a written reason')}`;
}

function describeChange(change: PolicyChange): string {
  const [before, after] = [change.before ?? 'not known', change.after ?? 'not known'];
  return `${tellChange(change)} SHA-256 of the criteria before: ${before}; after: ${after}.`;
}

function describeParts({ at, criteria, others }: PolicyChange): readonly string[] {
  if (criteria === null) return [`${at}: which criteria changed is not on record.`];
  return [
    ...criteria.map((each) => `${at}: ${describeCriterion(each)}.`),
    ...others.map((key) => `${at}: the ${OTHER_WORDS[key] ?? key} changed.`),
  ];
}

const OTHER_WORDS: Readonly<Record<string, string>> = {
  purpose: 'purpose',
  name: 'name of the criteria',
  furtherRoles: 'further roles that have to approve',
};

function describeCriterion({ id, before, after }: ChangedCriterion): string {
  if (before === null) return `added: ${after === null ? id : wordCriterion(after)}`;
  if (after === null) return `taken out: ${wordCriterion(before)}`;
  if (before.measure !== after.measure)
    return `${wordCriterion(before)} before, ${wordCriterion(after)} after`;
  const [was, is] = [wordBound(before), wordBound(after)];
  const what =
    was === is
      ? `the source of the threshold was “${before.source}” and is “${after.source}”`
      : `${was} before, ${is} after`;
  return `${titleMeasure(after.measure)}: ${what}`;
}

/** `Exact copies of rows: at most 0.09`. */
function wordCriterion(criterion: Criterion): string {
  return `${titleMeasure(criterion.measure)}: ${wordBound(criterion)}`;
}

function wordBound({ bound, threshold }: Criterion): string {
  if (threshold === null) return 'whatever its figure';
  const words = bound === 'at-most' ? 'at most' : 'at least';
  if (typeof threshold === 'number') return `${words} ${threshold}`;
  const { times, plus } = threshold;
  return `${words} ${times} × its ceiling${plus === 0 ? '' : ` + ${plus}`}`;
}
