import { randomBytes } from 'node:crypto';

/** A word that occurs nowhere else, so that wherever it is found, it came from where it was put. */
export function makeCanary(): string {
  return `canary${randomBytes(6).toString('hex')}`;
}

/** The ways base64 can write a text, by what stands before it; ends that depend on their neighbours are cut off. */
function listBase64(text: string): string[] {
  return [0, 1, 2].map((nBefore) => {
    const bytes = Buffer.concat([Buffer.alloc(nBefore), Buffer.from(text)]);
    const coded = bytes.toString('base64').replace(/=+$/, '');
    const start = Math.ceil((nBefore * 4) / 3);
    const whole = Math.floor(((bytes.length * 8) / 6) | 0);
    return coded.slice(start, whole);
  });
}

/** Texts under which a canary may travel: as it is, in UTF-16, hexadecimal, base64, percent signs, backwards. */
export function listDisguises(canary: string): Buffer[] {
  const bytes = Buffer.from(canary);
  const percents = [...bytes].map((byte) => `%${byte.toString(16)}`).join('');
  const texts = [
    canary,
    bytes.toString('hex'),
    percents,
    [...canary].reverse().join(''),
    ...listBase64(canary),
  ];
  return [
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text.toUpperCase())]),
    Buffer.from(canary, 'utf16le'),
  ];
}

/** The canaries that occur in some bytes in any disguise. */
export function findCanaries(bytes: Buffer, canaries: readonly string[]): string[] {
  return canaries.filter((canary) => listDisguises(canary).some((disguise) => bytes.includes(disguise)));
}
