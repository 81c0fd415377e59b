import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../src/headless/install.mjs';

/** Everything that can be said about the code without running it, then the build. */
const checks = /** @type {const} */ ([
  ['lint', 'eslint', '.', '--max-warnings', '0'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['types of the pure folders', 'tsc', '-p', 'src/tsconfig.pure.json'],
  ['types of the workers', 'tsc', '-p', 'workers/tsconfig.json'],
  ['types of the page', 'svelte-check', '--tsconfig', 'src/tsconfig.json', '--fail-on-warnings'],
  ['types of tests and scripts', 'tsc', '-p', 'tests/tsconfig.json'],
  ['build', 'vite', 'build', '--configLoader', 'runner', '--logLevel', 'warn'],
]);

/**
 * Runs a tool of node_modules with its output shown.
 *
 * @param {readonly string[]} command name and parameters
 * @param {NodeJS.ProcessEnv} environment
 * @returns {boolean} whether it succeeded
 */
export function runTool(command, environment) {
  const [tool = '', ...parameters] = command;
  const path = join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
  return spawnSync(path, parameters, { cwd: root, env: environment, stdio: 'inherit' }).status === 0;
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ passed: number, failed: number }}
 */
export function runChecks(environment) {
  const results = checks.map(([name, ...command]) => {
    const started = performance.now();
    const ok = runTool(command, environment);
    console.log(`${ok ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    return ok;
  });
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}
