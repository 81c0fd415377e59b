import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../src/data/failure';
import {
  changeEnvelope,
  makeEnvelope,
  openEnvelope,
  type Envelope,
  type OpenedEnvelope,
} from '../../../../src/platform/projects/sealed/envelope';
import { suggestPassphrase } from '../../../../src/platform/projects/sealed/passphrase';
import { digest } from '../../../../src/platform/projects/file/digest';
import { canonicalise } from '../../../../src/release/canonical-json';

const PASSPHRASE = 'four words of mine';
const made: OpenedEnvelope = await makeEnvelope(PASSPHRASE);

/** Code of what a promise throws; `ok` when it throws nothing. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'ok',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );
}

/** The envelope with other fields and a digest that fits them, as somebody would forge it. */
async function forge(changes: Readonly<Record<string, unknown>>): Promise<unknown> {
  const entries = Object.entries({ ...made.envelope, ...changes }).filter(([key]) => key !== 'digest');
  const rest: object = Object.fromEntries(entries);
  return { ...rest, digest: await digest(new TextEncoder().encode(canonicalise(rest))) };
}

/** Every text and number of a value, by its path, replaced by another of the same length. */
function* alter(value: Envelope): Generator<readonly [string, unknown]> {
  const { derivation, ...rest } = value;
  for (const [key, text] of Object.entries(rest)) yield [key, { ...value, [key]: another(text) }];
  for (const [key, text] of Object.entries(derivation))
    yield [`derivation.${key}`, { ...value, derivation: { ...derivation, [key]: another(text) } }];
}

function another(value: string | number): string | number {
  if (typeof value === 'number') return value + 1;
  return (value.startsWith('A') ? 'B' : 'A') + value.slice(1);
}

describe('an envelope', () => {
  it('opens under its passphrase, however its letters were composed and with spaces around it', async () => {
    const accented = await makeEnvelope('h\u00e9 four words of mine');
    expect(await codeOf(openEnvelope(accented.envelope, '  he\u0301 four words of mine ', 'project'))).toBe(
      'ok',
    );
    expect(await codeOf(openEnvelope(made.envelope, PASSPHRASE, 'project'))).toBe('ok');
  });

  it('says that a passphrase is wrong, of projects and of files', async () => {
    for (const home of ['project', 'file'] as const)
      expect(await codeOf(openEnvelope(made.envelope, 'four words of Mine', home))).toBe('passphrase-wrong');
  });

  it('tells the change of any of its fields from a wrong passphrase, whatever is typed', async () => {
    const changed = [...alter(made.envelope)];
    expect(changed.length).toBe(9);
    for (const [path, envelope] of changed)
      for (const typed of [PASSPHRASE, 'not the right one'])
        expect([path, await codeOf(openEnvelope(envelope, typed, 'project'))]).toEqual([
          path,
          'project-altered',
        ]);
    expect(await codeOf(openEnvelope(null, PASSPHRASE, 'project'))).toBe('project-altered');
  });

  it('is refused politely when it is newer, and at all when it asks for too little or too much work', async () => {
    expect(await codeOf(openEnvelope(await forge({ version: 2 }), PASSPHRASE, 'file'))).toBe('project-newer');
    for (const iterations of [1000, 599_999, 20_000_001, 1e15])
      expect(
        await codeOf(
          openEnvelope(
            await forge({ derivation: { ...made.envelope.derivation, iterations } }),
            PASSPHRASE,
            'project',
          ),
        ),
      ).toBe('project-altered');
  });

  it('binds its parameters into the wrapping: a forged digest does not open it', async () => {
    const other = await makeEnvelope(PASSPHRASE);
    const { nonce, wrapped } = other.envelope;
    expect(await codeOf(openEnvelope(await forge({ nonce, wrapped }), PASSPHRASE, 'project'))).toBe(
      'project-altered',
    );
  });

  it('keeps its key when the passphrase is changed, under a new salt and nonce', async () => {
    const { subtle } = crypto;
    const iv = new Uint8Array(12);
    const sealed = await subtle.encrypt({ name: 'AES-GCM', iv }, made.key, new Uint8Array([7]));
    expect(await codeOf(changeEnvelope(made.envelope, 'not the right one', 'another good one'))).toBe(
      'passphrase-wrong',
    );
    const changed = await changeEnvelope(made.envelope, PASSPHRASE, 'another good one');
    expect(new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv }, changed.key, sealed))).toEqual(
      new Uint8Array([7]),
    );
    expect(changed.envelope.derivation.salt).not.toBe(made.envelope.derivation.salt);
    expect(changed.envelope.nonce).not.toBe(made.envelope.nonce);
    expect(await codeOf(openEnvelope(changed.envelope, PASSPHRASE, 'project'))).toBe('passphrase-wrong');
  });

  it('gives no key that could be read out, and asks for a passphrase worth the name', async () => {
    const changed = await changeEnvelope(made.envelope, PASSPHRASE, 'another good one');
    for (const { key } of [made, changed, await openEnvelope(made.envelope, PASSPHRASE, 'project')]) {
      expect(key.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    }
    expect(await codeOf(makeEnvelope('short one'))).toBe('option-invalid');
    expect(await codeOf(makeEnvelope('           x           '))).toBe('option-invalid');
    expect(suggestPassphrase()).toMatch(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/);
    expect(suggestPassphrase()).not.toBe(suggestPassphrase());
  });
});
