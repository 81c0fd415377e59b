import { execFileSync } from 'node:child_process';

/** How often the processes are looked for. */
const EVERY_MS = 500;

/**
 * Calls `end` once one of the processes is gone: signals to npm do not always reach what npm runs by a shell.
 *
 * @param {() => void} end
 * @param {{ pids?: number[], everyMs?: number }} [options] `pids`: those that started this one
 */
export function endWithParent(end, { pids = findStarters(), everyMs = EVERY_MS } = {}) {
  const timer = setInterval(() => {
    if (pids.every(isAlive)) return;
    clearInterval(timer);
    end();
  }, everyMs);
  timer.unref();
}

/** The parent, and where that is only a shell with this command, who started the shell. */
function findStarters() {
  const { ppid } = process;
  try {
    const told = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(ppid)], { encoding: 'utf8' });
    const [, starter] = /^\s*(\d+)\s+\S*sh -c /.exec(told) ?? [];
    return starter === undefined ? [ppid] : [ppid, Number(starter)];
  } catch {
    return [ppid];
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH');
  }
}
