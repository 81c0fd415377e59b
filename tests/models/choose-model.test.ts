import { describe, expect, it } from 'vitest';
import type { ColumnSchema, ColumnType } from '../../src/data/schema';
import type { Purpose } from '../../src/data/purpose';
import { chooseModel, type ChoiceFacts } from '../../src/models/choose-model';
import { MODEL_IDS } from '../../src/models/synthesizer';
import { describeTable } from '../../src/models/table-facts';
import { makeColumnSchema } from '../column-schema';

const CLINIC: ChoiceFacts = {
  nTrain: 4000,
  nColumns: 12,
  nNumeric: 7,
  nDates: 0,
  mostLevels: 9,
  missingShare: 0.08,
  hasTarget: true,
  hasGpu: false,
  nCores: 4,
  purpose: null,
};
const given = (changes: Partial<ChoiceFacts>) => chooseModel({ ...CLINIC, ...changes });

describe('the choice of a model', () => {
  it('takes trees for an ordinary table, each reason tied to a fact of it', () => {
    const { model, reasons, cautions } = given({});
    expect(model).toBe('trees');
    expect(reasons.join('\n')).toMatch(
      /4000 records.*\n7 columns of numbers or dates and 5 of levels.*\n8 % of the cells.*\n.*target.*\n.*4 cores.*none here/,
    );
    expect(cautions).toEqual([]);
  });

  it('takes nets for a table of thousands of records, unless dates may have to follow one another', () => {
    const { model, reasons, against } = given({ nTrain: 5000, hasGpu: true });
    expect(model).toBe('argn');
    expect(reasons.join('\n')).toMatch(
      /^5000 records.*harder to tell from train.*\n7 columns .*nets learn.*\n8 % .*\n.*target.*\n.*4 cores.*only where that is faster/,
    );
    expect(against[0]).toMatch(/^Sequential trees: about as fast/);
    expect(given({ nTrain: 4999 }).model).toBe('trees');
    expect(given({ nTrain: 5000, nDates: 1 }).model).toBe('argn');
    const dated = given({ nTrain: 5000, nDates: 2 });
    expect(dated.model).toBe('trees');
    expect(dated.against[0]).toContain('of 2 columns of dates');
  });

  it('says why not each of the other models, one sentence each', () => {
    for (const facts of [{}, { nTrain: 120 }, { nTrain: 50_000, hasGpu: true }]) {
      const { against } = given(facts);
      expect(against).toHaveLength(MODEL_IDS.length - 1);
      expect(new Set(against.map((sentence) => sentence.split(':')[0])).size).toBe(against.length);
    }
  });

  it('takes the copula below 200 records of train and warns whatever the model', () => {
    expect(given({ nTrain: 200 }).model).toBe('trees');
    const { model, reasons, against, cautions } = given({ nTrain: 199 });
    expect(model).toBe('copula');
    expect(reasons[0]).toContain('199 records');
    expect(against[0]).toMatch(/^Sequential trees: with 199 records/);
    expect(cautions[0]).toMatch(/199 records of train no model learns much/);
  });

  it.each(['sharing', 'public-release'] as const)(
    'takes the copula below 500 records for %s and says that nothing is guaranteed',
    (purpose) => {
      const few = given({ nTrain: 499, purpose });
      expect(few.model).toBe('copula');
      expect(few.reasons[0]).toContain('to be handed out');
      expect(few.against[0]).toContain('who was among them');
      const more = given({ nTrain: 500, purpose });
      expect(more.model).toBe('trees');
      expect(more.cautions).toEqual([expect.stringContaining('formal guarantee')]);
    },
  );

  it.each(['testing', 'analytics', 'model-training'] as const)(
    'takes trees for %s at 499 records too',
    (purpose) => {
      expect(given({ nTrain: 499, purpose }).model).toBe('trees');
    },
  );

  it('gives a reason of its own for each purpose, and keeps the purpose', () => {
    const purposes: Purpose[] = ['testing', 'analytics', 'model-training', 'sharing', 'public-release'];
    const last = purposes.map((purpose) => given({ purpose }).reasons.at(-1));
    expect(new Set(last).size).toBe(purposes.length);
    expect(given({ purpose: 'testing' }).purpose).toBe('testing');
    expect(given({}).reasons.some((reason) => reason.startsWith('For '))).toBe(false);
  });

  it('asks for a target where models are to be trained and none is marked', () => {
    expect(given({ purpose: 'model-training', hasTarget: false }).cautions[0]).toMatch(/No column is marked/);
    expect(given({ purpose: 'model-training' }).cautions).toEqual([]);
  });

  it('holds many levels against the larger networks', () => {
    const { against } = given({ mostLevels: 51 });
    expect(against.filter((sentence) => sentence.includes('51 levels makes it slower'))).toHaveLength(2);
    expect(given({ mostLevels: 50 }).against.join()).not.toContain('50 levels');
  });

  it('names the device: graphics processor, cores, or what the browser does not say', () => {
    expect(given({ hasGpu: true }).reasons.join()).toContain('leaves the graphics processor alone');
    expect(given({ hasGpu: true }).against.join()).toContain('even on the graphics processor');
    expect(given({ nCores: 1 }).reasons.join()).toContain('on one core');
    expect(given({ nCores: null }).against.join()).toContain('on the processor without');
  });

  it('says of networks on a small table that there is too little to learn', () => {
    expect(given({ nTrain: 1999 }).against.join()).toContain('learns little from 1999 records');
    expect(given({ nTrain: 2000 }).against.join()).not.toContain('learns little');
  });

  it.each([
    [{ nNumeric: 12 }, '12 columns of numbers or dates'],
    [{ nNumeric: 0 }, '12 columns of levels'],
    [{ nColumns: 1, nNumeric: 1 }, 'One column'],
    [{ missingShare: 0.001 }, 'Fewer than 1 %'],
  ])('describes a table of %j', (changes, words) => {
    expect(given(changes).reasons.join()).toContain(words);
  });

  it('leaves out what a table has not', () => {
    const { reasons } = given({ missingShare: 0, hasTarget: false });
    expect(reasons.join()).not.toMatch(/missing|target/);
  });
});

describe('the facts of a table', () => {
  const column = (type: ColumnType, changes: Partial<ColumnSchema> = {}) =>
    makeColumnSchema(type, type, changes);

  it('count only columns that are learnt from', () => {
    const columns = [
      column('identifier', { nMissing: 100 }),
      column('integer', { nMissing: 5 }),
      column('datetime'),
      column('categorical', { levels: ['a', 'b', 'c'], nMissing: 15 }),
      column('boolean', { levels: ['no', 'yes'], role: 'target' }),
      column('categorical', { levels: ['a', 'b', 'c', 'd'], included: false }),
    ];
    expect(describeTable({ version: 1, columns }, 100, 80)).toEqual({
      nTrain: 80,
      nColumns: 4,
      nNumeric: 2,
      nDates: 1,
      mostLevels: 3,
      missingShare: 0.05,
      hasTarget: true,
    });
  });

  it('are all none for a table without columns', () => {
    expect(describeTable({ version: 1, columns: [] }, 0, 0)).toMatchObject({ nColumns: 0, missingShare: 0 });
  });
});
