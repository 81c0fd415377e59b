import { buildListPath } from './build-list';
import { lockdownPolicy, pagePolicy } from './policy';

/** True when index.html came with our policy as the first element of its head. */
export function hasPagePolicy(): boolean {
  const first = document.head.firstElementChild;
  return first instanceof HTMLMetaElement && first.httpEquiv !== '' && first.content === pagePolicy;
}

/** Asks the own host for a file of the build; the browser must refuse before anything is sent. */
async function isRefused(): Promise<boolean> {
  try {
    await fetch(new URL(buildListPath, document.baseURI), { credentials: 'omit' });
    return false;
  } catch {
    return true;
  }
}

/**
 * Closes the network for this page and all it starts from now on, for good: a policy added to the head can only
 * tighten, and removing the element does not undo it. Answers whether the browser obeys.
 */
export async function lockDown(): Promise<boolean> {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = lockdownPolicy;
  document.head.append(meta);
  return isRefused();
}
