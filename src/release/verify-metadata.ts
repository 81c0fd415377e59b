import { writeCroissant } from './croissant';
import type { Dossier } from './dossier';
import { findDifferences } from './json-differences';
import { MEMBER } from './package';
import { toPlainJson } from './plain-json';
import { writePolicyMember } from './policy-member';
import { writeProv } from './prov';
import { problem, type Problem } from './verification';

/** Members that follow from the dossier as they were read; null for what could not be. */
export interface ReadMetadata {
  readonly croissant: unknown;
  readonly prov: unknown;
  readonly policy: unknown;
}

/** croissant.json, prov.json and policy.json against what follows from the dossier. */
export function verifyMetadata(
  dossier: Dossier,
  { croissant, prov, policy }: ReadMetadata,
): readonly Problem[] {
  return [
    ...compare(MEMBER.policy, () => writePolicyMember(dossier), policy),
    ...compare(MEMBER.croissant, () => writeCroissant(dossier), croissant),
    ...compare(MEMBER.prov, () => writeProv(dossier), prov),
  ];
}

function compare(member: string, write: () => object, actual: unknown): readonly Problem[] {
  if (actual === null) return [];
  const expected = attempt(() => toPlainJson(write()));
  if (expected === null)
    return [
      problem(
        'unreadable',
        MEMBER.dossier,
        null,
        `${member} cannot be worked out from it: parts are missing`,
      ),
    ];
  return findDifferences(expected, actual).map((path) =>
    problem(
      'altered',
      member,
      path === '' ? null : path,
      'this is not what follows from dossier.json: one of the two was altered',
    ),
  );
}

/** Null where the dossier, whose run is of no fixed shape, lacks what is read of it. */
function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
