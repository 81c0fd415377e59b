import { writeCroissant } from './croissant';
import type { Dossier } from './dossier';
import { findDifferences } from './json-differences';
import { MEMBER } from './package';
import { toPlainJson } from './plain-json';
import { writeProv } from './prov';
import { problem, type Problem } from './verification';

/** croissant.json and prov.json against what follows from the dossier; null for what could not be read. */
export function verifyMetadata(dossier: Dossier, croissant: unknown, prov: unknown): readonly Problem[] {
  return [
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
