import type { KeptKind, KeptThing } from '../../platform/projects/erase';

/** One and many of each kind, and why one may have stayed. */
const WORDS: Readonly<Record<KeptKind, readonly [one: string, many: string, why: string]>> = {
  database: ['database', 'databases', 'another tab of this page holds it open'],
  'output folder': ['folder', 'folders', 'a file in it is in use'],
  'output file': ['output file', 'output files', 'it is still being written or downloaded by a tab'],
  setting: ['setting', 'settings', 'the browser did not remove it'],
  'program cache': ['copy of the program', 'copies of the program', 'the browser did not remove it'],
  'service worker': ['service worker', 'service workers', 'the browser did not remove it'],
};

/** How many there are of each kind: `2 databases, 1 setting`; `nothing` for none. */
export function countKept(things: readonly KeptThing[]): string {
  const counts = new Map<KeptKind, number>();
  for (const { kind } of things) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, n]) => `${n} ${WORDS[kind][n === 1 ? 0 : 1]}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** What stayed of each kind and why, a sentence each. */
export function explainLeft(left: readonly KeptThing[]): readonly string[] {
  const kinds = [...new Set(left.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const words = countKept(left.filter((thing) => thing.kind === kind));
    return `${words}: ${WORDS[kind][2]}.`;
  });
}
