/** Factor of the learning rate at a step: 1 for the first half of the plan, then a straight line to a tenth. */
export function learningRateAt(index: number, nSteps: number): number {
  const done = index / Math.max(nSteps, 1);
  return done < 0.5 ? 1 : 1 - 1.8 * (done - 0.5);
}
