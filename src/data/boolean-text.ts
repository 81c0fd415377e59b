/** True for a word that says yes, false for one that says no, null for any other. Case and trailing zeros do not count. */
export function parseBoolean(text: string): boolean | null {
  const word = text.toLowerCase().replace(/^([01])\.0+$/, '$1');
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : null;
}

const YES: readonly string[] = ['1', 'true', 't', 'yes', 'y'];
const NO: readonly string[] = ['0', 'false', 'f', 'no', 'n'];
