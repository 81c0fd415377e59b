import { expect, it } from 'vitest';
import { presetPolicy } from '../../../src/release/policy-presets';
import type { Measure } from '../../../src/measure/measure';
import type { RunJson } from '../../../src/ui/state/artefacts';
import { Delivery } from '../../../src/ui/state/delivery.svelte';
import { newProject } from '../../../src/ui/state/journey.svelte';
import { withholdResults } from '../../../src/ui/state/results-shown';
import { sampleRun } from '../../platform/projects/sample-record';
import { openJourney } from './open-journey';

const figures = { n: 3, ceiling: 0.98, floor: 0.7, sentence: '', parts: [] } as const;
const measure = (id: string): Measure => ({ ...figures, id, value: 0.9, direction: 'higher-is-better' });
const evidence = { measures: [measure('sdmetrics-overall'), measure('exact-copies')], skipped: [] };
const run = { ...sampleRun('r1', 'finished'), tournament: null, evidence };

function open(isUnattended = false) {
  const { journey } = openJourney({ ...newProject('p1', 'Test', 'file', 0), runs: [run] });
  const setting = { build: { version: '1', tfjs: '4', hash: 'b' }, browser: '', now: () => 0, scope: '/' };
  const delivery = new Delivery(journey, { ...setting, isUnattended });
  const told = async () => (JSON.parse(await delivery.makeRunJson(run)) as RunJson).evidence;
  return { governance: journey.governance, told };
}

it('holds the quality report as the page shows it until the criteria are locked, and says why', async () => {
  const { governance, told } = open();
  for (const purpose of [null, 'sharing'] as const) {
    if (purpose !== null) await governance.setPolicy(presetPolicy(purpose), '');
    const { withheld, ...shown } = (await told()) ?? { measures: [], skipped: [] };
    expect(shown).toEqual(withholdResults(evidence, presetPolicy('sharing')));
    expect(shown.measures.map(({ ceiling }) => ceiling)).toEqual([null]);
    expect(withheld).toContain('criteria count only if they were fixed before results were seen');
  }
  await governance.lock();
  expect(await told()).toEqual(evidence);
});

it('holds it whole for internal testing that a person chose, and where nobody looks on', async () => {
  const { governance, told } = open();
  await governance.setPolicy(presetPolicy('testing'), '');
  expect(await told()).toEqual(evidence);
  expect(await open(true).told()).toEqual(evidence);
});
