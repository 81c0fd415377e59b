/**
 * A fresh id: 32 hexadecimal digits from the browser's own randomness. `crypto.randomUUID` would do, but browsers hide
 * it on plain http, where the sample cohort still opens.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
