/** Media types of the files a build holds. */
const types = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['json', 'application/json'],
  ['md', 'text/markdown; charset=utf-8'],
  ['csv', 'text/csv; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['wasm', 'application/wasm'],
  ['woff2', 'font/woff2'],
]);

/**
 * Media type of a file by its extension.
 * @param {string} path
 * @returns {string}
 */
export function mediaType(path) {
  return types.get(path.split('.').pop() ?? '') ?? 'application/octet-stream';
}
