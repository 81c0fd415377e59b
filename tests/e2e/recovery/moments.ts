import type { Rng } from '../../../src/math/rng';

/** What the page is doing when it is killed, in the order of the journey. */
export const DOINGS = [
  'importing',
  'editing',
  'training',
  'checkpointing',
  'ending',
  'sampling',
  'judging',
  'exporting',
] as const;

export type Doing = (typeof DOINGS)[number] | 'opening';

export interface Moment {
  readonly doing: Doing;
  /** Milliseconds after that began. */
  readonly delayMs: number;
  /** The process of the tab, or the whole browser. */
  readonly victim: 'tab' | 'browser';
}

/** How long each lasts on a machine of a few cores; the moment is drawn evenly from it. */
const LENGTH_MS: Readonly<Record<Doing, number>> = {
  opening: 2500,
  importing: 700,
  editing: 60,
  training: 2500,
  checkpointing: 120,
  ending: 120,
  sampling: 250,
  judging: 300,
  exporting: 1200,
};

/** A random moment in each of these doings, in the order in which a journey meets them. */
export function drawMoments(doings: readonly Doing[], rng: Rng): readonly Moment[] {
  return doings.map((planned, i) => {
    const draw = rng.fork(`moment/${i}`);
    // Now and then the page is killed while it is still coming back from the kill before.
    const doing = i > 0 && draw.float() < 0.12 ? 'opening' : planned;
    return {
      doing,
      delayMs: Math.round(LENGTH_MS[doing] * draw.float()),
      victim: draw.float() < 0.3 ? 'browser' : 'tab',
    };
  });
}
