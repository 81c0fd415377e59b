/**
 * Hosts that this browser asks for on its own errands (update, log-in, hints, autofill), whatever page is open. Anything
 * else fails the test: look at what it is before it is added.
 */
export const browserNoise: readonly string[] = [
  'accounts.google.com',
  'clients2.google.com',
  'content-autofill.googleapis.com',
  'optimizationguide-pa.googleapis.com',
  'update.googleapis.com',
];

/** True for a name, or an entry such as `request to HOST`, that is the browser's own. */
export function isNoise(entry: string): boolean {
  return browserNoise.some((host) => entry === host || entry === `request to ${host}`);
}
