import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const answer =
  'HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: 0\r\nConnection: close\r\n' +
  'Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *\r\nService-Worker-Allowed: /\r\n\r\n';
const keptBytes = 4_096;

/**
 * What arrived at one port.
 * @typedef {object} Arrivals
 * @property {number} nConnections
 * @property {number} nDatagrams
 * @property {string} text first bytes of all that was sent over connections, as latin1
 */

/**
 * Opens a port that takes TCP and UDP, writes down what comes and answers requests with an empty script.
 * @returns {Promise<{ port: number, arrivals: Arrivals }>}
 */
export async function openSink() {
  /** @type {Arrivals} */
  const arrivals = { nConnections: 0, nDatagrams: 0, text: '' };
  const server = createServer((socket) => {
    arrivals.nConnections++;
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      arrivals.text = (arrivals.text + bytes.toString('latin1')).slice(0, keptBytes);
      if (bytes.includes('\r\n\r\n')) socket.end(answer);
    });
  });
  const port = await new Promise((/** @type {(port: number) => void} */ resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '0.0.0.0', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const socket = createSocket('udp4', () => arrivals.nDatagrams++);
  const bound = await new Promise((/** @type {(ok: boolean) => void} */ resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, '0.0.0.0', () => resolve(true));
  });
  if (bound) return { port, arrivals };
  server.close();
  return openSink();
}
