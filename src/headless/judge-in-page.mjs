import { giveFile, lineWriter, PageFailure, waitForAutomation } from './run-in-page.mjs';

/** @typedef {import('./evaluate-options.mjs').EvaluateOptions} EvaluateOptions */
/** @typedef {{ [name in 'train' | 'holdout' | 'synthetic' | 'schema']: import('playwright-core').JSHandle<HTMLInputElement> | null }} GivenFiles */

/**
 * Opens the built page, waits for its lock, and has it judge the files.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} url address of the built page
 * @param {EvaluateOptions} options
 * @param {(line: string) => void} report takes one line a stage
 * @returns {Promise<string>} evaluation.json; rejects with PageFailure when the page answers a failure
 */
export async function judgeInPage(page, url, { target, families, seed, ...paths }, report) {
  await page.goto(url);
  await waitForAutomation(page);
  await page.exposeFunction('reportStage', lineWriter(report));
  const give = (/** @type {string | null} */ path) => (path === null ? null : giveFile(page, path));
  const files = {
    train: await give(paths.train),
    holdout: await give(paths.holdout),
    synthetic: await give(paths.synthetic),
    schema: await give(paths.schema),
  };
  const answer = await page.evaluate(startJudging, { files, request: { target, families, seed } });
  if (!answer.ok) throw new PageFailure(answer.failure.code, answer.failure.message);
  return answer.value;
}

/**
 * Runs inside the page.
 *
 * @param {{ files: { [name in 'train' | 'holdout' | 'synthetic' | 'schema']: HTMLInputElement | null }, request: Pick<EvaluateOptions, 'target' | 'families' | 'seed'> }} given
 * @returns {Promise<{ ok: true, value: string } | { ok: false, failure: { code: string, message: string } }>}
 */
async function startJudging({ files, request }) {
  const fileOf = (/** @type {HTMLInputElement | null} */ input) => input?.files?.[0] ?? null;
  const train = fileOf(files.train);
  const synthetic = fileOf(files.synthetic);
  const schema = (await fileOf(files.schema)?.text()) ?? null;
  if (train === null || synthetic === null || globalThis.understudy === undefined)
    throw new Error('the page was given no files');
  const given = { ...request, train, synthetic, holdout: fileOf(files.holdout), schema };
  const answer = await globalThis.understudy.evaluate(
    /** @type {import('../ui/state/automation-judge').JudgeRequest} */ (given),
    (stage) => /** @type {{ reportStage?: (stage: unknown) => void }} */ (globalThis).reportStage?.(stage),
  );
  return answer.ok ? { ok: true, value: answer.value } : { ok: false, failure: answer.failure };
}
