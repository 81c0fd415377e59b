import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/release/base64';
import { fingerprint, readPublicKey } from '../../src/release/public-key';
import {
  findStatementProblems,
  isSigned,
  signStatement,
  signOffShape,
  writeStatement,
  type SignOff,
} from '../../src/release/sign-off';
import { findTwoPersonProblems } from '../../src/release/two-person';
import { makeSigner, verifyByNode } from './sample-keys';
import { digest } from './sample-release';

const author = makeSigner();
const reviewer = makeSigner();
const said = {
  role: 'author',
  name: 'A. Writer',
  at: '2026-11-28T10:00:00.000Z',
  decision: 'approve',
  reason: '',
} as const;
const files = [{ name: 'dossier.json', nBytes: 2, sha256: 'a'.repeat(64) }];
const statement = writeStatement(said, files, { length: 3, hash: 'b'.repeat(64) });
const asReviewer = { ...statement, role: 'reviewer', name: 'R. Reader' };

describe('base64', () => {
  it('is that of Node, and knows one spelling only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(encodeBase64(bytes)).toBe(text);
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
    for (const odd of ['QR==', 'QQ', 'QQ=', 'QQ==\n', 'Q*==', '=', 'Q', '-_8='])
      expect(decodeBase64(odd)).toBeNull();
  });
});

describe('a sign-off', () => {
  it('holds for what was signed, and for nothing else', async () => {
    const signed = await signStatement(statement, author);
    expect(signOffShape(signed, 'signOff')).toEqual([]);
    expect(await isSigned(signed, verifyByNode)).toBe(true);
    const others: SignOff[] = [
      ...Object.entries({
        role: 'reviewer',
        name: 'B.',
        at: '2026',
        decision: 'reject',
        reason: 'x',
        hashes: { 'dossier.json': 'c'.repeat(64) },
        log: { length: 4, hash: 'b'.repeat(64) },
      }).map(([key, value]) => ({ ...signed, statement: { ...statement, [key]: value } })),
      { ...signed, publicKey: reviewer.publicKey },
      { ...signed, signature: (await signStatement(asReviewer, author)).signature },
      { ...signed, signature: signed.signature.slice(4) },
      { ...signed, publicKey: signed.publicKey.replace(/=+$/, '') },
    ];
    for (const other of others) expect(await isSigned(other, verifyByNode)).toBe(false);
  });

  it('needs a name, a role, and a reason to reject', () => {
    expect(findStatementProblems(statement)).toEqual([]);
    expect(findStatementProblems({ ...statement, name: ' ', role: '', decision: 'reject' })).toHaveLength(3);
  });
});

describe('a public key', () => {
  it('is read in one spelling only, so that one key cannot pass for two', () => {
    const bytes = readPublicKey(author.publicKey);
    expect(bytes).toHaveLength(91);
    const compressed = Buffer.from(bytes ?? []);
    compressed[26] = 2;
    expect(readPublicKey(compressed.toString('base64'))).toBeNull();
    expect(readPublicKey(`${author.publicKey}AA`)).toBeNull();
  });

  it('has a code of sixteen letters to read aloud, another for another key', async () => {
    const codes = await Promise.all(
      [author, reviewer].map(({ publicKey }) =>
        fingerprint(Uint8Array.from(Buffer.from(publicKey, 'base64')), digest),
      ),
    );
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(codes[0]).not.toBe(codes[1]);
    const all = (hash: string) => fingerprint(new Uint8Array(), () => Promise.resolve(hash));
    expect(await all('00000fffff84210'.padEnd(64, '0'))).toBe('0000-ZZZZ-GGGG-0000');
  });
});

describe('the two-person rule', () => {
  it('asks for an author and a reviewer with a key each', async () => {
    const [one, two] = [await signStatement(statement, author), await signStatement(asReviewer, reviewer)];
    expect(findTwoPersonProblems([one, two])).toEqual([]);
    expect(findTwoPersonProblems([one])).toHaveLength(1);
    expect(findTwoPersonProblems([])).toHaveLength(2);
    expect(findTwoPersonProblems([one, two], ['author', 'reviewer', 'data protection'])).toEqual([
      'No data protection has approved the release by a signature that holds.',
    ]);
    const same = await signStatement(asReviewer, author);
    expect(findTwoPersonProblems([one, same])).toEqual([
      'One key signed as author and as reviewer: two people are needed, each with a key of their own.',
    ]);
  });

  it('lets nobody overrule a rejection', async () => {
    const no = { ...asReviewer, decision: 'reject', reason: 'Too near.' } as const;
    const signed = [
      await signStatement(statement, author),
      await signStatement(no, reviewer),
      await signStatement(asReviewer, reviewer),
    ];
    expect(findTwoPersonProblems(signed)).toEqual(['R. Reader (reviewer) rejected the release: Too near.']);
  });
});
