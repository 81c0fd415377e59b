import { breathe } from '../../platform/projects/breathe';
import { digest } from '../../platform/projects/file/digest';
import { canonicalise } from '../../release/canonical-json';

/** So much text is written in one task of the page's own thread, which takes it a few milliseconds. */
const TURN_CHARACTERS = 64 * 1024;

/**
 * The JSON of an object with long lists, as one `JSON.stringify` would write it. It is written an item of a list at a time,
 * and the page handles what waits in between, so that no task of its thread grows with the object.
 */
export function writeInTurns(value: object): Promise<Blob> {
  return collect(listPieces(Object.entries(value), (item) => JSON.stringify(item)));
}

/** SHA-256 of the canonical JSON of an object with long lists, in lower-case hexadecimal, written in turns as well. */
export async function digestInTurns(value: object): Promise<string> {
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const written = await collect(listPieces(members, canonicalise));
  return digest(new Uint8Array(await written.arrayBuffer()));
}

function* listPieces(
  members: readonly (readonly [string, unknown])[],
  write: (value: unknown) => string,
): Generator<string> {
  let before = '{';
  for (const [key, value] of members) {
    if (value === undefined) continue;
    yield `${before}${write(key)}:`;
    if (Array.isArray(value)) yield* listItems(value, write);
    else yield write(value);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function* listItems(items: readonly unknown[], write: (value: unknown) => string): Generator<string> {
  let before = '[';
  for (const item of items) {
    yield before + write(item);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

/** Bytes, turn by turn: whoever puts texts together writes all of them at once in the end. */
async function collect(pieces: Iterable<string>): Promise<Blob> {
  const encoder = new TextEncoder();
  const bytes: Uint8Array<ArrayBuffer>[] = [];
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < TURN_CHARACTERS) continue;
    bytes.push(encoder.encode(text));
    text = '';
    await breathe();
  }
  bytes.push(encoder.encode(text));
  return new Blob(bytes, { type: 'application/json' });
}
