import { expect, it } from 'vitest';
import { summariseColumn } from '../../../src/data/profile-column';
import type { Profile } from '../../../src/data/profile';
import { Rng } from '../../../src/math/rng';
import { describeGround, WITH_LIKELIHOOD } from '../../../src/ui/state/foresee-criteria';
import { openSynthesizer } from '../../../workers/synthesizers';
import { makePeople } from '../../measure/made-people';
import { schemaOf } from '../../measure/tables';
import { recordRun } from '../../models/copula-run';
import { sampleRun } from '../../platform/projects/sample-record';

const people = makePeople(80, 'foresee-criteria');

it.each(['independent', 'copula', 'trees', 'argn'] as const)(
  'knows of %s whether it says how likely it finds a row',
  async (id) => {
    const model = await openSynthesizer(id, 'cpu', {} as never).train(
      { table: people, schema: schemaOf(people) },
      {},
      Rng.fromSeed(1),
      recordRun(),
    );
    expect(model.score !== null).toBe(WITH_LIKELIHOOD.includes(id));
  },
);

it('describes a run as far as it is known before its tables are there', () => {
  const run = { ...sampleRun('r1', 'finished'), nTrain: 80, nHoldout: 0, model: 'trees' } as const;
  const names = run.basis.schema.columns.map(({ name }) => name);
  const tally = { texts: ['a', 'b'], counts: [2, 1], nMissing: 0 } as unknown as Parameters<
    typeof summariseColumn
  >[2];
  const [column] = run.basis.schema.columns;
  if (column === undefined) throw new Error('the sample has no column');
  const profile = {
    columns: [summariseColumn({ ...column, type: 'constant' }, null, tally)],
  } as unknown as Profile;
  const ground = describeGround(run, profile, null);
  expect(ground).toMatchObject({ nRows: { train: 80, holdout: null, synthetic: 80 }, hasLikelihood: true });
  expect(ground.nLevels).toEqual({ [names[0] ?? '']: 2 });
  expect(describeGround({ ...run, nHoldout: 20, model: 'copula' }, null, 'x')).toMatchObject({
    nRows: { holdout: 20 },
    nLevels: {},
    target: 'x',
    hasLikelihood: false,
  });
});
