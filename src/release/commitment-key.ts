/**
 * The file that holds the key of a commitment, for its owner to keep: whoever has it can tell whether a source is the one
 * that a dossier speaks of.
 *
 * @param key its bytes
 */
export function writeCommitmentKey(key: Uint8Array): string {
  const hex = [...key].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    'Key of the commitments to source files that Understudy made in one browser.',
    'Keep it with the source and apart from every package: whoever has key and dossier can try guesses at the source.',
    '',
    'HMAC-SHA-256, key in hexadecimal:',
    hex,
    '',
    'To check that a file is the one a dossier speaks of, compare its commitment with what this prints:',
    `openssl dgst -sha256 -mac HMAC -macopt hexkey:${hex} FILE`,
    '',
  ].join('\n');
}
