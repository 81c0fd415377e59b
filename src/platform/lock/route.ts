/**
 * Decides which file of the build answers a request, by exact path: nothing is decoded, no query is tolerated and
 * nothing outside the scope is answered, so that no request can carry a value out.
 *
 * @param url absolute address asked for
 * @param scope absolute address of the folder of index.html, ending in `/`
 * @param paths paths of the build, relative to the scope
 * @returns one of `paths`, or null for the synthetic 404
 */
export function routeRequest(url: string, scope: string, paths: ReadonlySet<string>): string | null {
  const [address = ''] = url.split('#', 1);
  if (!address.startsWith(scope)) return null;
  const path = address.slice(scope.length);
  const wanted = path === '' ? 'index.html' : path;
  return paths.has(wanted) ? wanted : null;
}

/** Cache name of one build under one scope; projects of one origin share the cache storage. */
export function nameCache(scope: string, buildHash: string): string {
  return `${cachePrefix(scope)}${buildHash}`;
}

/** What all cache names of a scope begin with. */
export function cachePrefix(scope: string): string {
  return `understudy ${new URL(scope).pathname} `;
}
