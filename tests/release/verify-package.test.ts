import { beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../src/math/rng';
import { canonicalise, type Json } from '../../src/release/canonical-json';
import { presetPolicy } from '../../src/release/policy-presets';
import {
  UNSIGNED,
  writeReleaseFiles,
  type LogFile,
  type Members,
  type SignOffsFile,
} from '../../src/release/package';
import { writeReleaseArchive } from '../../src/platform/release-archive';
import type { Dossier } from '../../src/release/dossier';
import type { Signer } from '../../src/release/sign-off';
import type { Verification } from '../../src/release/verification';
import { verifyIndependently } from './independent-verifier';
import { makeSigner } from './sample-keys';
import {
  author,
  flipBit,
  makePackage,
  parse,
  relist,
  replace,
  reviewer,
  textOf,
  verify,
} from './sample-package';
import { ACTS, hashOf, policy, sampleEvaluation } from './sample-release';
import { change, listFields } from './spoil-fields';

let whole: Members = new Map();
let unsigned: Members = new Map();
beforeAll(async () => {
  whole = await makePackage();
  unsigned = await makePackage({ signers: [], later: [] });
});

/** Members said to be altered. */
const blamed = ({ problems }: Verification): readonly string[] => [
  ...new Set(
    problems.filter(({ kind }) => !['sign-off', 'criteria'].includes(kind)).map(({ member }) => member),
  ),
];
const sentences = ({ problems }: Verification): string => problems.map(({ sentence }) => sentence).join('\n');

describe('verifying a release package', () => {
  it('finds nothing wrong with one that is as it was signed', async () => {
    const result = await verify(whole);
    expect(result).toMatchObject({ problems: [], hasRemarks: false, isIntact: true, isReleasable: true });
    expect(result.notices).toEqual(['The log tells of 2 training runs and 1 evaluation.']);
    expect(result.signers.map(({ role }) => role)).toEqual(['author', 'reviewer']);
  });

  it('says of one that nobody has signed that it is intact and no release', async () => {
    const result = await verify(unsigned);
    expect(result).toMatchObject({ isIntact: true, isReleasable: false });
    expect(result.problems.map(({ kind }) => kind)).toEqual(['sign-off', 'sign-off']);
  });

  it('names the member for a change of every kind of field', async () => {
    for (const members of [whole, unsigned])
      for (const name of [...members.keys()].filter((each) => each.endsWith('.json'))) {
        const value = parse<Json>(members, name);
        for (const path of listFields(value)) {
          const result = await verify(replace(members, name, canonicalise(change(value, path))));
          expect([name, path, blamed(result)]).toEqual([name, path, [name]]);
        }
      }
  }, 120_000);

  it('names the member also where somebody wrote the checksums anew, if it was signed', async () => {
    for (const name of ['dossier.json', 'policy.json', 'sign-offs.json', 'audit-log.json']) {
      const value = parse<Json>(whole, name);
      for (const path of listFields(value)) {
        const changed = canonicalise(change(value, path));
        const result = await verify(await relist(replace(whole, name, changed)));
        expect([name, path, result.isReleasable]).toEqual([name, path, false]);
        // A signature that is gone leaves no trace but its absence.
        if (path.join() !== 'signOffs') expect([name, path, blamed(result)]).toEqual([name, path, [name]]);
      }
    }
    for (const name of ['synthetic.csv', 'dossier.html', 'README.txt', 'data-dictionary.csv'])
      expect(blamed(await verify(await relist(replace(whole, name, 'other'))))).toEqual([name]);
  }, 120_000);

  it('names the member for random bits of all of them', async () => {
    const rng = Rng.fromSeed(6);
    for (let i = 0; i < 2000; i++) {
      const { members, name, bit } = flipBit(i % 4 === 0 ? unsigned : whole, i, rng);
      expect([name, bit, blamed(await verify(members))]).toEqual([name, bit, [name]]);
    }
  }, 180_000);

  it('names a member that was taken out, and one that was added', async () => {
    for (const name of whole.keys()) {
      const taken = await verify(replace(whole, name, null));
      expect([name, blamed(taken)]).toEqual([name, [name]]);
      expect(sentences(taken)).toMatch(/taken out|does not hold this file/);
      if (!UNSIGNED.includes(name))
        expect([name, blamed(await verify(await relist(replace(whole, name, null))))]).toEqual([
          name,
          [name],
        ]);
    }
    for (const members of [replace(whole, 'more.csv', 'a'), await relist(replace(whole, 'more.csv', 'a'))]) {
      const added = await verify(members);
      expect([blamed(added), sentences(added)]).toEqual([['more.csv'], expect.stringContaining('added')]);
    }
    expect(blamed(await verify(new Map()))).toHaveLength(10);
  });

  it('tells a list of checksums that was changed from a file that was', async () => {
    const manifest = textOf(whole, 'manifest.json');
    const hash = /"name":"synthetic.csv","sha256":"(\w+)"/.exec(manifest)?.[1] ?? 'none';
    for (const name of ['manifest.json', 'SHA256SUMS']) {
      const text = textOf(whole, name).replace(hash, 'f'.repeat(64));
      const result = await verify(replace(whole, name, text));
      expect(result.problems).toHaveLength(name === 'manifest.json' ? 1 : 2);
      expect(sentences(result)).toContain(`${name}: its entry for synthetic.csv was changed`);
    }
  });

  it('refuses a later version politely', async () => {
    const manifest = textOf(whole, 'manifest.json').replace('"version":1', '"version":2');
    expect((await verify(replace(whole, 'manifest.json', manifest))).problems).toMatchObject([
      { kind: 'newer' },
    ]);
  });

  it('accepts one form of JSON only', async () => {
    for (const text of [
      ` ${textOf(whole, 'policy.json')}`,
      textOf(whole, 'policy.json').replace('{', '{"format":"understudy-policy",'),
      '['.repeat(100_000),
      '"\\ud800"',
      '',
    ]) {
      const result = await verify(await relist(replace(unsigned, 'policy.json', text)));
      expect([text.slice(0, 40), blamed(result)]).toEqual([text.slice(0, 40), ['policy.json']]);
    }
  });
});

describe('verifying what a dossier says', () => {
  it('works findings out again, and names the field that does not follow', async () => {
    const text = textOf(unsigned, 'dossier.json').replace('"outcome":"pass"', '"outcome":"fail"');
    const result = await verify(await relist(replace(unsigned, 'dossier.json', text)));
    expect(sentences(result)).toContain('dossier.json, findings[0].outcome: this is not what the evidence');
  });

  it('holds policy, log and data against it', async () => {
    const cases = [
      ['"threshold":0.2', '"threshold":0.3', 'policy.criteria[2].threshold'],
      ['"isAfterResults":false', '"isAfterResults":true', 'policyHistory.events[0].isAfterResults'],
      ['"outputs":[{"nBytes":23', '"outputs":[{"nBytes":24', 'outputs[0].nBytes'],
    ] as const;
    for (const [from, to, path] of cases) {
      const text = textOf(unsigned, 'dossier.json');
      const dossier = from.includes('threshold')
        ? text.replace(/("policy":.*?)"threshold":0\.2/, '$1"threshold":0.3')
        : text.replace(from, to);
      expect(dossier).not.toBe(text);
      const result = await verify(await relist(replace(unsigned, 'dossier.json', dossier)));
      expect(sentences(result)).toContain(`dossier.json, ${path}`);
    }
  });

  it('lets criteria that are not met pass for internal testing, or with a written reason, only', async () => {
    const worse = sampleEvaluation();
    const measures = worse.measures.map((each) => ({ ...each, interval: { low: 0.4, high: 0.6 } }));
    const input = { evaluation: { ...worse, measures } };
    expect(sentences(await verify(await makePackage({ input })))).toMatch(
      /not met: exact copies of rows, .*nobody gave a reason/,
    );
    const override = [...ACTS, ['override', { reason: 'Accepted by the board.' }]] as typeof ACTS;
    const marked = await makePackage({ input, acts: override });
    const excused = await verify(marked);
    expect([excused.problems, excused.notices.join()]).toEqual([
      [],
      expect.stringContaining('Accepted by the board.'),
    ]);
    for (const name of ['dossier.json', 'policy.json', 'croissant.json', 'prov.json', 'README.txt'])
      expect([name, textOf(marked, name).includes('Accepted by the board.')]).toEqual([name, true]);
    for (const name of ['policy.json', 'croissant.json', 'prov.json']) {
      const bare = textOf(marked, name).replaceAll('Accepted by the board.', 'All is well.');
      expect(blamed(await verify(await relist(replace(marked, name, bare))))).toContain(name);
    }
    const dossier = parse<Dossier>(marked, 'dossier.json');
    const cut = { ...dossier, marks: dossier.marks?.filter((mark) => !mark.startsWith('OVERRIDE')) ?? [] };
    const bare = new Map([...marked, ...writeReleaseFiles(new Map(), cut)]);
    expect(sentences(await verify(await relist(bare)))).toContain(
      `dossier.json, marks: the override in entry ${ACTS.length + 1} of the log is left out`,
    );
    const wordless = [...ACTS, ['override', { reason: ' ' }]] as typeof ACTS;
    expect((await verify(await makePackage({ input, acts: wordless }))).isReleasable).toBe(false);
    const testing = presetPolicy('testing');
    const acts = ACTS.map(
      ([act, detail]) => [act, act === 'policy-locked' ? { hash: hashOf(testing) } : detail] as const,
    );
    expect(
      (await verify(await makePackage({ input: { ...input, policy: testing }, acts }))).problems,
    ).toEqual([]);
  });
});

describe('verifying the order of things', () => {
  it('asks for criteria before results', async () => {
    const locked = ACTS.filter(([act]) => act === 'policy-locked');
    const others = ACTS.filter(([act]) => act !== 'policy-locked');
    expect(sentences(await verify(await makePackage({ acts: others })))).toContain(
      'no moment at which the criteria',
    );
    const late = await verify(await makePackage({ acts: [...others, ...locked] }));
    expect(late.problems).toMatchObject([{ kind: 'criteria', path: 'entries[7]' }]);
  });

  it('tells of criteria that were changed later, and of others than those in force', async () => {
    const changed = await verify(
      await makePackage({ acts: [...ACTS, ['policy-changed', { hash: hashOf(policy) }]] }),
    );
    expect([changed.problems, changed.notices.join()]).toEqual([
      [],
      expect.stringContaining('after results had been seen'),
    ]);
    const other = await verify(
      await makePackage({ acts: [...ACTS, ['policy-changed', { hash: 'e'.repeat(64) }]] }),
    );
    expect(other.problems).toMatchObject([{ kind: 'criteria', member: 'policy.json' }]);
  });

  it('finds a log cut off, thinned, reordered or grown by what nobody signed', async () => {
    const { entries, ...rest } = parse<LogFile>(whole, 'audit-log.json');
    const [first, second, ...others] = entries as [unknown, unknown, ...unknown[]];
    for (const odd of [entries.slice(0, 5), entries.slice(1), [second, first, ...others], []]) {
      const result = await verify(
        await relist(replace(whole, 'audit-log.json', canonicalise({ ...rest, entries: odd }))),
      );
      expect(blamed(result)).toEqual(['audit-log.json']);
      expect(result.problems[0]?.path).toMatch(/^entries\[\d+\]$/);
    }
    const grown = await verify(await makePackage({ later: [['training', { run: 'r2' }]] }));
    expect(grown.problems).toMatchObject([{ kind: 'sign-off', path: 'entries[8]' }]);
  });
});

describe('verifying signatures', () => {
  it('asks for the further roles of the policy, each with a key of its own', async () => {
    const withBoard = { ...policy, furtherRoles: ['ethics board'] };
    const acts = ACTS.map(
      ([act, detail]) => [act, act === 'policy-locked' ? { hash: hashOf(withBoard) } : detail] as const,
    );
    const make = (board: readonly (readonly ['ethics board', Signer, 'approve'])[]) =>
      makePackage({
        acts,
        input: { policy: withBoard },
        signers: [['author', author, 'approve'], ['reviewer', reviewer, 'approve'], ...board],
      });
    expect(sentences(await verify(await make([])))).toContain('No ethics board has approved');
    const shared = await verify(await make([['ethics board', reviewer, 'approve']]));
    expect(sentences(shared)).toContain('One key signed as reviewer and as ethics board');
    const third = await make([['ethics board', makeSigner(), 'approve']]);
    expect((await verify(third)).isReleasable).toBe(true);
    const archive = Buffer.from(await (await writeReleaseArchive(third)).arrayBuffer());
    expect(verifyIndependently(archive)).toEqual([]);
    const two = Buffer.from(await (await writeReleaseArchive(await make([]))).arrayBuffer());
    expect(verifyIndependently(two)).toEqual(['two persons']);
  });

  it('holds the two-person rule by key', async () => {
    const roles = ['author', 'reviewer'] as const;
    const same = await makePackage({ signers: roles.map((role) => [role, author, 'approve'] as const) });
    expect(sentences(await verify(same))).toContain('One key signed as author and as reviewer');
    const refused = await makePackage({
      signers: [
        ['author', author, 'approve'],
        ['reviewer', reviewer, 'reject'],
      ],
    });
    const result = await verify(refused);
    expect([result.isIntact, result.isReleasable]).toEqual([true, false]);
    expect(sentences(result)).toContain('The reviewer (reviewer) rejected the release: Seen.');
  });

  it('takes no signature from another package', async () => {
    const other = await makePackage({ input: { title: 'Another' } });
    const { signOffs, ...rest } = parse<SignOffsFile>(whole, 'sign-offs.json');
    const theirs = parse<SignOffsFile>(other, 'sign-offs.json').signOffs;
    const mixed = canonicalise({ ...rest, signOffs: [signOffs[0], theirs[1]] });
    const result = await verify(await relist(replace(whole, 'sign-offs.json', mixed)));
    expect(sentences(result)).toContain('The reviewer (reviewer) signed another version of dossier.json');
    expect(result.isReleasable).toBe(false);
  });
});

describe('a data file', () => {
  it('cannot take the name of another member, nor one that leads elsewhere', () => {
    for (const name of ['manifest.json', '../up.csv', 'a/b.csv', '', '.hidden'])
      expect(() =>
        writeReleaseFiles(new Map([[name, new Uint8Array()]]), parse(whole, 'dossier.json')),
      ).toThrow(TypeError);
  });
});
