/**
 * `npm run evaluate`: judges a synthetic file made by whatever program, in the built page in headless Chromium, by the same
 * measures as the page's own runs.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEvaluateOptions, USAGE } from './evaluate-options.mjs';
import { judgeInPage } from './judge-in-page.mjs';
import { titleMeasures } from './run-in-page.mjs';
import { makeFolder, report, runCommand, withPage } from './page-command.mjs';

/**
 * @param {import('./evaluate-options.mjs').EvaluateOptions} options
 * @returns {Promise<void>}
 */
async function evaluate(options) {
  const out = makeFolder(options.out);
  await withPage({ webgpu: false }, async (page, url) => {
    const json = await judgeInPage(page, url, options, report);
    writeFileSync(join(out, 'evaluation.json'), json);
    const { skipped } = /** @type {{ skipped: { id: string }[] }} */ (JSON.parse(json));
    const title = await titleMeasures(
      page,
      skipped.map(({ id }) => id),
    );
    for (const line of summarise(json, title)) report(line);
    console.log(`Wrote evaluation.json to ${out}`);
  });
}

/**
 * One line a measure, and one for each that was not computed.
 *
 * @param {string} json
 * @param {(id: string) => string} title what a measure is called
 */
function summarise(json, title) {
  const {
    measures,
    skipped,
    notes,
    cautions = [],
  } = /** @type {{ measures: { sentence: string }[], skipped: { id: string, reason: string }[], notes: string[], cautions?: string[] }} */ (
    JSON.parse(json)
  );
  return [
    ...cautions.map((caution) => `Please note: ${caution}`),
    ...notes,
    ...measures.map(({ sentence }) => sentence),
    ...skipped.map(({ id, reason }) => `Not computed: ${title(id)}: ${reason}`),
  ];
}

await runCommand(USAGE, (argv) => evaluate(parseEvaluateOptions(argv)));
