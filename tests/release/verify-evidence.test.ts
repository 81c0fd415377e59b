import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import type { Members } from '../../src/release/package';
import type { Verification } from '../../src/release/verification';
import { makePackage, parse, relist, replace, verify } from './sample-package';
import { ACTS, noteOf, sampleEvaluation } from './sample-release';

let unsigned: Members = new Map();
beforeAll(async () => {
  unsigned = await makePackage({ signers: [], later: [] });
});

const sentences = ({ problems }: Verification): string => problems.map(({ sentence }) => sentence).join('\n');
const asJson = (value: unknown): Json => JSON.parse(canonicalise(value)) as Json;

describe('verifying the evidence', () => {
  const rosy = { ...sampleEvaluation(), options: { seed: 4 } };
  const put = async (evidence: Json) => {
    const dossier = { ...parse<Record<string, Json>>(unsigned, 'dossier.json'), evidence };
    return relist(replace(unsigned, 'dossier.json', canonicalise(dossier)));
  };
  const sample = asJson(sampleEvaluation());

  it('holds it against what the log put on record, also where all else fits', async () => {
    const other = await put(asJson(rosy));
    expect(sentences(await verify(other))).toContain(
      'dossier.json, evidence: these are not the figures that entry 7 of the log put on record',
    );
    expect(sentences(await verify(await put(sample)))).not.toContain('evidence');
  });

  it('asks for an entry of the run that the dossier is about', async () => {
    for (const [act, detail] of [
      ['look', { results: true }],
      ['evaluation', { ...(noteOf(sampleEvaluation()) as object), run: 'r0' }],
    ] as const) {
      const acts = ACTS.map((each) => (each[0] === 'evaluation' ? ([act, detail] as const) : each));
      const result = await verify(await makePackage({ acts }));
      expect(sentences(result)).toContain('evidence: the log tells of no evaluation of these records');
      expect(result.isReleasable).toBe(false);
    }
  });

  it('takes the latest evaluation of the run, unless it was ended early with less than there was', async () => {
    const withLater = (later: object) =>
      makePackage({ acts: [...ACTS, ['evaluation', { ...(noteOf(rosy) as object), ...later }]] });
    expect(sentences(await verify(await withLater({})))).toContain('that entry 9 of the log put on record');
    expect(sentences(await verify(await withLater({ run: 'r0' })))).toBe('');
    const early = await withLater({ isComplete: false, nMeasures: 1 });
    expect(sentences(await verify(early))).toBe('');
    expect(sentences(await verify(await withLater({ isComplete: false })))).toContain('that entry 9');
  });

  it('finds an interval that is turned round', async () => {
    const whole = sampleEvaluation();
    const measures = whole.measures.map((each, i) =>
      i === 1 ? { ...each, interval: { low: 1, high: 0 } } : each,
    );
    const turned = await makePackage({ input: { evaluation: { ...whole, measures } } });
    expect(sentences(await verify(turned))).toContain(
      `evidence.measures[1].interval: the interval of ${measures[1]?.id} ends below where it begins`,
    );
  });
});
