import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../src/headless/chromium.mjs';
import { readReleaseArchive } from '../../../src/platform/release-archive';
import type { Dossier } from '../../../src/release/dossier';
import { verifyPackage } from '../../../src/release/verify-package';
import { verifyByNode } from '../../release/sample-keys';
import { digest } from '../../release/sample-release';
import { serve } from '../../../src/headless/serve.mjs';
import { dist, downloadRecords, goTo, openApp, repository, startProject, train, type } from './app';
import { makeClinicTable } from './clinic-table';
import { listAbsent, listDocumentedFields, readRunJson } from './run-account';

/** The command line drives the page; it has no way of its own to make records. */
const folder = mkdtempSync(join(tmpdir(), 'understudy-headless-'));
const input = join(folder, 'clinic.csv');
const holdout = join(folder, 'holdout.csv');

interface Ended {
  readonly status: number;
  readonly stderr: string;
  readonly out: string;
}

interface EvaluationJson {
  readonly run: string | null;
  readonly nRows: object;
  readonly measures: readonly { readonly id: string; readonly sentence: string }[];
}

let nRuns = 0;

function synthesize(...given: string[]): Promise<Ended> {
  return synthesizeWith({}, ...given);
}

function synthesizeWith(environment: Record<string, string>, ...given: string[]): Promise<Ended> {
  const unjudged = given.includes('--families') ? given : [...given, '--families', 'none'];
  return run('synthesize', unjudged, environment);
}

function run(command: 'synthesize' | 'evaluate', given: string[], environment = {}): Promise<Ended> {
  const out = join(folder, `out-${nRuns++}`);
  const script = join(repository, `src/headless/${command}.mjs`);
  return new Promise((resolve) => {
    const env = { ...process.env, ...environment };
    const order = given.includes('--out') ? given : [...given, '--out', out];
    execFile(process.execPath, [script, ...order], { env }, (error, _, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stderr, out });
    });
  });
}

const read = (run: Ended, name: string): Buffer => readFileSync(join(run.out, name));
const account = (run: Ended) => readRunJson(read(run, 'run.json'));

beforeAll(() => {
  writeFileSync(input, makeClinicTable(300).csv);
  writeFileSync(holdout, makeClinicTable(80, 11).csv);
});

describe('the command line', () => {
  it('writes what the page writes, byte for byte, with the copula', async () => {
    const run = await synthesize('--input', input, '--model', 'copula', '--seed', '5', '--backend', 'cpu');
    expect([run.status, run.stderr]).toEqual([0, run.stderr]);
    expect(read(run, 'synthetic.csv').equals(await writeInPage({ model: 'Gaussian copula' }))).toBe(true);
    expect(listAbsent(account(run), listDocumentedFields())).toEqual([]);
    expect(account(run).unknown).toEqual({});
    const { withheld, measures = [] } = account(run).evidence ?? {};
    expect([withheld, measures.some(({ ceiling }) => ceiling !== null)]).toEqual([undefined, true]);
    for (const text of [account(run).use, run.stderr, read(run, 'data-dictionary.md').toString()])
      expect(text).toContain('No purpose was named: for internal testing only.');
  });

  it('writes what the page writes, byte for byte, with TVAE on wasm, and the same again', async () => {
    const order = ['--input', input, '--model', 'tvae', '--epochs', '2', '--seed', '5', '--backend', 'wasm'];
    const [first, second] = await Promise.all([synthesize(...order), synthesize(...order)]);
    expect([first.status, second.status]).toEqual([0, 0]);
    expect(read(first, 'synthetic.csv').equals(read(second, 'synthetic.csv'))).toBe(true);
    expect(account(first).backend.used).toBe('wasm');
    expect(account(first).training.epochs).toBe(2);
    const inPage = await writeInPage({ model: 'TVAE', settings: { Epochs: '2' } });
    expect(read(first, 'synthetic.csv').equals(inPage)).toBe(true);
  });

  it('draws more rows than train has, other ones for another seed', async () => {
    const order = ['--input', input, '--model', 'independent', '--rows', '1000'];
    const [one, two] = await Promise.all([
      synthesize(...order, '--seed', '1'),
      synthesize(...order, '--seed', '2'),
    ]);
    const lines = read(one, 'synthetic.csv').toString().trimEnd().split('\n');
    expect([one.status, lines.length]).toEqual([0, 1001]);
    expect(new Set(lines.slice(1).map((line) => line.split(';')[0])).size).toBe(1000);
    expect(account(one).output).toMatchObject({ nRows: 1000, seed: 1 });
    expect(read(one, 'synthetic.csv').equals(read(two, 'synthetic.csv'))).toBe(false);
  });

  it('takes the sample cohort that comes with the page, and the model that suits it', async () => {
    const order = ['--input', 'sample', '--model', 'auto', '--purpose', 'testing', '--rows', '20'];
    const run = await synthesize(...order);
    expect([run.status, run.stderr]).toEqual([0, run.stderr]);
    expect(run.stderr).toContain('Model chosen: trees. 4000 records of train are enough');
    expect(account(run).model).toMatchObject({ id: 'trees', advice: { model: 'trees', purpose: 'testing' } });
    expect(account(run).source).toMatchObject({
      name: expect.stringMatching(/^Synthetic records of /),
      nRows: 5000,
    });
  });

  it('takes a holdout from a file of its own, and a schema it wrote itself', async () => {
    const plain = await synthesize('--input', input, '--model', 'copula', '--holdout', holdout);
    expect([plain.status, account(plain).split.nTrain]).toEqual([0, 300]);
    expect(account(plain).split).toMatchObject({
      holdoutFile: 'a file of its own',
      nHoldout: 80,
      holdoutRows: null,
    });
    expect(account(plain).unknown['split.holdoutRows']).toContain('file of its own');
    const schema = join(plain.out, 'schema.json');
    const again = await synthesize(
      '--input',
      input,
      '--model',
      'copula',
      '--holdout',
      holdout,
      '--schema',
      schema,
    );
    expect([again.status, again.stderr]).toEqual([0, again.stderr]);
    expect(read(again, 'schema.json').equals(read(plain, 'schema.json'))).toBe(true);
    expect(read(again, 'synthetic.csv').equals(read(plain, 'synthetic.csv'))).toBe(true);
  });

  it('judges a run and a file from elsewhere by the same measures', async () => {
    const families = ['--families', 'fidelity', '--target', 'died'];
    const made = await synthesize('--input', input, '--model', 'trees', '--holdout', holdout, ...families);
    expect([made.status, made.stderr]).toEqual([0, made.stderr]);
    const own = JSON.parse(read(made, 'evaluation.json').toString()) as EvaluationJson;
    expect(own).toMatchObject({ format: 'understudy-evaluation', version: 1, run: account(made).run.id });
    expect(own.nRows).toEqual({ train: 300, holdout: 80, synthetic: 300 });
    const files = ['--train', input, '--holdout', holdout, '--synthetic', join(made.out, 'synthetic.csv')];
    const judged = await run('evaluate', [...files, ...families]);
    expect([judged.status, judged.stderr]).toEqual([0, judged.stderr]);
    const other = JSON.parse(read(judged, 'evaluation.json').toString()) as EvaluationJson;
    expect(other.run).toBeNull();
    expect(new Set(other.measures.map(({ id }) => id))).toEqual(new Set(own.measures.map(({ id }) => id)));
    for (const measure of other.measures) expect(judged.stderr).toContain(measure.sentence);
  });

  it('says of a synthetic file that is the holdout that nothing follows', async () => {
    const files = ['--train', input, '--holdout', holdout, '--synthetic', holdout];
    const judged = await run('evaluate', [...files, '--families', 'privacy']);
    const said = 'The synthetic file holds the same 80 rows as the holdout.';
    expect([judged.status, judged.stderr]).toEqual([0, expect.stringContaining(`Please note: ${said}`)]);
    expect(JSON.parse(read(judged, 'evaluation.json').toString())).toMatchObject({
      cautions: expect.arrayContaining([expect.stringContaining(said)]) as string[],
    });
  });

  it('holds a run against criteria that were fixed before', async () => {
    const criterion = {
      id: 'copies',
      measure: 'exact-copies',
      bound: 'at-most',
      threshold: 0.5,
      source: 'ours',
    };
    const never = { ...criterion, id: 'never', measure: 'linkability', threshold: -9 };
    const policy = join(folder, 'policy.json');
    const given = { format: 'understudy-policy', version: 1, purpose: 'sharing', name: 'Ours' };
    writeFileSync(policy, JSON.stringify({ ...given, criteria: [criterion, never] }));
    const order = ['--input', input, '--model', 'trees', '--holdout', holdout, '--families', 'privacy'];
    const made = await synthesize(...order, '--policy', policy);
    expect([made.status, made.stderr]).toEqual([0, made.stderr]);
    expect(made.stderr).toContain('Criteria for “Ours”: 1 of 2 met.');
    const { release } = account(made);
    expect(release?.findings?.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
    expect(release).toMatchObject({ purpose: 'sharing', nChanges: 0, override: null });
    for (const text of [account(made).use, made.stderr, read(made, 'data-dictionary.md').toString()])
      expect(text).toContain('Not released for “Ours (external sharing under agreement)”: ');
    expect(read(made, 'data-dictionary.md').toString()).toContain(
      '1 of 2 criteria for “Ours (external sharing under agreement)” are not met.',
    );
    const stated = { ...criterion, threshold: null };
    writeFileSync(policy, JSON.stringify({ ...given, criteria: [stated, never] }));
    const unjudged = await synthesize(
      ...['--input', input, '--model', 'independent', '--families', 'none'],
      ...['--policy', policy],
    );
    expect(unjudged.stderr).toContain('Criteria for “Ours”: 0 of 2 met.');
    const outcomes = account(unjudged).release?.findings?.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['not-evaluated', 'not-evaluated']);
    writeFileSync(policy, JSON.stringify({ ...given, criteria: [] }));
    const refused = await synthesize(...order, '--policy', policy);
    expect([refused.status, lastLine(refused)]).toEqual([
      1,
      expect.stringContaining('at least one criterion'),
    ]);
  });

  it('writes an unsigned package that anybody can verify, with what was stated', async () => {
    const criterion = {
      id: 'copies',
      measure: 'exact-copies',
      bound: 'at-most',
      threshold: 0.5,
      source: 'ours',
    };
    const given = { format: 'understudy-policy', version: 1, purpose: 'sharing', name: 'Ours' };
    const [policy, statements, packed] = ['ours.json', 'said.json', 'out.zip'].map((name) =>
      join(folder, name),
    );
    if (policy === undefined || statements === undefined || packed === undefined) throw new Error('no paths');
    writeFileSync(policy, JSON.stringify({ ...given, criteria: [criterion] }));
    writeFileSync(statements, JSON.stringify({ purpose: 'To teach.' }));
    const order = ['--input', input, '--model', 'trees', '--families', 'privacy', '--policy', policy];
    const made = await synthesize(...order, '--package', packed, '--statements', statements);
    expect([made.status, made.stderr]).toEqual([0, made.stderr]);
    const { members, problem } = await readReleaseArchive(new Blob([readFileSync(packed)]));
    expect(problem).toBeNull();
    const { isIntact, problems } = await verifyPackage(members, { digest, verify: verifyByNode });
    expect(isIntact).toBe(true);
    expect(problems.map(({ kind }) => kind)).toEqual(['criteria', 'sign-off', 'sign-off']);
    const missing =
      /[Nn]ot stated, and needed for “Ours \(external sharing under agreement\)”: “Recipient”, “Legal basis”, /;
    expect([problems[0]?.sentence, made.stderr]).toEqual([
      expect.stringMatching(missing),
      expect.stringMatching(missing),
    ]);
    const dossier = JSON.parse(Buffer.from(members.get('dossier.json') ?? []).toString()) as Dossier;
    expect(dossier.policyHistory.events.map(({ isAfterResults }) => isAfterResults)).toEqual([false]);
    expect(dossier.sections[0]?.facts.find(({ id }) => id === 'purpose')?.value).toBe('To teach.');
    expect(read(made, 'synthetic.csv').equals(Buffer.from(members.get('synthetic.csv') ?? []))).toBe(true);
    const secret = 'PT-0048037';
    expect(readFileSync(input, 'utf8')).toContain(secret);
    for (const [name, bytes] of members)
      expect([name, Buffer.from(bytes).includes(secret)]).toEqual([name, false]);
  });

  it('answers files that cannot be compared in one sentence', async () => {
    const other = join(folder, 'other.csv');
    writeFileSync(other, `x\n${Array.from({ length: 60 }, (_, row) => row).join('\n')}\n`);
    const judged = await run('evaluate', ['--train', input, '--synthetic', other]);
    expect([judged.status, lastLine(judged)]).toEqual([1, expect.stringContaining('share no column')]);
  });

  it('answers a wrong option or path with one sentence and status 1, before a browser starts', async () => {
    const wrong: [string[], RegExp][] = [
      [[], /--input FILE is missing/],
      [['--input', '/nowhere.csv'], /there is no file at/],
      [['--input', folder], /is a folder/],
      [['--input', input, '--model', 'gan'], /not one of/],
      [['--input', input, '--epochs', '0'], /whole number/],
      [['--input', input, '--rows', '1.5'], /whole number/],
      [['--input', input, '--seed=-1'], /whole number/],
      [['--input', input, '--holdout', '0.7'], /between 0 and 0.5/],
      [['--input', input, '--holdout', 'nothing.csv'], /neither a fraction/],
      [['--input', input, '--schema', '/nowhere.json'], /there is no file at/],
      [['--input', input, '--seed', '-1'], /--seed: "-1" is not a whole number/],
      [['--input', input, '--speed', '9'], /Unknown option '--speed'\. Usage/],
    ];
    for (const [given, says] of wrong) {
      const run = await synthesize(...given);
      expect([given, run.status]).toEqual([given, 1]);
      expect(run.stderr).toMatch(says);
      expect(run.stderr).not.toMatch(/\n\s+at /);
      expect(existsSync(run.out)).toBe(false);
    }
  });

  it('answers a folder for the results that cannot be made in one sentence, before a browser starts', async () => {
    for (const out of [input, '/proc/results']) {
      const run = await synthesize('--input', input, '--out', out);
      expect([out, run.status]).toEqual([out, 1]);
      expect(run.stderr).toMatch(/^--out: [^\n]*\n$/);
    }
  });

  it('answers a fault that is not the person’s with status 2', async () => {
    const run = await synthesizeWith({ CHROMIUM_PATH: process.execPath }, '--input', input);
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/^Internal error: /m)]);
  });

  it('tells what the page noticed while it read the file', async () => {
    const ragged = join(folder, 'ragged.csv');
    const rows = Array.from({ length: 80 }, (_, i) => (i % 8 === 0 ? `${i % 9}` : `${i % 9},${i % 5}`));
    writeFileSync(ragged, ['age,stays', ...rows, ''].join('\n'));
    const run = await synthesize('--input', ragged, '--model', 'independent');
    expect([run.status, run.stderr]).toEqual([
      0,
      expect.stringMatching(/^Noticed while reading: 10 rows .*fewer cells than the header/m),
    ]);
  });

  it('answers a file or schema the page cannot use with one sentence and status 1', async () => {
    const empty = join(folder, 'empty.csv');
    const schema = join(folder, 'schema.json');
    writeFileSync(empty, '');
    writeFileSync(schema, '{"version":1');
    const foreign = join(folder, 'foreign.json');
    writeFileSync(foreign, '{"version":1,"columns":[{"name":"p"},{"name":"q"}]}');
    const [first, second, third] = await Promise.all([
      synthesize('--input', empty),
      synthesize('--input', input, '--schema', schema),
      synthesize('--input', input, '--schema', foreign),
    ]);
    expect([first.status, second.status, third.status]).toEqual([1, 1, 1]);
    expect(lastLine(first)).toMatch(/empty|no (rows|records)/i);
    expect(lastLine(second)).toMatch(/schema file is not JSON/);
    expect(lastLine(third)).toMatch(
      /^The schema file is not of this table: it names 2 columns that .*"p", "q"/,
    );
    for (const run of [first, second, third]) expect(existsSync(join(run.out, 'synthetic.csv'))).toBe(false);
  });
});

function lastLine({ stderr }: Ended): string {
  return stderr.trimEnd().split('\n').at(-1) ?? '';
}

/** The same file, settings and seed by hand. */
async function writeInPage(order: {
  model: 'TVAE' | 'Gaussian copula';
  settings?: Readonly<Record<string, string>>;
}): Promise<Buffer> {
  const server = await serve({ folder: dist, headers: true });
  const context = await launchChromium();
  const page = await openApp(context, server.url);
  await startProject(page, { name: 'clinic.csv', content: readFileSync(input) });
  await goTo(page, 'Schema');
  await type(page.getByRole('region', { name: 'Holdout' }).getByLabel('Seed'), '5');
  await train(page, { ...order, seed: 5 });
  const csv = await downloadRecords(page);
  await context.close();
  await server.close();
  return csv;
}
