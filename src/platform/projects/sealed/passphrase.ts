import { refuse } from '../../../data/failure';

/** Fewest characters of a passphrase. Length is the one property that a page can check honestly. */
export const MIN_PASSPHRASE_LENGTH = 12;

/** Letters and digits that are not mistaken for one another when read aloud or copied by hand. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const N_GROUPS = 5;
const GROUP_LENGTH = 4;

/** Throws `option-invalid` for a passphrase that is too short to protect anything. */
export function checkPassphrase(passphrase: string): void {
  const length = [...passphrase.trim()].length;
  if (length < MIN_PASSPHRASE_LENGTH)
    refuse(
      'option-invalid',
      `A passphrase needs at least ${MIN_PASSPHRASE_LENGTH} characters; this one has ${length}. Four words that do not belong together are easier to remember than signs.`,
    );
}

/** A random passphrase of 100 bits: five groups of four letters or digits, e.g. `k4wd-…`. */
export function suggestPassphrase(): string {
  const draws = crypto.getRandomValues(new Uint8Array(N_GROUPS * GROUP_LENGTH));
  const letters = [...draws].map((draw) => LETTERS.charAt(draw % LETTERS.length));
  return Array.from({ length: N_GROUPS }, (_, group) =>
    letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-');
}

/** The bytes that stand for a passphrase on every keyboard: one accented letter may be typed as one sign or two. */
export function encodePassphrase(passphrase: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(passphrase.trim().normalize('NFKC'));
}
