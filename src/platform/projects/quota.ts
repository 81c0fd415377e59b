import type { StorageReport } from './types';

const GIB = 2 ** 30;
/**
 * Ordinary windows are usually offered far more than this; private ones less, in some browsers. No browser says which
 * it is, and Chromium 156 answers 10 GiB more than is used in either.
 */
const SMALL_QUOTA_BYTES = 2 * GIB;
const NEARLY_FULL = 0.9;

/** How much the browser stores for this origin and how much it would. Null where it does not say. */
export async function reportStorage(): Promise<StorageReport> {
  const storage = readStorageManager();
  const estimate = await storage?.estimate().catch(() => null);
  const persisted = (await storage?.persisted().catch(() => false)) ?? false;
  const usageBytes = estimate?.usage ?? null;
  const quotaBytes = estimate?.quota ?? null;
  return { usageBytes, quotaBytes, persisted, warning: warnAboutStorage(usageBytes, quotaBytes, persisted) };
}

/** Asks the browser not to clear this origin's data when space is short. False when it declined or cannot. */
export async function requestPersistence(): Promise<boolean> {
  return (
    (await readStorageManager()
      ?.persist()
      .catch(() => false)) ?? false
  );
}

function readStorageManager(): StorageManager | undefined {
  return (navigator as Partial<Navigator>).storage;
}

/**
 * One sentence when work kept here looks at risk, else null. A small quota only hints at a private window (each
 * browser hides the difference), so it is worded as a possibility.
 */
export function warnAboutStorage(
  usageBytes: number | null,
  quotaBytes: number | null,
  persisted: boolean,
): string | null {
  if (quotaBytes === null)
    return 'This browser does not say how much it can store. Save a project file to be safe.';
  if (usageBytes !== null && usageBytes > NEARLY_FULL * quotaBytes)
    return `Storage for this page is nearly full (${inWords(usageBytes)} of ${inWords(quotaBytes)}). Erase projects you no longer need, or save project files.`;
  if (!persisted && quotaBytes < SMALL_QUOTA_BYTES)
    return `This browser offers only ${inWords(quotaBytes)} here. This may be a private window, whose projects are gone when it is closed, or the device may be nearly full. Save a project file to keep your work.`;
  return null;
}

function inWords(nBytes: number): string {
  return nBytes >= GIB ? `${(nBytes / GIB).toFixed(1)} GB` : `${Math.round(nBytes / 2 ** 20)} MB`;
}
