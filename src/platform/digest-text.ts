import { digest } from './projects/file/digest';

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hexadecimal. */
export function digestText(text: string): Promise<string> {
  return digest(new TextEncoder().encode(text));
}
