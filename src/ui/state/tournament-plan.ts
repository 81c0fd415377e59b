import type { TournamentEntry } from '../../platform/projects/types';
import { formatDuration } from '../parts/NumberText';

/** Training shorter than that teaches a network nothing worth comparing. */
const LEAST_TRAIN_MS = 1000;

/** What one model may do when its turn comes. */
export type Turn =
  | {
      readonly kind: 'run';
      /** Most milliseconds of training. */
      readonly shareMs: number;
    }
  | { readonly kind: 'pass'; readonly reason: string };

/** Entries that wait, the cheapest forecast first and those without one last; all others stay before them in order. */
export function orderEntries(entries: readonly TournamentEntry[]): readonly TournamentEntry[] {
  const over = entries.filter(({ outcome }) => outcome !== 'waiting');
  const waiting = entries.filter(({ outcome }) => outcome === 'waiting');
  return [...over, ...waiting.sort((a, b) => costOf(a) - costOf(b))];
}

function costOf({ forecastMs }: TournamentEntry): number {
  return forecastMs ?? Infinity;
}

/**
 * The turn of an entry when `leftMs` are left for it and `nAfter` more. A model trained in steps gets an equal share of
 * what is left, less what drawing and judging take; it keeps its best when that is used up. A model fitted in one go
 * cannot be stopped half way, so it may take all that is left, and is passed over where its forecast is longer.
 */
export function giveTurn(
  entry: Pick<TournamentEntry, 'forecastMs' | 'restMs'>,
  isStepwise: boolean,
  leftMs: number,
  nAfter: number,
): Turn {
  const { forecastMs, restMs } = entry;
  if (leftMs <= 0) return pass('The time was used up before its turn.');
  const rest = restMs ?? 0;
  if (isStepwise) {
    const shareMs = leftMs / (nAfter + 1) - rest;
    if (shareMs >= LEAST_TRAIN_MS) return { kind: 'run', shareMs };
    return pass(
      `Of the ${formatDuration(leftMs / (nAfter + 1))} that were its share, drawing and judging take up to ${formatDuration(rest)}, which leaves too little to train.`,
    );
  }
  if (forecastMs !== null && forecastMs > leftMs)
    return pass(
      `It may take ${formatDuration(forecastMs)}, and ${formatDuration(leftMs)} were left; it cannot be stopped half way.`,
    );
  return { kind: 'run', shareMs: leftMs };
}

function pass(reason: string): Turn {
  return { kind: 'pass', reason };
}
