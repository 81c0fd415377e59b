import { describe, expect, it } from 'vitest';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import { buildDossier } from '../../src/release/build-dossier';
import type { Dossier } from '../../src/release/dossier';
import { writeDossierHtml } from '../../src/release/dossier-html';
import { titleMeasure } from '../../src/release/measure-titles';
import type { Policy } from '../../src/release/policy';
import { readPolicyChanges } from '../../src/release/policy-changes';
import { makePackage, parse, replace, verify } from './sample-package';
import { ACTS, hashOf, policy, sampleDossierInput, writeLog } from './sample-release';
import { change, listFields } from './spoil-fields';

const [direct, first, second, ...others] = policy.criteria;
if (direct === undefined || first === undefined || second === undefined)
  throw new Error('the preset has too few criteria');
const REASON = 'The board <asked> for it';
const added = { ...first, id: 'own', measure: 'linkability', threshold: 0.5 } as const;
const CHANGED: Policy = {
  ...policy,
  name: 'Looser',
  criteria: [direct, { ...first, threshold: 0.25 }, ...others, added],
};
const plain = (value: unknown): Json => JSON.parse(canonicalise(value)) as Json;
const lock = ['policy-locked', { hash: hashOf(policy), policy: plain(policy) }] as const;
const acts = [
  ...ACTS.map((each) => (each[0] === 'policy-locked' ? lock : each)),
  [
    'policy-changed',
    { before: hashOf(policy), hash: hashOf(CHANGED), policy: plain(CHANGED), reason: REASON },
  ] as const,
];

async function build(): Promise<Dossier> {
  return buildDossier(await sampleDossierInput({ log: await writeLog(acts), policy: CHANGED }));
}

describe('criteria that were changed after their lock', () => {
  it('are told with moment, reason, both hashes and every criterion that is another', async () => {
    const [told, ...rest] = (await build()).policyChanges ?? [];
    expect(rest).toEqual([]);
    expect(told).toMatchObject({
      entry: acts.length,
      at: '2026-11-28T08:08:00.000Z',
      before: hashOf(policy),
      after: hashOf(CHANGED),
      reason: REASON,
      isAfterResults: true,
      criteria: [
        { id: first.id, before: { threshold: first.threshold }, after: { threshold: 0.25 } },
        { id: second.id, before: { measure: second.measure }, after: null },
        { id: 'own', before: null, after: { threshold: 0.5 } },
      ],
      others: ['name'],
    });
  });

  it('stand in dossier.html at its head and under the first item, and nothing does where there were none', async () => {
    const html = writeDossierHtml(await build());
    expect(html).toMatch(
      /<p class="warning">The criteria were changed after results had been seen \(2026-11-28T08:08:00.000Z\): The board &lt;asked&gt; for it\.<\/p>/,
    );
    const [, item = ''] =
      /<dt>Changes of the criteria after they were locked<\/dt><dd>(.*?)<\/dd>/s.exec(html) ?? [];
    for (const part of [
      'The board &lt;asked&gt; for it.',
      hashOf(policy),
      hashOf(CHANGED),
      'Exact copies of rows: at most 1 × its ceiling + 0.001 before, at most 0.25 after',
      `taken out: ${titleMeasure(second.measure)}: at most 0.2`,
      'added: Linking two lists: at most 0.5',
      'the name of the criteria changed',
    ])
      expect(item).toContain(part);
    const untouched = buildDossier(await sampleDossierInput());
    expect(untouched.policyChanges).toBeUndefined();
    expect(writeDossierHtml(untouched)).toContain(
      '<dt>Changes of the criteria after they were locked</dt><dd>none</dd>',
    );
  });

  it('are told without criteria where an older log does not hold them', async () => {
    const log = await writeLog([...ACTS, ['policy-changed', { hash: 'c'.repeat(64) }]]);
    expect(readPolicyChanges(log)).toMatchObject([
      { before: hashOf(policy), after: 'c'.repeat(64), reason: null, criteria: null, others: [] },
    ]);
    const html = writeDossierHtml(buildDossier(await sampleDossierInput({ log })));
    expect(html).toContain('without a written reason');
    expect(html).toContain('which criteria changed is not on record');
  });

  it('are held against the log, whatever is changed of them', async () => {
    const unsigned = await makePackage({ acts, input: { policy: CHANGED }, signers: [], later: [] });
    expect((await verify(unsigned)).isIntact).toBe(true);
    const dossier = parse<Json>(unsigned, 'dossier.json') as Readonly<Record<string, Json>>;
    const changes = dossier['policyChanges'] ?? null;
    for (const path of listFields(changes)) {
      const spoilt = canonicalise({ ...dossier, policyChanges: change(changes, path) });
      const { problems } = await verify(replace(unsigned, 'dossier.json', spoilt));
      const places = problems.map((problem) => `${problem.path}`);
      expect([path, places.some((place) => place.startsWith('policyChanges'))]).toEqual([path, true]);
    }
    const older = Object.entries(dossier).filter(([key]) => key !== 'policyChanges');
    const asOlder = canonicalise(Object.fromEntries(older));
    const { problems } = await verify(replace(unsigned, 'dossier.json', asOlder));
    expect(problems.filter(({ path }) => path?.startsWith('policyChanges'))).toEqual([]);
  });
});
