import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const headless = join(import.meta.dirname, '../../src/headless/end-with-parent.mjs');
/** A process that would run for a minute, and says who it is. */
const script = `import { endWithParent } from ${JSON.stringify(headless)};
endWithParent(() => process.exit(), { everyMs: 20 });
setTimeout(() => undefined, 60_000);
console.log(process.pid);`;

const left: number[] = [];
afterEach(() => {
  for (const pid of left.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts a starter, as npm starts what it runs; answers it with the pid of what it started. */
async function start(): Promise<readonly [starter: ChildProcess, pid: number]> {
  const command = `"$NODE" --input-type=module -e "$SCRIPT"; true`;
  const npm = `const { spawn } = require('node:child_process'); spawn('sh', ['-c', process.env.COMMAND], { stdio: 'inherit' }); setTimeout(() => undefined, 60_000);`;
  const env = { ...process.env, COMMAND: command, NODE: process.execPath, SCRIPT: script };
  const starter = spawn(process.execPath, ['-e', npm], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) =>
    starter.stdout.once('data', (text) => resolve(Number(String(text)))),
  );
  left.push(pid, starter.pid ?? pid);
  return [starter, pid];
}

it.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'ends with who started its shell, by %s',
  async (signal) => {
    const [starter, pid] = await start();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isAlive(pid)).toBe(true);
    starter.kill(signal);
    for (let i = 0; i < 100 && isAlive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isAlive(pid)).toBe(false);
  },
);
