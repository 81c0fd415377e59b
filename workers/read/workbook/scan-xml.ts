import { Parser } from 'saxen';
import type { ByteSource } from '../byte-source';

/** What happens in a document; names come without their namespace prefix. */
export interface XmlEvents {
  readonly open: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close: (name: string) => void;
  /** Text with entities resolved; a run may come in several calls. */
  readonly text: (text: string) => void;
}

/** Thrown where a document is not well-formed. */
export class XmlError extends Error {}

/**
 * Reads an XML document as a stream of events; `onChunk` runs between chunks of about 256 KiB. No entity but the five of
 * XML and characters by number is resolved. Throws XmlError, and what `source` throws.
 */
export async function scanXml(
  source: ByteSource,
  events: XmlEvents,
  onChunk?: () => Promise<void>,
): Promise<void> {
  const parser = makeParser(events);
  const decoder = new TextDecoder(await guessUtf(source));
  for await (const chunk of source.chunks()) {
    parser.write(decoder.decode(chunk, { stream: true }));
    await onChunk?.();
  }
  parser.write(decoder.decode());
  const error = parser.end();
  if (error) throw new XmlError(error.message);
}

function makeParser(events: XmlEvents): Parser {
  const parser = new Parser();
  parser.on('error', (error) => {
    throw new XmlError(error.message);
  });
  parser.on('openTag', (name, getAttributes, decode) => {
    let attributes: Readonly<Record<string, string>> | null = null;
    events.open(local(name), (wanted) => {
      attributes ??= getAttributes();
      const value = attributes[wanted];
      return value === undefined ? undefined : decode(value);
    });
  });
  parser.on('closeTag', (name) => {
    events.close(local(name));
  });
  parser.on('text', (text, decode) => {
    events.text(text.includes('&') ? decode(text) : text);
  });
  parser.on('cdata', (text) => {
    events.text(text);
  });
  return parser;
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

async function guessUtf(source: ByteSource): Promise<string> {
  const chunks = source.chunks();
  const first = await chunks.next();
  await chunks.return(undefined);
  const [a, b] = first.done === true ? [] : first.value;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
}
