import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize, sep } from 'node:path';
import { mediaType } from './mime.mjs';

/**
 * @typedef {object} ServeOptions
 * @property {string} folder folder to serve
 * @property {number} [port] 0 (the default) takes any free port
 * @property {string} [host] address to listen on; this computer only by default
 * @property {string} [base] path the folder appears under, such as `/a/b/`
 * @property {boolean} [headers] whether to send the headers named in the folder's `_headers` file
 * @property {(request: import('node:http').IncomingMessage) => void} [onRequest] sees every request
 */

/**
 * @typedef {object} RunningServer
 * @property {string} url address of the page, ending in `/`
 * @property {number} port
 * @property {() => Promise<void>} close
 */

/**
 * Headers that a `_headers` file (Netlify, Cloudflare Pages) gives to all paths.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseHeadersFile(text) {
  const pairs = text
    .split('\n')
    .filter((line) => /^\s+[A-Za-z-]+:/.test(line))
    .map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
  return Object.fromEntries(pairs);
}

/**
 * File a request path stands for, or null when it lies outside of the folder or the base path.
 * @param {string} folder
 * @param {string} base
 * @param {string} path path of the request, still percent-encoded
 * @returns {string | null}
 */
export function resolvePath(folder, base, path) {
  if (!path.startsWith(base)) return null;
  try {
    const relative = decodeURIComponent(path.slice(base.length));
    if (relative.includes('\0')) return null;
    const file = normalize(join(folder, relative));
    return file === normalize(folder) || file.startsWith(normalize(folder + sep)) ? file : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} file
 * @returns {Promise<{ bytes: Buffer, path: string } | null>}
 */
async function readPage(file) {
  try {
    const path = (await stat(file)).isDirectory() ? join(file, 'index.html') : file;
    return { bytes: await readFile(path), path };
  } catch {
    return null;
  }
}

/**
 * @param {ServeOptions} options
 * @returns {Promise<Record<string, string>>}
 */
async function readHeaders(options) {
  if (options.headers !== true) return {};
  return parseHeadersFile(await readFile(join(options.folder, '_headers'), 'utf8'));
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port taken; rejects with code EADDRINUSE when it is busy
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * Serves a folder of static files, as any plain web server would.
 * @param {ServeOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function serve(options) {
  const { folder, base = '/', host = '127.0.0.1' } = options;
  const common = await readHeaders(options);
  const server = createServer((request, response) => {
    options.onRequest?.(request);
    void answer(request, response);
  });

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    const path = (request.url ?? '/').replace(/[?#].*$/, '');
    if (`${path}/` === base) {
      response.writeHead(301, { ...common, Location: base }).end();
      return;
    }
    const file =
      request.method === 'GET' || request.method === 'HEAD' ? resolvePath(folder, base, path) : null;
    const page = file === null ? null : await readPage(file);
    if (page === null) {
      response.writeHead(404, { ...common, 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    response.writeHead(200, {
      ...common,
      'Content-Type': mediaType(page.path),
      'Content-Length': page.bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : page.bytes);
  }

  const port = await listen(server, options.port ?? 0, host);
  const close = () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://localhost:${String(port)}${base}`, port, close };
}
