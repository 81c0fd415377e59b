/** How the learning rate goes over the planned steps. */
export type Schedule = 'cosine' | 'constant';

/** Least factor of the cosine: the last steps still move. */
const FLOOR = 0.02;

/** Factor of the learning rate at a step: 1, or a cosine from 1 almost to 0. */
export function learningRateAt(index: number, nSteps: number, schedule: Schedule): number {
  if (schedule === 'constant') return 1;
  const done = Math.min(index / Math.max(nSteps, 1), 1);
  return FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * done));
}
