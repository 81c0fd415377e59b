/** Absolute address of the folder of index.html, ending in `/`. */
export function readScope(): string {
  return new URL('./', document.baseURI).href;
}

/** True under a sub-path, where other pages of the same origin can read this page's storage. */
export function isSharedOrigin(scope: string): boolean {
  return new URL(scope).pathname !== '/';
}

/** Storage name that two copies of Understudy on one origin do not share, such as an IndexedDB name. */
export function nameInScope(name: string, scope: string): string {
  return `${name} ${new URL(scope).pathname}`;
}
