/**
 * `npm run synthesize`: drives the built page in headless Chromium and writes what the page would have written. There
 * is no second pipeline.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listMeasures, tellAccount } from './account-lines.mjs';
import { parseOptions, SAMPLE, USAGE } from './options.mjs';
import { DIST, makeFolder, report, runCommand, withPage } from './page-command.mjs';
import { runInPage, titleMeasures } from './run-in-page.mjs';
import { readSampleFile } from './sample-file.mjs';

/**
 * @param {import('./options.mjs').SynthesizeOptions} options
 * @returns {Promise<void>}
 */
async function synthesize(options) {
  const out = makeFolder(options.out);
  await withPage({ webgpu: options.backend === 'webgpu' }, async (page, url) => {
    const records = `synthetic.${options.format}`;
    const input = options.input === SAMPLE ? readSampleFile(DIST) : options.input;
    const result = await runInPage(page, url, { ...options, input }, join(out, records), report);
    const texts = {
      'data-dictionary.csv': result.dictionaryCsv,
      'data-dictionary.md': result.dictionaryMarkdown,
      'schema.json': result.schemaJson,
      'run.json': result.runJson,
      ...(result.evaluationJson === null ? {} : { 'evaluation.json': result.evaluationJson }),
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(out, name), text);
    const title = await titleMeasures(page, listMeasures(result.runJson));
    for (const sentence of result.noticed) report(`Noticed while reading: ${sentence}`);
    for (const line of tellAccount(result.runJson, title)) report(line);
    console.log(`Wrote ${[records, ...Object.keys(texts)].join(', ')} to ${out}`);
    if (options.package !== null)
      console.log(`Wrote the package to ${options.package}; nobody has signed it yet`);
  });
}

await runCommand(USAGE, (argv) => synthesize(parseOptions(argv)));
