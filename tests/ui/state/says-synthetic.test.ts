import { expect, it } from 'vitest';
import { MEMBER } from '../../../src/release/package';
import { textIn } from './release-answers';
import { forReview, openScene, signAsAuthor } from './release-scene';

/** Texts that cannot say it, and why (docs/release-package.md). */
const CANNOT: Readonly<Record<string, string>> = {
  'synthetic.csv': 'is written in the form of the source; its name says it',
  [MEMBER.checksums]: 'has the form that sha256sum reads',
  [MEMBER.log]: 'holds nothing that is not chained',
  [MEMBER.signOffs]: 'holds nothing that is not signed',
};
const SAYS_SO = [
  /records[^.]* are synthetic/i,
  /synthetic records/i,
  /(^|,)records(,.*)?\r\n(.*,synthetic(,.*)?\r\n)+$/,
];

it('is said in every text of a package that may be opened alone, or stands among the few that cannot', async () => {
  const scene = await openScene();
  await signAsAuthor(scene);
  const members = await forReview(scene);
  const texts = [...members.keys()].filter((name) => !name.endsWith('.parquet'));
  expect(texts).toEqual(expect.arrayContaining([...Object.values(MEMBER), ...Object.keys(CANNOT)]));
  expect(texts).toEqual(expect.arrayContaining(['run.json', 'data-dictionary.csv', 'data-dictionary.md']));
  const silent = texts.filter((name) => !SAYS_SO.some((words) => words.test(textIn(members, name))));
  expect(silent.sort()).toEqual(Object.keys(CANNOT).sort());
});

it('is said where each is read first, and not only somewhere in what it quotes', async () => {
  const scene = await openScene();
  await signAsAuthor(scene);
  const members = await forReview(scene);
  const statementOf = (name: string) =>
    (JSON.parse(textIn(members, name)) as { readonly statement?: string }).statement;
  for (const name of [MEMBER.dossier, MEMBER.manifest, MEMBER.policy, 'run.json'])
    expect([name, statementOf(name)]).toEqual([
      name,
      expect.stringMatching(/^The(se)? records.* synthetic: /),
    ]);
  const [head, ...rows] = textIn(members, 'data-dictionary.csv').trimEnd().split('\r\n');
  const at = (head ?? '').split(',').indexOf('records');
  expect(rows.length).toBeGreaterThan(0);
  expect(at).toBeGreaterThan(0);
  for (const row of rows) expect(row).toContain(',synthetic,');
});
