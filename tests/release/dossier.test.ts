import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildDossier } from '../../src/release/build-dossier';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import { SECTION_IDS, type Dossier } from '../../src/release/dossier';
import { toPlainJson } from '../../src/release/plain-json';
import { readPolicyHistory } from '../../src/release/policy-history';
import { writeReadme } from '../../src/release/recipient-readme';
import { STATEMENT_IDS, type Statements } from '../../src/release/statements';
import { ACTS, SOURCE, policy, sampleDossierInput, writeLog } from './sample-release';

const build = async (patch: Parameters<typeof sampleDossierInput>[0] = {}): Promise<Dossier> =>
  buildDossier(await sampleDossierInput(patch));
const factOf = (dossier: Dossier, section: string, id: string) =>
  dossier.sections.find((each) => each.id === section)?.facts.find((fact) => fact.id === id)?.value;

describe('a dossier', () => {
  it('answers sixteen items in order, and is the same text after a round trip through JSON', async () => {
    const dossier = await build();
    expect(dossier.sections.map(({ item, id }) => [item, id])).toEqual(
      SECTION_IDS.map((id, i) => [i + 1, id]),
    );
    const text = canonicalise(dossier);
    expect(canonicalise(JSON.parse(text))).toBe(text);
  });

  it('lists everything a person has not said, and stops listing what they have', async () => {
    const stated = (dossier: Dossier) => dossier.notStated.map(({ id }) => id);
    expect(stated(await build())).toEqual(expect.arrayContaining([...STATEMENT_IDS]));
    expect(stated(await build({ statements: { owner: '  ' } }))).toContain('owner');
    const all: Statements = Object.fromEntries(STATEMENT_IDS.map((id) => [id, `about ${id}`]));
    const dossier = await build({ statements: all });
    expect(stated(dossier).filter((id) => (STATEMENT_IDS as readonly string[]).includes(id))).toEqual([]);
    for (const id of STATEMENT_IDS) expect(canonicalise(dossier.sections)).toContain(`about ${id}`);
  });

  it('holds the source as a keyed commitment only, and no row numbers of the holdout', async () => {
    const dossier = await build();
    const text = canonicalise(dossier);
    expect(text).toContain(createHmac('sha256', Buffer.alloc(32, 7)).update(SOURCE).digest('hex'));
    expect(text).not.toContain(createHash('sha256').update(SOURCE).digest('hex'));
    expect(dossier.run.split.holdoutRows).toBeNull();
    expect(dossier.run.unknown['split.holdoutRows']).toMatch(/left out of the dossier/);
  });

  it('gives the seeds of a run, but none where noise was drawn for differential privacy', async () => {
    const open = canonicalise(await build());
    expect(open).toContain('424242');
    expect(open).toContain('515151');
    const closed = await build({ ledger: { epsilon: 3 } });
    expect(canonicalise(closed)).not.toMatch(/424242|515151/);
    expect(factOf(closed, 'reproducibility', 'trainingSeed')).toBe('withheld');
    expect(closed.run.unknown['model.seed']).toMatch(/withheld/);
  });

  it('never holds a seed of noise', async () => {
    const { run } = await sampleDossierInput();
    const noisy = { ...run, model: { ...run.model, settings: { noiseSeed: 99887766, epochs: 2 } } };
    expect(canonicalise(await build({ run: noisy }))).not.toContain('99887766');
  });

  it('says whether there is a formal guarantee', async () => {
    expect(factOf(await build(), 'formal-privacy', 'guarantee')).toMatch(/^None/);
    expect(factOf(await build({ ledger: { epsilon: 1 } }), 'formal-privacy', 'guarantee')).toMatch(/ledger/);
  });

  it('carries policy, findings, evidence and runs tried, and describes the making in one paragraph', async () => {
    const dossier = await build();
    expect(dossier.findings.map(({ criterion }) => criterion)).toEqual(policy.criteria.map(({ id }) => id));
    expect(dossier.evidence?.measures.length).toBe(policy.criteria.length);
    expect(factOf(dossier, 'model', 'runs')).toMatch(/^2 on record/);
    expect(dossier.methods).not.toContain('\n');
    for (const part of ['0.1.0', 'TVAE', '424242', 'fixed before results were seen', 'no formal guarantee'])
      expect(dossier.methods).toContain(part);
  });

  it('tells of criteria that were fixed or changed late, and of overrides, for ever', async () => {
    const log = await writeLog([
      ...ACTS,
      ['policy-changed', { hash: 'c'.repeat(64) }],
      ['override', { reason: 'Accepted by the board.' }],
    ]);
    const dossier = await build({ log });
    expect(dossier.policyHistory.events.map(({ isAfterResults }) => isAfterResults)).toEqual([false, true]);
    expect(dossier.methods).toContain('changed after results had been seen');
    expect(canonicalise(dossier.sections)).toContain('Accepted by the board.');
  });

  it('says where nothing was evaluated, and counts it as not met', async () => {
    const dossier = await build({ evaluation: null });
    const [first, ...measured] = dossier.findings;
    expect(first).toMatchObject({ criterion: 'direct-identifiers', outcome: 'pass' });
    expect(measured.every(({ outcome }) => outcome === 'not-evaluated')).toBe(true);
    expect(dossier.methods).toContain('were not evaluated');
  });

  it('uses no word that promises more than was tested', async () => {
    expect(canonicalise(await build())).not.toMatch(/anonym(?!eter)|complian/i);
  });
});

describe('plain JSON', () => {
  it('leaves out what is undefined, writes numbers without a value as null, and refuses the rest', () => {
    expect(toPlainJson({ a: undefined, b: NaN, c: [Infinity, -0] })).toEqual({ b: null, c: [null, -0] });
    for (const odd of [new Date(0), () => 1, new Float32Array(1), 1n])
      expect(() => toPlainJson({ odd })).toThrow(TypeError);
  });
});

describe('the history of a policy', () => {
  it('counts what does not say that it shows no results as a look at them', async () => {
    const first = async (detail: Json) => readPolicyHistory(await writeLog([['look', detail]])).firstLook;
    expect(await first({ results: false })).toBeNull();
    for (const detail of [{ results: true }, {}, null, 'losses']) expect(await first(detail)).toBe(1);
  });
});

describe('identifiers that the program found', () => {
  const finding = {
    column: 'age',
    kind: 'age',
    letter: 'C',
    reason: 'Its name speaks of age.',
    confidence: 0.8,
    isDirect: false,
    proposal: { action: 'quasi-identifier' },
  } as const;
  const left = { ...finding, isHandled: false, isLearnt: true, isSaidToBeNone: false };
  const methodsAndReadme = (dossier: Dossier) => [dossier.methods, writeReadme(dossier, [])].join('\n');

  it('are told with what became of them, and those learnt stand in methods and README', async () => {
    const dossier = await build({
      identifiers: [left, { ...left, column: 'sex', isHandled: true, isLearnt: false }],
    });
    expect(factOf(dossier, 'columns', 'identifiers')).toBe(
      '2; handled as proposed, or more strictly: 1; left as they are: age (ages)',
    );
    expect(factOf(dossier, 'columns', 'identifierFindings')).toContain(
      'age (ages), confidence 80 %; proposed: Learn it as a quasi-identifier; not handled as proposed, and learnt',
    );
    expect(methodsAndReadme(dossier)).toContain('1 column that may hold identifiers was learnt all the same');
    expect(methodsAndReadme(dossier)).toContain(
      'Columns that may hold identifiers and were learnt: age (ages).',
    );
  });

  it('that a person said to be none are named as such, in dossier, methods and README', async () => {
    const dossier = await build({ identifiers: [{ ...left, isSaidToBeNone: true }] });
    expect(factOf(dossier, 'columns', 'identifiersLearnt')).toEqual([]);
    expect(factOf(dossier, 'columns', 'identifiersKept')).toEqual(['age (ages)']);
    expect(dossier.methods).toContain('hold none by a person’s judgement');
    expect(writeReadme(dossier, [])).toContain('said that they hold no identifier: age (ages).');
  });

  it('leave no line in the README where all are handled, and are said to be unknown where they are', async () => {
    const handled = await build({ identifiers: [{ ...left, isHandled: true, isLearnt: false }] });
    expect(methodsAndReadme(handled)).not.toContain('may hold identifiers');
    const unknown = await build();
    expect(factOf(unknown, 'columns', 'identifiers')).toMatch(/^not known/);
    expect(unknown.methods).toContain('is not on record');
    expect(unknown.notStated.map(({ id }) => id)).not.toContain('identifiers');
  });
});
