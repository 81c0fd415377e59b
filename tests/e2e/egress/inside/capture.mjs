import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Starts to write every packet of this namespace into a file.
 * @param {string} path
 * @returns {Promise<() => Promise<{ nBytes: number, nDropped: number }>>} takes in what has arrived, and says how many
 *   bytes the file has now and how many packets the kernel dropped since the last call
 */
export async function startCapture(path) {
  const child = spawn('python3', [join(import.meta.dirname, 'capture.py'), path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the packet capture ended');
    return String(value);
  };
  await read();
  return async () => {
    child.stdin.write('\n');
    const [nBytes, nDropped] = (await read()).split(' ').map(Number);
    return { nBytes: nBytes ?? NaN, nDropped: nDropped ?? NaN };
  };
}
