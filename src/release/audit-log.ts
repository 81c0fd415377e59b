import { canonicalise, type Json } from './canonical-json';

/** SHA-256 in lower-case hexadecimal of the UTF-8 bytes of a text. */
export type DigestText = (text: string) => Promise<string>;

/** What is put on record. */
export type AuditAct =
  | 'import'
  | 'handling'
  | 'policy-locked'
  | 'policy-changed'
  | 'training'
  | 'evaluation'
  | 'look'
  | 'override'
  | 'sign-off'
  | 'export';

/** One act. Its time is asserted by the device that wrote it, and not proven. */
export interface AuditEntry {
  readonly version: 1;
  /** 0, 1, 2 … without a gap. */
  readonly index: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly act: AuditAct;
  readonly detail: Json;
  /** Hash of the entry before; null for the first. */
  readonly previous: string | null;
  /** SHA-256 of the canonical JSON of everything above. */
  readonly hash: string;
}

/** The end of a log, as a signature covers it. */
export interface LogHead {
  readonly length: number;
  readonly hash: string;
}

/** What is wrong with a log, and where. */
export interface LogProblem {
  /** Place in the log as given; its length where the end is at fault. */
  readonly at: number;
  readonly kind: 'altered' | 'broken-chain' | 'truncated' | 'not-of-this-log';
  readonly sentence: string;
}

/** The log with one more act. */
export async function appendEntry(
  log: readonly AuditEntry[],
  { act, detail, at }: Pick<AuditEntry, 'act' | 'detail' | 'at'>,
  digest: DigestText,
): Promise<readonly AuditEntry[]> {
  const body = {
    version: 1 as const,
    index: log.length,
    at,
    act,
    detail,
    previous: log.at(-1)?.hash ?? null,
  };
  return [...log, { ...body, hash: await digest(canonicalise(body)) }];
}

/** What a signature over the log covers; null for an empty one. */
export function headOf(log: readonly AuditEntry[]): LogHead | null {
  const last = log.at(-1);
  return last === undefined ? null : { length: log.length, hash: last.hash };
}

/**
 * Every place at which the log is not what was written: an entry that was changed, a link that does not hold (something
 * was taken out, put in or moved before it), and, against a signed head, an end that was cut off.
 */
export async function findLogProblems(
  log: readonly AuditEntry[],
  digest: DigestText,
  signed: LogHead | null = null,
): Promise<readonly LogProblem[]> {
  const problems: LogProblem[] = [];
  for (const [at, entry] of log.entries()) {
    const { hash, ...body } = entry;
    if ((await digest(canonicalise(body))) !== hash)
      problems.push({
        at,
        kind: 'altered',
        sentence: `Entry ${at + 1} (${entry.act}) was changed after it was written.`,
      });
    const before = at === 0 ? null : (log[at - 1]?.hash ?? null);
    if (entry.index !== at || entry.previous !== before)
      problems.push({
        at,
        kind: 'broken-chain',
        sentence: `Entry ${at + 1} (${entry.act}) does not follow from the one before it: something was taken out, put in or moved here.`,
      });
  }
  return signed === null ? problems : [...problems, ...findEndProblems(log, signed)];
}

function findEndProblems(log: readonly AuditEntry[], { length, hash }: LogHead): readonly LogProblem[] {
  if (log.length < length)
    return [
      {
        at: log.length,
        kind: 'truncated',
        sentence: `The log ends after ${log.length} entries, and ${length} were signed.`,
      },
    ];
  if (log[length - 1]?.hash === hash) return [];
  return [
    {
      at: length - 1,
      kind: 'not-of-this-log',
      sentence: `Entry ${length} is not the one that was signed.`,
    },
  ];
}
