import { describe, expect, it } from 'vitest';
import { describeSourceRisk } from '../../../src/release/source-risk-facts';
import { newProject } from '../../../src/ui/state/journey.svelte';
import { describeRisk, nameBand, nameRemedy } from '../../../src/ui/steps/schema/risk-words';
import { sampleRun } from '../../platform/projects/sample-record';
import { openJourney } from './open-journey';

const rows = Array.from(
  { length: 80 },
  (_, i) => `p${i >> 1},${30 + (i % 20)},${i % 2 === 0 ? 'f' : 'm'},${i % 3 === 0 ? 1 : 0}`,
);
const csv = new File([`patient_id,age,sex,died\n${rows.join('\n')}\n`], 'clinic.csv');

async function open() {
  const { journey } = openJourney(newProject('p1', 'Test', 'file', 0));
  await journey.source.take(csv, csv.name, 'file');
  return journey;
}

describe('the risk of the source in a project', () => {
  it('is measured, and again only where something changed that it hangs on', async () => {
    const journey = await open();
    const risk = await journey.sourceRisk.measure();
    expect(risk).toMatchObject({ columns: ['age', 'sex'], countedBy: 'patient_id', nPersons: 40 });
    expect(await journey.sourceRisk.measure()).toBe(risk);
    await journey.editing.edit({ of: 'handling', value: { k: 9 } });
    expect(await journey.sourceRisk.measure()).toBe(risk);
    await journey.editing.editColumn({ column: 'age', set: 'included', value: false });
    expect(await journey.sourceRisk.measure()).toMatchObject({ columns: ['sex'], k: 40, nUnique: 0 });
  });

  it('goes into the log as figures when a run begins, once for each state, and from there into the dossier', async () => {
    const journey = await open();
    const run = { ...sampleRun('r2', 'finished'), evidence: null };
    journey.change({ runs: [{ ...run, status: 'training' }] });
    const list = () => journey.governance.log.filter(({ act }) => act === 'handling');
    await expect.poll(() => list().length).toBe(1);
    journey.change({ runs: [...journey.record.runs, { ...run, id: 'r3', status: 'training' }] });
    await journey.sourceRisk.measure();
    await journey.governance.settle();
    const noted = list();
    expect(noted).toHaveLength(1);
    expect(noted[0]?.detail).toMatchObject({ of: 'source-risk', countedBy: 'patient_id', nPersons: 40 });
    expect(JSON.stringify(noted)).not.toMatch(/p17|"f"/);
    const facts = describeSourceRisk(journey.governance.log);
    expect(facts.find(({ id }) => id === 'quasiIdentifiers')?.value).toEqual(['age', 'sex']);
    expect(facts.find(({ id }) => id === 'sourceK')?.value).toMatch(/^\d+ \(values of patient_id\)$/);
    expect(describeSourceRisk([])).toMatchObject([{ id: 'sourceRisk', value: 'not measured' }]);
  });

  it('is told in a sentence, with what it counts', async () => {
    const risk = await (await open()).sourceRisk.measure();
    if (risk === null) throw new Error('no risk');
    const told = { ...risk, columns: ['age'], nPersons: 40, nUnique: 1, k: 1 };
    expect(describeRisk(told)).toBe('1 of 40 persons (2.5\u202f%) is unique by “age” alone.');
    expect(describeRisk({ ...told, countedBy: null, columns: ['a', 'b'], nUnique: 0, k: 4 })).toBe(
      'No one of 40 rows is unique by 2 columns together. The smallest group of people who are alike in them has 4 (k = 4).',
    );
    expect([nameBand({ from: 3, to: 4, nClasses: 0, nRows: 0 })]).toEqual(['3–4']);
    const [remedy] = risk.remedies;
    expect(remedy && nameRemedy(remedy)).toMatch(/^Leave “(age|sex)” out$/);
  });
});
