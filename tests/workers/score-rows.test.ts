import { beforeEach, describe, expect, it } from 'vitest';
import type { PackedValue } from '../../src/api/packed-value';
import type { ModelId } from '../../src/models/synthesizer';
import { schemaOf } from '../measure/tables';
import { host, makePatients } from '../models/neural/fixtures';
import { create, mustSucceed, request, table } from './open-synthesize';

let service = create();
beforeEach(() => (service = create()));

describe('the attack on a fitted model', () => {
  const attack = (state: PackedValue) => ({
    state,
    backend: 'wasm' as const,
    wasmUrls: host.wasmUrls,
    schema: schemaOf(table),
    pooledLabel: 'Other',
    tables: [table, makePatients(40).table],
  });
  const fitElsewhere = async (model: ModelId) =>
    mustSucceed(await create().train(request(model), () => undefined)).state;

  it('answers a likelihood a row of each table, in a worker that then fits and draws nothing', async () => {
    const state = await fitElsewhere('trees');
    const scores = mustSucceed(await service.scoreRows(attack(state)));
    expect(scores?.map(({ length }) => length)).toEqual([240, 40]);
    expect(scores?.every((each) => each.every(Number.isFinite))).toBe(true);
    const refusals = await Promise.all([
      service.train(request('independent'), () => undefined),
      service.forecast(request('independent')),
      service.load(state, 'wasm', host.wasmUrls),
      service.lend(new MessageChannel().port1),
    ]);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ ok: false, failure: { code: 'option-invalid' } });
  });

  it('is refused by a worker that has fitted', async () => {
    const { state } = mustSucceed(await service.train(request('trees'), () => undefined));
    expect(await service.scoreRows(attack(state))).toMatchObject({
      ok: false,
      failure: { code: 'option-invalid', message: expect.stringContaining('holdout') as string },
    });
  });

  it('answers nothing for a model without a likelihood', async () => {
    expect(mustSucceed(await service.scoreRows(attack(await fitElsewhere('copula'))))).toBeNull();
  });
});
