import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listProblems, type Rules } from './list-problems';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const { scripts, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};

const rules: Rules = {
  scripts: Object.keys(scripts),
  node: Number(/\d+/.exec(engines.node)?.[0]),
  mayWrite: { 'pages.yml/deploy': ['pages', 'id-token'], 'release.yml/draft': ['contents'] },
};

describe('the workflows', () => {
  it('are these', () => {
    expect(readdirSync(folder).sort()).toEqual(['ci.yml', 'pages.yml', 'release.yml']);
  });

  it.each(readdirSync(folder))('%s keeps the rules', (name) => {
    expect(listProblems(name, read(name), rules)).toEqual([]);
  });

  it('name one commit for each action', () => {
    const all = readdirSync(folder).flatMap((name) => read(name).match(/actions\/\S+ # \S+/g) ?? []);
    const actions = new Set(all.map((each) => each.replace(/@.*/, '')));
    expect(new Set(all).size).toBe(actions.size);
    expect(actions.size).toBeGreaterThan(3);
  });

  it('look for known holes and run every test before a release is made', () => {
    const commands = [...read('release.yml').matchAll(/- run: (npm .*)/g)].map(([, command]) => command);
    expect(commands.slice(1)).toEqual(['npm audit --audit-level=high', 'npm test', 'npm run release']);
  });
});

describe('listProblems', () => {
  const trip = (from: string, to: string): string[] => {
    const text = read('ci.yml');
    expect(text).toContain(from);
    return listProblems('ci.yml', text.replace(from, to), rules);
  };

  it.each([
    ['a tag', '@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2', '@v6 # v6.0.2', /named by commit/],
    ['a commit without its version', ' # v6.0.2', '', /with its version/],
    ['a third party', 'actions/setup-node', 'someone/setup-node', /an action of GitHub/],
    ['rights for all jobs', 'permissions: {}', 'permissions: read-all', /gives none/],
    ['a right to write', 'contents: read', 'contents: write', /test: it may not write contents/],
    ['packages run by a job that writes', 'contents: read', 'contents: write', /code of packages/],
    ['a right to read more', 'contents: read', 'issues: read', /no need to read issues/],
    ['a job that names no rights', '    permissions:\n      contents: read\n', '', /names no permissions/],
    ['a token left behind', 'persist-credentials: false', 'fetch-depth: 1', /leaves its token/],
    ['another Node.js', 'node-version: 20', 'node-version: 18', /Node\.js 20/],
    ['a script that is gone', 'npm test', 'npm run tests', /no script "tests"/],
    ['a value put into a script', 'run: npm test', 'run: echo ${{ github.head_ref }}', /by the environment/],
    ['a trigger for strangers', 'pull_request:', 'pull_request_target:', /what others have sent/],
    ['no time limit', 'timeout-minutes: 60', 'continue-on-error: false', /no time limit/],
  ])('names %s', (_, from, to, problem) => {
    expect(trip(from, to).join('\n')).toMatch(problem);
  });
});
