import type { RunRecord, TournamentRecord } from '../../platform/projects/types';
import { formatDuration, formatScore } from '../parts/NumberText';
import { nameModel } from '../steps/train/models';
import { fidelityOf } from './tournament-figures';

/** Qualities that differ by less are as good as equal: another seed moves them as far. */
const CLOSE = 0.01;
/** Times that differ by less do not decide. */
const SOON_MS = 10_000;

interface Contender {
  readonly runId: string;
  readonly name: string;
  readonly quality: number;
  readonly floor: number | null;
  readonly spentMs: number;
}

/**
 * The run to go on with: of those whose quality is within 0.01 of the best, the best of those that took no more than
 * ten seconds longer than the quickest. None where no run is better
 * than columns shuffled on their own.
 */
export function suggestRun(
  { entries }: Pick<TournamentRecord, 'entries'>,
  runs: readonly RunRecord[],
): TournamentRecord['suggestion'] {
  const contenders = entries.flatMap(({ runId, spentMs }) => {
    const run = runs.find(({ id }) => id === runId);
    const fidelity = run === undefined ? null : fidelityOf(run);
    if (run === undefined || fidelity === null || run.model === 'independent') return [];
    const { value: quality, floor } = fidelity;
    return [{ runId: run.id, name: nameModel(run.model), quality, floor, spentMs: spentMs ?? Infinity }];
  });
  const ranked = [...contenders].sort((a, b) => b.quality - a.quality);
  const [best] = ranked;
  if (best === undefined || (best.floor !== null && best.quality <= best.floor)) return null;
  const alike = ranked.filter(({ quality }) => best.quality - quality < CLOSE);
  const soonest = Math.min(...alike.map(({ spentMs }) => spentMs));
  const taken = alike.find(({ spentMs }) => spentMs <= soonest + SOON_MS) ?? best;
  return { runId: taken.runId, why: explain(taken, alike, ranked) };
}

function explain(taken: Contender, alike: readonly Contender[], ranked: readonly Contender[]): string {
  const others = alike.filter((one) => one !== taken);
  const quality = `quality ${formatScore(taken.quality)}`;
  if (others.length > 0) {
    const names = others.map(({ name, quality: of }) => `${name} (${formatScore(of)})`).join(' and ');
    const time =
      taken === alike[0]
        ? `and slightly closer (${formatDuration(taken.spentMs)})`
        : `and took less time (${formatDuration(taken.spentMs)})`;
    return `${taken.name}, ${quality}, is as close to train as ${names}, give or take ${CLOSE}, ${time}.`;
  }
  const next = ranked.find((one) => one !== taken);
  return next === undefined
    ? `${taken.name}, ${quality}, is the only run that could be compared.`
    : `${taken.name} comes closest to train: ${quality}, and the next is ${next.name} with ${formatScore(next.quality)}.`;
}
