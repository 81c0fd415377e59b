import { describe, expect, it } from 'vitest';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import type { Members } from '../../src/release/package';
import type { RunAccount } from '../../src/release/run-account';
import { makePackage, parse, relist, replace, verify } from './sample-package';
import { ACTS, hashOf, sampleDossierInput } from './sample-release';

const BOUNDS = { of: 'schema', column: 'age', set: 'bounds' };
const EDITS = {
  format: 'understudy-edits',
  version: 3,
  edits: [
    { of: 'handling', value: { k: 7 } },
    { ...BOUNDS, value: { min: 18, max: 90 } },
  ],
};
const TOLD = [
  { of: 'handling', value: { k: 7 } },
  { ...BOUNDS, value: 'typed' },
];

/** A package nobody has signed, whose log tells that of the run of its dossier. */
async function make(told: Readonly<Record<string, Json>>): Promise<Members> {
  const { run } = await sampleDossierInput();
  const acts = ACTS.map(([act, detail]) =>
    act === 'training' && (detail as { run: string }).run === 'r1'
      ? ([act, { run: 'r1', ...told }] as const)
      : ([act, detail] as const),
  );
  const input = { run: { ...run, edits: EDITS } as RunAccount };
  return makePackage({ acts, input, signers: [], later: [] });
}

const WHOLE = { model: 'tvae', seed: 424242, handling: { changes: TOLD } };

const places = async (members: Members) =>
  (await verify(members)).problems.filter(({ kind }) => kind === 'altered').map(({ path }) => path);

describe('verifying what a run was trained under', () => {
  it('holds model, seed and edits of the dossier against the entry of its run', async () => {
    expect(await places(await make(WHOLE))).toEqual([]);
    expect(await places(await make({ ...WHOLE, model: 'trees' }))).toEqual(['run.model.id']);
    expect(await places(await make({ ...WHOLE, seed: 1 }))).toEqual(['run.model.seed']);
    const other = { ...WHOLE, handling: { changes: TOLD.slice(1) } };
    expect(await places(await make(other))).toEqual(['run.edits']);
  });

  it('finds edits that were changed in the dossier alone, where all checksums were written anew', async () => {
    const whole = await make(WHOLE);
    const dossier = parse<{ run: object }>(whole, 'dossier.json');
    const run = { ...dossier.run, edits: { ...EDITS, edits: [] } };
    const forged = await relist(replace(whole, 'dossier.json', canonicalise({ ...dossier, run })));
    expect(await places(forged)).toEqual(['run.edits']);
  });

  it('holds edits against their hash where an older log has it', async () => {
    const handling = { hash: hashOf(EDITS), changes: [] };
    expect(await places(await make({ ...WHOLE, handling }))).toEqual([]);
    const other = { ...WHOLE, handling: { ...handling, hash: 'e'.repeat(64) } };
    expect(await places(await make(other))).toEqual(['run.edits']);
  });

  it('asks nothing of an older log that tells less', async () => {
    expect(await places(await make({}))).toEqual([]);
    expect(await places(await make({ model: 'tvae', handling: { hash: null } }))).toEqual([]);
  });
});
