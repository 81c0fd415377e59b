/** @typedef {Parameters<import('playwright-core').Locator['setInputFiles']>[0]} GivenFile */
/** @typedef {Omit<import('./options.mjs').SynthesizeOptions, 'input'> & { input: GivenFile }} PageOptions */
/** @typedef {import('playwright-core').Page} Page */

/** @typedef {Omit<import('../ui/state/automation').AutomationFiles, 'records' | 'package'>} Texts */

/** How long the page may take to load everything and lock itself. */
const LOCK_MS = 60_000;

/** A failure that the page answered, with its code. */
export class PageFailure extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'PageFailure';
    this.code = code;
  }
}

/**
 * Opens the built page, waits for its lock, runs the whole journey on its own state and saves the records.
 *
 * @param {Page} page
 * @param {string} url address of the built page
 * @param {PageOptions} options
 * @param {string} recordsPath where the synthetic records go
 * @param {(line: string) => void} report takes one line a stage
 * @returns {Promise<Texts>} rejects with PageFailure when the page answers a failure
 */
export async function runInPage(page, url, options, recordsPath, report) {
  await page.goto(url);
  await waitForAutomation(page);
  await page.exposeFunction('reportStage', lineWriter(report));
  const files = await handOver(page, options);
  const answer = await page.evaluate(startRun, { files, request: requestOf(options) });
  if (!answer.ok) throw new PageFailure(answer.failure.code, answer.failure.message);
  await save(page, 'finishedRecords', recordsPath);
  if (options.package !== null) await save(page, 'finishedPackage', options.package);
  return answer.value;
}

/**
 * @param {Page} page
 * @param {string} name of a Blob that the run left in the page
 * @param {string} path
 */
async function save(page, name, path) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.evaluate(saveBlob, name)]);
  await download.saveAs(path);
}

/**
 * Waits until the page has locked itself and takes orders.
 *
 * @param {Page} page
 * @returns {Promise<void>}
 */
export async function waitForAutomation(page) {
  const end = Date.now() + LOCK_MS;
  while (Date.now() < end) {
    // The page reloads once while its service worker takes over, so a single look may fail.
    const ready = await page.evaluate(() => globalThis.understudy !== undefined).catch(() => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const text = await page.evaluate(() => document.body.innerText.slice(0, 500)).catch(() => '');
  throw new Error(`The page did not lock itself within ${LOCK_MS / 1000} s. It shows: ${text}`);
}

/**
 * A file input of the page that holds the file, as if a person had chosen it.
 *
 * @param {Page} page
 * @param {GivenFile} file
 */
export async function giveFile(page, file) {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input');
    element.type = 'file';
    return element;
  });
  await input.setInputFiles(file);
  return input;
}

/**
 * Hands files to the page as a person would: by file inputs.
 *
 * @param {Page} page
 * @param {PageOptions} options
 */
async function handOver(page, options) {
  const give = (/** @type {GivenFile} */ file) => giveFile(page, file);
  return {
    input: await give(options.input),
    holdout: typeof options.holdout === 'string' ? await give(options.holdout) : null,
    schema: options.schema === null ? null : await give(options.schema),
    edits: options.edits === null ? null : await give(options.edits),
    wishes: options.wishes === null ? null : await give(options.wishes),
    policy: options.policy === null ? null : await give(options.policy),
    statements: options.statements === null ? null : await give(options.statements),
  };
}

/**
 * @param {PageOptions} options
 */
function requestOf(options) {
  return {
    holdout: typeof options.holdout === 'number' ? options.holdout : null,
    model: options.model,
    purpose: options.purpose,
    config: {
      ...(options.recipe === null ? {} : { preset: options.recipe }),
      ...(options.epochs === null ? {} : { epochs: options.epochs }),
    },
    rows: options.rows,
    seed: options.seed,
    backend: options.backend,
    format: options.format,
    target: options.target,
    families: options.families,
    packed: options.package !== null,
  };
}

/**
 * Runs inside the page.
 *
 * @param {{ files: { input: HTMLInputElement, holdout: HTMLInputElement | null, schema: HTMLInputElement | null, edits: HTMLInputElement | null, wishes: HTMLInputElement | null, policy: HTMLInputElement | null, statements: HTMLInputElement | null }, request: ReturnType<typeof requestOf> }} given
 * @returns {Promise<{ ok: true, value: Texts } | { ok: false, failure: { code: string, message: string } }>}
 */
async function startRun({ files, request }) {
  const fileOf = (/** @type {HTMLInputElement | null} */ input) => input?.files?.[0] ?? null;
  const input = fileOf(files.input);
  const holdout = fileOf(files.holdout) ?? request.holdout;
  const schema = await fileOf(files.schema)?.text();
  const edits = await fileOf(files.edits)?.text();
  const wishes = await fileOf(files.wishes)?.text();
  const policy = await fileOf(files.policy)?.text();
  const statements = await fileOf(files.statements)?.text();
  if (input === null || globalThis.understudy === undefined) throw new Error('the page was given no file');
  const answer = await globalThis.understudy.run(
    /** @type {import('../ui/state/automation').AutomationRequest} */ ({
      input,
      model: request.model,
      ...(request.purpose === null ? {} : { purpose: request.purpose }),
      ...(request.seed === null ? {} : { seed: request.seed }),
      backend: request.backend,
      format: request.format,
      ...(holdout === null ? {} : { holdout }),
      config: request.config,
      families: request.families,
      ...(request.target === null ? {} : { target: request.target }),
      ...(request.rows === null ? {} : { rows: request.rows }),
      ...(schema === undefined ? {} : { schema }),
      ...(edits === undefined ? {} : { edits }),
      ...(wishes === undefined ? {} : { wishes }),
      ...(policy === undefined ? {} : { policy }),
      ...(request.packed ? { package: { statements: statements ?? null } } : {}),
    }),
    (stage) => /** @type {{ reportStage?: (stage: unknown) => void }} */ (globalThis).reportStage?.(stage),
  );
  if (!answer.ok) return { ok: false, failure: answer.failure };
  const { records, package: packed, ...texts } = answer.value;
  Object.assign(globalThis, { finishedRecords: records, finishedPackage: packed });
  return { ok: true, value: texts };
}

/**
 * Runs inside the page: saves a Blob as the page's own button does.
 *
 * @param {string} name
 */
function saveBlob(name) {
  const kept = /** @type {Record<string, Blob | null>} */ (/** @type {unknown} */ (globalThis));
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(kept[name] ?? new Blob());
  anchor.download = 'synthetic';
  anchor.click();
}

/**
 * What the page calls measures, by their ids.
 *
 * @param {Page} page
 * @param {readonly string[]} ids
 * @returns {Promise<(id: string) => string>}
 */
export async function titleMeasures(page, ids) {
  const titles = await page.evaluate(
    (asked) => asked.map((id) => globalThis.understudy?.titleMeasure(id) ?? id),
    ids,
  );
  return (id) => titles[ids.indexOf(id)] ?? id;
}

/**
 * One line whenever the stage changes or its count has grown by a tenth.
 *
 * @param {(line: string) => void} report
 */
export function lineWriter(report) {
  let last = '';
  return (
    /** @type {import('../ui/state/automation-shared').AutomationStage} */ { stage, note, nDone, nTotal },
  ) => {
    const share =
      nDone === null || nTotal === null || nTotal === 0 ? null : Math.floor((10 * nDone) / nTotal) * 10;
    const line = `${stage}${note === stage ? '' : `: ${note}`}${share === null ? '' : ` (${share} %)`}`;
    if (line !== last) report(line);
    last = line;
  };
}
