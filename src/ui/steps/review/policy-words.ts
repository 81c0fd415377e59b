import type { PolicyHistory } from '../../../release/policy-history';
import { writeMomentOf } from '../../parts/NumberText';

/** The criteria's history in the order of the log, a sentence each. */
export function describeHistory({ events, firstLook, overrides }: PolicyHistory): readonly string[] {
  const told = [
    ...events.map(({ entry, at, act, isAfterResults }) => ({
      entry,
      sentence: `${writeMomentOf(at)}: the criteria were ${act === 'policy-locked' ? 'fixed' : 'changed'}, ${isAfterResults ? 'after results had been seen' : 'before any results were seen'}.`,
    })),
    ...(firstLook === null ? [] : [{ entry: firstLook, sentence: 'Results were seen for the first time.' }]),
    ...overrides.map(({ entry, at, reason }) => ({
      entry,
      sentence: `${writeMomentOf(at)}: criteria that were not met were set aside: ${reason ?? 'without a written reason'}.`,
    })),
  ];
  return told
    .sort((a, b) => a.entry - b.entry)
    .map(({ entry, sentence }) => `Entry ${entry} of the log. ${sentence}`);
}

/** The answer to the one question about order. */
export function describeOrder({ events, firstLook }: PolicyHistory): string {
  const [first] = events;
  if (first === undefined) return 'The log holds no moment at which the criteria were fixed.';
  if (first.isAfterResults) return 'The criteria were fixed after results had been seen.';
  return firstLook === null
    ? 'The criteria were fixed, and nobody had seen results by then.'
    : 'The criteria were fixed before results were seen.';
}
