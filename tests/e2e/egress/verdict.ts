import type { Result } from './run-probes';

/** One probe beside what became of it without any guard. */
export interface Verdict {
  readonly probe: string;
  readonly control: readonly string[];
  readonly guarded: readonly string[];
  /** `void`: it reached nobody without a guard either, or could not be tried, so that it proves nothing. */
  readonly verdict: 'held' | 'got out' | 'void';
}

const titleOf = ({ context, name }: Result): string => `${context}: ${name}`;

/** Judges each probe of a guarded run by its control. */
export function judgeAll(control: readonly Result[], guarded: readonly Result[]): Verdict[] {
  const controls = new Map(control.map((result) => [titleOf(result), result.seenBy]));
  return guarded.map((result) => {
    const reached = controls.get(titleOf(result)) ?? [];
    const isVoid = reached.length === 0 || result.fate === 'not run';
    const verdict = result.seenBy.length > 0 ? 'got out' : isVoid ? 'void' : 'held';
    return { probe: titleOf(result), control: reached, guarded: result.seenBy, verdict };
  });
}

/** The probes of a verdict, by name. */
export function listProbes(verdicts: readonly Verdict[], verdict: Verdict['verdict']): string[] {
  return verdicts.filter((one) => one.verdict === verdict).map(({ probe }) => probe);
}

/** A sentence with the numbers and the void probes. */
export function summarise(name: string, verdicts: readonly Verdict[]): string {
  const [held, out, empty] = (['held', 'got out', 'void'] as const).map((kind) => listProbes(verdicts, kind));
  const counts = `${String(held?.length)} of ${String(verdicts.length)} probes held, ${String(out?.length)} got out`;
  return `${name}: ${counts}, ${String(empty?.length)} void (${empty?.join('; ') ?? ''}).`;
}
