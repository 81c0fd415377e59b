import type { StopScore } from '../../models/synthesizer';
import type { LossPoint } from '../../platform/projects/types';
import { formatCount, formatNumber } from '../parts/NumberText';
import type { Series } from './lines';

/** The models' losses in words; a loss that is not listed goes by its own name. */
export const LOSS_LABELS: Readonly<Record<string, string>> = {
  reconstruction: 'reconstruction',
  kl: 'divergence from the prior (KL)',
  critic: 'critic',
  penalty: 'gradient penalty',
  generator: 'generator',
  condition: 'condition missed',
  pairs: 'distance from pairs',
};

/** Loss curves as series, in the order in which the losses first appear. */
export function lossSeries(losses: readonly LossPoint[]): readonly Series[] {
  const names = new Set(losses.flatMap((point) => Object.keys(point.losses)));
  return [...names].map((name) => ({
    id: name,
    label: LOSS_LABELS[name] ?? name,
    points: losses.map((point) => ({ x: point.step, y: point.losses[name] ?? NaN })),
  }));
}

/** 1- and 2-way marginal accuracy over steps. */
export function scoreSeries(scores: readonly StopScore[]): readonly Series[] {
  return [
    {
      id: 'oneWay',
      label: '1-way (single columns)',
      points: scores.map((s) => ({ x: s.step, y: s.oneWay })),
    },
    { id: 'twoWay', label: '2-way (pairs)', points: scores.map((s) => ({ x: s.step, y: s.twoWay })) },
  ];
}

/** The score that is kept: the last one that was the best when it was taken; null when there is none. */
export function bestScore(scores: readonly StopScore[]): StopScore | null {
  return [...scores].reverse().find((score) => score.best) ?? null;
}

/** One sentence of what the loss curves show. */
export function describeLosses(losses: readonly LossPoint[]): string {
  const first = losses[0];
  const last = losses.at(-1);
  if (first === undefined || last === undefined) return 'No losses yet.';
  const parts = Object.entries(last.losses).map(([name, value]) => {
    const before = first.losses[name];
    return before === undefined
      ? `${name} ${formatNumber(value)}`
      : `${name} from ${formatNumber(before)} to ${formatNumber(value)}`;
  });
  return `Steps ${formatCount(first.step)} to ${formatCount(last.step)}: ${parts.join(', ')}.`;
}

/** One sentence of what the score curve shows. */
export function describeScores(scores: readonly StopScore[]): string {
  const best = bestScore(scores);
  const last = scores.at(-1);
  if (best === null || last === undefined) return 'No score yet: the first one comes after the first check.';
  const now =
    last.step === best.step ? '' : `; now ${last.score.toFixed(3)} at step ${formatCount(last.step)}`;
  return `Best ${best.score.toFixed(3)} at step ${formatCount(best.step)}${now}.`;
}
