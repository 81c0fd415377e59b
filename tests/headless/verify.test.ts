import { mkdtempSync, writeFileSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/headless/read-flags.mjs';
import { parseVerifyOptions } from '../../src/headless/verify-options.mjs';
import { verify } from '../../src/headless/verify.mjs';
import { writeReleaseArchive } from '../../src/platform/release-archive';
import { fingerprint, readPublicKey } from '../../src/release/public-key';
import { author, makePackage, reviewer, type PackageChoice } from '../release/sample-package';
import { makeSigner } from '../release/sample-keys';
import { digest } from '../release/sample-release';

const folder = mkdtempSync(join(tmpdir(), 'understudy-verify-'));

async function save(name: string, content: Uint8Array | Promise<Blob>): Promise<string> {
  const path = join(folder, name);
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(await (await content).arrayBuffer());
  writeFileSync(path, bytes);
  return path;
}

async function pack(choice: PackageChoice = {}): Promise<Uint8Array> {
  return new Uint8Array(await (await writeReleaseArchive(await makePackage(choice))).arrayBuffer());
}

/** Verdict, and everything that is told, of one file. */
async function told(file: string, roles = ['author', 'reviewer']) {
  const { lines, isReleasable } = await verify({ file, roles });
  return { isReleasable, verdict: lines[0], text: lines.join('\n') };
}

const script = join(import.meta.dirname, '../../src/headless/verify.mjs');

/** Exit status of the command itself. */
function run(...argv: string[]): number {
  try {
    execFileSync(process.execPath, [script, ...argv], { stdio: 'pipe' });
    return 0;
  } catch (thrown) {
    return (thrown as { status: number }).status;
  }
}

describe('npm run verify', () => {
  it('passes a signed release, and tells who signed and what the findings come to', async () => {
    const path = await save('signed.zip', await pack());
    const { isReleasable, verdict, text } = await told(path);
    expect([isReleasable, verdict]).toEqual([true, 'Intact and approved']);
    for (const { publicKey } of [author, reviewer])
      expect(text).toContain(await fingerprint(readPublicKey(publicKey) ?? new Uint8Array(), digest));
    expect(text).toMatch(/The author \(author\) approved at 2026-11-28T10:00:00\.000Z with the key /);
    expect(text).toMatch(/What is wrong: none/);
    expect(text).toMatch(
      /Findings, worked out again:\n  - Direct identifiers: Met: no column .*\n  - Exact copies of rows: Met with its whole interval: /,
    );
    expect(run(path)).toBe(0);
  });

  it('does not pass one that nobody signed, that one person signed, or that was rejected', async () => {
    const unsigned = await told(await save('unsigned.zip', await pack({ signers: [], later: [] })));
    expect(unsigned).toMatchObject({ isReleasable: false, verdict: 'Intact, and signed by nobody' });
    const one = await told(await save('one.zip', await pack({ signers: [['author', author, 'approve']] })));
    expect(one).toMatchObject({ isReleasable: false, verdict: 'Intact, and not yet approved' });
    expect(one.text).toContain('No reviewer has approved');
    const both = [
      ['author', author, 'approve'],
      ['reviewer', author, 'approve'],
    ] as const;
    expect((await told(await save('same.zip', await pack({ signers: both })))).text).toContain(
      'One key signed as author and as reviewer',
    );
    const rejected = [
      ['author', author, 'approve'],
      ['reviewer', reviewer, 'reject'],
    ] as const;
    expect(await told(await save('rejected.zip', await pack({ signers: rejected })))).toMatchObject({
      isReleasable: false,
      verdict: 'Intact, and rejected',
    });
  });

  it('ends quietly where whoever reads stops reading', async () => {
    const path = await save('piped.zip', await pack());
    const command = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'pipe'] });
    command.stdout.destroy();
    let complaints = '';
    command.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const status = await new Promise((resolve) => command.on('close', resolve));
    expect([status, complaints]).toEqual([0, '']);
  });

  it('asks for further roles where it is told to', async () => {
    const path = await save('roles.zip', await pack());
    const { isReleasable, text } = await told(path, ['author', 'reviewer', 'ethics board']);
    expect(isReleasable).toBe(false);
    expect(text).toContain('No ethics board has approved');
    expect(run(path, '--roles', 'ethics board')).toBe(1);
    const third = [
      ['author', author, 'approve'],
      ['reviewer', reviewer, 'approve'],
      ['ethics board', makeSigner(), 'approve'],
    ] as const;
    const all = await told(await save('three.zip', await pack({ signers: third })), ['ethics board']);
    expect(all.isReleasable).toBe(true);
    expect(all.text).toContain('Author, reviewer and ethics board approved it, each with a key');
  });

  it('lets nobody take a role of the policy away', async () => {
    const one = await pack({ signers: [['author', author, 'approve']] });
    const { isReleasable, text } = await told(await save('one-role.zip', one), ['author']);
    expect(isReleasable).toBe(false);
    expect(text).toContain('No reviewer has approved');
    const both = await told(await save('both-roles.zip', await pack()), ['author']);
    expect(both.text).toContain('Author and reviewer approved it');
  });

  it('names the file in which a bit was flipped', async () => {
    const bytes = await pack();
    const at = Buffer.from(bytes).indexOf('41;f');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const path = await save('flipped.zip', bytes);
    const { isReleasable, verdict, text } = await told(path);
    expect([isReleasable, verdict]).toEqual([false, 'Altered: do not rely on this package']);
    expect(text).toMatch(/What is wrong:\n {2}- synthetic\.csv: this file was changed after it was signed/);
    expect(text).not.toMatch(/dossier\.json/);
    expect(run(path)).toBe(1);
  });

  it('names a file that was exchanged in an archive that is whole', async () => {
    const members = new Map(await makePackage());
    members.set('synthetic.csv', new TextEncoder().encode('age;sex\n42;f\n'));
    const { verdict, text } = await told(await save('exchanged.zip', writeReleaseArchive(members)));
    expect(verdict).toBe('Altered: do not rely on this package');
    expect(text).toMatch(/synthetic\.csv: this file was changed after it was signed/);
  });

  it('does not pass one that another program packed again, though its files are the same', async () => {
    const members = Object.fromEntries(await makePackage());
    const { isReleasable, verdict, text } = await told(await save('again.zip', zipSync(members)));
    expect([isReleasable, verdict]).toEqual([false, 'Altered: do not rely on this package']);
    expect(text).toContain('packed again by another program');
  });

  it('says of other files what they are', async () => {
    const encode = (text: string) => new TextEncoder().encode(text);
    for (const [name, bytes, says] of [
      ['table.csv', encode('a,b\n1,2\n'), /not a release package/],
      ['other.zip', zipSync({ 'a.txt': encode('a') }), /holds neither manifest\.json nor dossier\.json/],
      ['p.understudy', zipSync({ 'project.json': encode('{}') }), /This is a project file/],
      ['answer.json', encode('{"format":"understudy-sign-offs"}'), /file of signatures without the package/],
      ['empty.zip', encode(''), /not a release package/],
    ] as const) {
      const { isReleasable, text } = await told(await save(name, bytes));
      expect([name, isReleasable]).toEqual([name, false]);
      expect(text).toMatch(says);
    }
  });

  it('keeps names and reasons of other people from steering a terminal', async () => {
    const members = new Map(await makePackage({ signers: [] }));
    members.set('x\u001b[2J.txt', new Uint8Array([1]));
    const { text } = await told(await save('steering.zip', writeReleaseArchive(members)));
    expect(text).toContain('x [2J.txt');
    expect(text).not.toContain('\u001b');
  });
});

describe('parseVerifyOptions', () => {
  it('takes one package and roles', () => {
    expect(parseVerifyOptions([script])).toEqual({ file: script, roles: null });
    expect(parseVerifyOptions([script, '--roles', 'a, b,a']).roles).toEqual(['a', 'b']);
  });

  it.each([
    [[], /Name the package/],
    [['/nowhere.zip'], /there is no file/],
    [[script, script], /One package at a time/],
    [[script, '--roles', ' '], /--roles: name at least one/],
    [[script, '--key', 'x'], /Unknown option '--key'/],
  ])('refuses %j', (argv, says) => {
    expect(() => parseVerifyOptions(argv)).toThrow(UsageError);
    expect(() => parseVerifyOptions(argv)).toThrow(says);
  });

  it('ends with 2 for a wrong command line', () => {
    expect(run('/nowhere.zip')).toBe(2);
  });
});
