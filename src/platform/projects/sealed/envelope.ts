import { refuse } from '../../../data/failure';
import { encodeBase64 } from '../../../release/base64';
import { count, fields, isObject, text } from '../shape';
import { checkPassphrase } from './passphrase';
import {
  bindTo,
  bytesOf,
  digestOf,
  findWrapping,
  isBounded,
  startWrap,
  wrapShapes,
  type WrapHead,
} from './passphrase-wrap';

/** Layout of an envelope (docs/at-rest.md). */
export const ENVELOPE_VERSION = 1;

/** A data key under a passphrase, with all that is needed to open it but the passphrase. Holds no secret in clear. */
export interface Envelope extends WrapHead {
  readonly version: typeof ENVELOPE_VERSION;
  /** The data key under AES-256-GCM, 48 bytes in base64. */
  readonly wrapped: string;
  /** SHA-256 of the rest: tells damage from a wrong passphrase. Whoever alters all of it can make one look like the other. */
  readonly digest: string;
}

/** What opens a project or a file: the key its bytes are under, which cannot be read out, and its envelope. */
export interface OpenedEnvelope {
  readonly key: CryptoKey;
  readonly envelope: Envelope;
}

/** Where an envelope lies, for the sentences about it. */
export type EnvelopeHome = 'project' | 'file';

/** A new data key under a passphrase. Throws `option-invalid` for a passphrase that is too short. */
export async function makeEnvelope(passphrase: string): Promise<OpenedEnvelope> {
  checkPassphrase(passphrase);
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
    'encrypt',
    'decrypt',
  ]);
  return wrap(fresh, passphrase);
}

/** Opens the data key. Throws `passphrase-wrong`, `project-newer` or `project-altered`. */
export async function openEnvelope(
  envelope: unknown,
  passphrase: string,
  home: EnvelopeHome,
): Promise<OpenedEnvelope> {
  const checked = await checkEnvelope(envelope, home);
  return { key: await unwrap(checked, passphrase, home, false), envelope: checked };
}

/** The same data key under another passphrase: what it opens need not be written anew. Throws as {@link openEnvelope}. */
export async function changeEnvelope(
  envelope: unknown,
  before: string,
  after: string,
): Promise<OpenedEnvelope> {
  checkPassphrase(after);
  const checked = await checkEnvelope(envelope, 'project');
  return wrap(await unwrap(checked, before, 'project', true), after);
}

/** An envelope from outside that is whole and of a kind this page reads. */
export async function checkEnvelope(envelope: unknown, home: EnvelopeHome): Promise<Envelope> {
  if (!isObject(envelope)) return refuseAltered(home, 'no envelope');
  if (Number(envelope['version']) > ENVELOPE_VERSION && (await isWhole(envelope)))
    return refuse('project-newer', NEWER[home]);
  if (!(await isWhole(envelope))) return refuseAltered(home, 'envelope has another digest');
  const problems = envelopeShape(envelope, 'envelope');
  if (problems.length > 0) return refuseAltered(home, problems.join('; '));
  const known = envelope as unknown as Envelope;
  return isBounded(known.derivation) ? known : refuseAltered(home, 'derivation out of bounds');
}

const envelopeShape = fields<Envelope>({
  version: count,
  ...wrapShapes,
  wrapped: text,
  digest: text,
});

async function isWhole(envelope: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { digest: given, ...rest } = envelope;
  return given === (await digestOf(rest));
}

async function wrap(extractable: CryptoKey, passphrase: string): Promise<OpenedEnvelope> {
  const { head, wrapping } = await startWrap(passphrase);
  const clear = { version: ENVELOPE_VERSION, ...head } as const;
  const wrapped = await crypto.subtle.wrapKey('raw', extractable, wrapping, bindTo(clear));
  const body = { ...clear, wrapped: encodeBase64(new Uint8Array(wrapped)) };
  const envelope: Envelope = { ...body, digest: await digestOf(body) };
  return { key: await unwrapWith(envelope, wrapping, false), envelope };
}

async function unwrap(
  envelope: Envelope,
  passphrase: string,
  home: EnvelopeHome,
  extractable: boolean,
): Promise<CryptoKey> {
  const wrapping = await findWrapping(envelope, passphrase);
  if (wrapping === null) return refuse('passphrase-wrong', WRONG[home]);
  return unwrapWith(envelope, wrapping, extractable).catch((error: unknown) =>
    refuseAltered(home, String(error)),
  );
}

async function unwrapWith(
  { version, derivation, check, nonce, wrapped }: Envelope,
  wrapping: CryptoKey,
  extractable: boolean,
): Promise<CryptoKey> {
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  const clear = { version, derivation, check, nonce };
  const way = bindTo(clear);
  return crypto.subtle.unwrapKey('raw', bytesOf(wrapped), wrapping, way, 'AES-GCM', extractable, usages);
}

function refuseAltered(home: EnvelopeHome, detail: string): never {
  return refuse('project-altered', ALTERED[home], detail);
}

const WRONG: Readonly<Record<EnvelopeHome, string>> = {
  project:
    'This passphrase does not open the project. Look for capital letters and the keyboard’s language, then try again. Nothing was changed.',
  file: 'This passphrase does not open the project file. It is the one that was typed when the file was saved, which may be another than the project’s own. Nothing was added here.',
};
const ALTERED: Readonly<Record<EnvelopeHome, string>> = {
  project:
    'The protection of this project was changed or damaged after it was saved, so no passphrase can open it any more. Open the project from a project file, or erase it.',
  file: 'The protection of this project file was changed or damaged after it was saved, so no passphrase can open it. Use another copy of it; nothing was added here.',
};
const NEWER: Readonly<Record<EnvelopeHome, string>> = {
  project:
    'This project was protected by a newer version of Understudy. Reload the page to get that version; the project was not changed.',
  file: 'This project file was protected by a newer version of Understudy than this page. Reload the page to get that version, or open the file where it was saved. Nothing was added here.',
};
