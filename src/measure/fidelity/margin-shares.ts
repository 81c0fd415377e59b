/** 1 − ½ Σ |share − count / n|. */
export function measureAccuracy(share: Float64Array, counts: Float64Array): number {
  let n = 0;
  for (const count of counts) n += count;
  let distance = 0;
  for (let cell = 0; cell < share.length; cell++)
    distance += Math.abs((share[cell] ?? 0) - (counts[cell] ?? 0) / n);
  return 1 - distance / 2;
}

/**
 * Σ |p₁ − p₂| that two samples of n₁ and n₂ rows with true shares p are expected to show: Σ √(2/π · p (1 − p) (1/n₁ + 1/n₂)).
 * Source: the normal approximation mostlyai-qa states as the largest accuracy.
 */
export function expectDistance(shares: Float64Array, n1: number, n2: number): number {
  let sum = 0;
  for (const p of shares) sum += Math.sqrt((2 / Math.PI) * p * Math.max(0, 1 - p) * (1 / n1 + 1 / n2));
  return sum;
}
