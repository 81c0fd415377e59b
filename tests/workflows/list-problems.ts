import { parse } from 'yaml';

/** The parts of a GitHub workflow that the rules are about. */
interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Rules {
  /** Scripts of package.json. */
  readonly scripts: readonly string[];
  /** Major version of Node.js that builds are made with. */
  readonly node: number;
  /** What a job may write, by `workflow/job`. */
  readonly mayWrite: Readonly<Record<string, readonly string[]>>;
}

/** Triggers that run with the rights of this repository what others have sent. */
const foreignTriggers = ['pull_request_target', 'workflow_run', 'issue_comment'];

/** Everything that is wrong with a workflow, a sentence each. */
export function listProblems(name: string, text: string, rules: Rules): string[] {
  const workflow = parse(text) as Workflow;
  const none = JSON.stringify(workflow.permissions) === '{}';
  return [
    ...(none
      ? []
      : ['every job must ask for its own permissions: the workflow gives none (permissions: {})']),
    ...foreignTriggers
      .filter((trigger) => JSON.stringify(workflow.on).includes(trigger))
      .map((trigger) => `the trigger ${trigger} runs what others have sent`),
    ...listUnpinned(text),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) =>
      listJobProblems(job, rules.mayWrite[`${name}/${id}`] ?? [], rules).map(
        (problem) => `${id}: ${problem}`,
      ),
    ),
  ];
}

/** The version stands in a comment, which a parser drops. */
function listUnpinned(text: string): string[] {
  const pinned = /uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  return text
    .split('\n')
    .filter((line) => /\buses:/.test(line) && !pinned.test(line))
    .map((line) => `${line.trim()}: not an action of GitHub named by commit, with its version`);
}

function listJobProblems(job: Job, mayWrite: readonly string[], rules: Rules): string[] {
  const permissions = Object.entries(job.permissions ?? {});
  const writes = permissions.filter(([, right]) => right !== 'read').map(([what]) => what);
  return [
    ...(job['timeout-minutes'] === undefined ? ['it has no time limit'] : []),
    ...(job.permissions === undefined ? ['it names no permissions'] : []),
    ...writes.filter((what) => !mayWrite.includes(what)).map((what) => `it may not write ${what}`),
    ...permissions
      .filter(([what, right]) => right === 'read' && what !== 'contents')
      .map(([what]) => `it has no need to read ${what}`),
    ...(writes.length > 0 && job.steps.some(({ run = '' }) => /\bnp[mx]\b/.test(run))
      ? ['it runs code of packages while it may write']
      : []),
    ...job.steps.flatMap((step) => listStepProblems(step, rules)),
  ];
}

function listStepProblems({ uses = '', run = '', with: given = {} }: Step, rules: Rules): string[] {
  const scripts = [...run.matchAll(/\bnpm (?:run ([\w:]+)|(test))/g)].map(
    ([, named, test]) => named ?? test ?? '',
  );
  return [
    ...(uses.startsWith('actions/checkout@') && given['persist-credentials'] !== false
      ? ['the checkout leaves its token behind']
      : []),
    ...(uses.startsWith('actions/setup-node@') && given['node-version'] !== rules.node
      ? [`builds are made with Node.js ${String(rules.node)}`]
      : []),
    ...(run.includes('${{') ? [`"${run}" puts a value into a script; pass it by the environment`] : []),
    ...scripts
      .filter((script) => !rules.scripts.includes(script))
      .map((script) => `there is no script "${script}"`),
  ];
}
