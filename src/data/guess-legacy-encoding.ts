import { FALLBACK_REASON, type EncodingGuess } from './encoding';

/** Runs of non-ASCII bytes from which their lengths tell anything. */
const MIN_RUNS = 5;

/**
 * Encoding of bytes that are not UTF-8, by the lengths of the runs of bytes above 127 and where they lie: double-byte
 * encodings have pairs, Cyrillic and Greek have whole words, and all else is read as Windows-1252, where single bytes
 * stand among ASCII letters. Sister encodings of one script (Windows-1250 and ISO 8859-2, say) cannot be told apart and
 * are left to a person.
 */
export function guessLegacyEncoding(head: Uint8Array): EncodingGuess {
  if (isShiftJis(head)) return guess('shift_jis', 'Japanese (Shift JIS)');
  const runs = findRuns(head);
  const bytes = runs.flat();
  if (
    runs.length >= MIN_RUNS &&
    runs.every((run) => run.length % 2 === 0) &&
    bytes.every((byte) => byte >= 0xa1)
  ) {
    return guessPairs(bytes.filter((_, i) => i % 2 === 0));
  }
  const nInWords = runs.filter((run) => run.length >= 3).flat().length;
  return runs.length >= MIN_RUNS && nInWords > 0.7 * bytes.length
    ? guessAlphabet(bytes)
    : { value: 'windows-1252', reason: FALLBACK_REASON };
}

function guess(value: EncodingGuess['value'], name: string): EncodingGuess {
  return {
    value,
    reason: `Some bytes are not valid UTF-8 and lie as in ${name}; check the letters that are not English.`,
  };
}

/** Hangul lies in rows B0–C8, kana in A4 and A5. */
function guessPairs(leads: readonly number[]): EncodingGuess {
  const share = (from: number, to: number) =>
    leads.filter((lead) => lead >= from && lead <= to).length / leads.length;
  if (share(0xa4, 0xa5) > 0.15) return guess('euc-jp', 'Japanese (EUC-JP)');
  return share(0xb0, 0xc8) > 0.95
    ? guess('euc-kr', 'Korean (EUC-KR)')
    : guess('gb18030', 'Chinese (GB 18030)');
}

/** KOI8-R has its small letters where Windows-1251 has capitals; α and ο are to Greek what а and о are to Russian. */
function guessAlphabet(bytes: readonly number[]): EncodingGuess {
  const count = (...wanted: number[]) => bytes.filter((byte) => wanted.includes(byte)).length;
  const nUpperHalf = bytes.filter((byte) => byte >= 0xe0).length;
  if (nUpperHalf < bytes.length / 2) return guess('koi8-r', 'Cyrillic (KOI8-R)');
  return count(0xe0, 0xee) >= count(0xe1, 0xef)
    ? guess('windows-1251', 'Cyrillic (Windows-1251)')
    : guess('windows-1253', 'Greek (Windows-1253)');
}

function findRuns(head: Uint8Array): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  for (const byte of head) {
    if (byte >= 0x80) run.push(byte);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}

/** Pairs throughout, some led by 81–9F, and hardly one of them next to an ASCII letter, as Western letters would be. */
function isShiftJis(head: Uint8Array): boolean {
  let nPairs = 0;
  let nLow = 0;
  let nAlone = 0;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at] ?? 0;
    if (byte < 0x80 || (byte >= 0xa1 && byte <= 0xdf)) continue;
    if (at + 1 === head.length) break;
    const trail = head[at + 1] ?? 0;
    const isPair =
      byte !== 0x80 && byte !== 0xa0 && byte <= 0xfc && trail >= 0x40 && trail !== 0x7f && trail <= 0xfc;
    if (!isPair) return false;
    nPairs++;
    if (byte <= 0x9f) nLow++;
    if (isLetter(head[at - 1]) && (head[at + 2] ?? 0) < 0x80) nAlone++;
    at++;
  }
  return nLow > 0 && nPairs >= MIN_RUNS && nAlone < 0.3 * nPairs;
}

function isLetter(byte = 0): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
