import { canonicalise } from './canonical-json';
import type { FileDigest } from './dossier';
import { findDifferences } from './json-differences';
import { MEMBER, UNSIGNED, writeChecksums, writeManifest, type Manifest } from './package';
import type { SignOff } from './sign-off';
import { problem, type Problem } from './verification';

/** What there is, and what each witness says there should be. */
export interface MemberClaims {
  /** All members but the manifest, as they are. */
  readonly actual: readonly FileDigest[];
  /** Null where it could not be read. */
  readonly manifest: Manifest | null;
  /** Text of SHA256SUMS; null where there is none. */
  readonly checksums: string | null;
  /** Those whose signatures hold. */
  readonly signOffs: readonly SignOff[];
}

type Hashes = ReadonlyMap<string, string>;

interface Witnesses {
  readonly actual: Hashes;
  readonly manifest: Hashes | null;
  readonly checksums: Hashes | null;
  readonly signed: readonly Hashes[];
}

/**
 * Members that are not what their witnesses say. A signature outweighs manifest and checksums, and two of three outweigh
 * the third, so that what is named is what was altered and not what still tells the truth of it.
 */
export function verifyMembers(claims: MemberClaims): readonly Problem[] {
  const witnesses = hear(claims);
  const names = new Set([
    ...witnesses.actual.keys(),
    ...(witnesses.manifest?.keys() ?? []),
    ...(witnesses.checksums?.keys() ?? []),
    ...witnesses.signed.flatMap((hashes) => [...hashes.keys()]),
  ]);
  names.delete(MEMBER.manifest);
  const problems = [...names].sort().flatMap((name) => judge(name, witnesses, claims));
  return problems.length > 0 ? problems : findRest(claims);
}

function hear({ actual, manifest, checksums, signOffs }: MemberClaims): Witnesses {
  return {
    actual: toHashes(actual),
    manifest: manifest && toHashes(manifest.members),
    checksums: checksums === null ? null : readChecksums(checksums),
    signed: signOffs.map(({ statement }) => new Map(Object.entries(statement.hashes))),
  };
}

function toHashes(files: readonly FileDigest[]): Hashes {
  return new Map(files.map(({ name, sha256 }) => [name, sha256]));
}

function readChecksums(text: string): Hashes {
  const lines = text.split('\n').map((line) => /^(\S+) {2}(.+)$/.exec(line));
  return new Map(
    lines.flatMap((match) => (match === null ? [] : [[match[2] ?? '', match[1] ?? ''] as const])),
  );
}

function judge(name: string, witnesses: Witnesses, claims: MemberClaims): readonly Problem[] {
  if (name === MEMBER.checksums) return judgeChecksums(witnesses, claims);
  const truth = findTruth(name, witnesses);
  const actual = witnesses.actual.get(name);
  if (actual !== truth.hash) return [accuse(name, actual, truth)];
  return [
    ...accuseSigners(name, actual, claims.signOffs),
    ...accuseList(MEMBER.manifest, name, witnesses.manifest, actual),
    ...accuseList(MEMBER.checksums, name, witnesses.checksums, actual),
  ];
}

interface Truth {
  /** Undefined: there should be no such member. */
  readonly hash: string | undefined;
  readonly isSigned: boolean;
}

/** What a member should be: as signed; unsigned, as its two lists say, of which the one that fits it is believed. */
function findTruth(name: string, { actual, manifest, checksums, signed }: Witnesses): Truth {
  const here = actual.get(name);
  if (signed.length > 0 && !UNSIGNED.includes(name)) {
    const says = signed.map((hashes) => hashes.get(name));
    return { hash: says.includes(here) ? here : says[0], isSigned: true };
  }
  const says = [manifest, checksums].flatMap((hashes) => (hashes === null ? [] : [hashes.get(name)]));
  if (says.length === 0 || says.includes(here)) return { hash: here, isSigned: false };
  return { hash: says[0], isSigned: false };
}

function accuse(name: string, actual: string | undefined, { hash, isSigned }: Truth): Problem {
  const when = isSigned ? 'after it was signed' : 'after the package was made';
  if (hash === undefined) return problem('altered', name, null, `this file was added ${when}`);
  if (actual === undefined) return problem('altered', name, null, `this file was taken out ${when}`);
  return problem(
    'altered',
    name,
    null,
    `this file was changed ${when}: its SHA-256 is ${actual.slice(0, 12)}…, and should be ${hash.slice(0, 12)}…`,
  );
}

/** Someone who signed another version than the one that is here and that others signed. */
function accuseSigners(
  name: string,
  actual: string | undefined,
  signOffs: readonly SignOff[],
): readonly Problem[] {
  if (UNSIGNED.includes(name)) return [];
  return signOffs.flatMap(({ statement }, i) => {
    const hash = Object.hasOwn(statement.hashes, name) ? statement.hashes[name] : undefined;
    return hash === actual
      ? []
      : [
          problem(
            'sign-off',
            MEMBER.signOffs,
            `signOffs[${i}].statement.hashes`,
            `${statement.name} (${statement.role}) signed another version of ${name}`,
          ),
        ];
  });
}

function accuseList(
  list: string,
  name: string,
  hashes: Hashes | null,
  actual: string | undefined,
): readonly Problem[] {
  if (hashes === null || hashes.get(name) === actual) return [];
  const what = !hashes.has(name)
    ? `it does not list ${name}, which belongs here`
    : actual === undefined
      ? `it lists ${name}, which never belonged here`
      : `its entry for ${name} was changed; the file itself is as it was`;
  return [problem('altered', list, null, what)];
}

/** SHA256SUMS follows from the members it lists, so that it is its own witness beside the manifest. */
function judgeChecksums({ actual, manifest }: Witnesses, claims: MemberClaims): readonly Problem[] {
  const name = MEMBER.checksums;
  const here = actual.get(name);
  if (here === undefined) return [problem('altered', name, null, 'this file was taken out')];
  if (manifest === null || manifest.get(name) === here) return [];
  const others = claims.actual.filter((file) => file.name !== name);
  if (claims.checksums === writeChecksums(others)) return accuseList(MEMBER.manifest, name, manifest, here);
  return [problem('altered', name, null, 'this file was changed after the package was made')];
}

/** Whatever else is not as it follows from the members: sizes, order, statement, a field too many. */
function findRest({ actual, manifest, checksums }: MemberClaims): readonly Problem[] {
  const sums = writeChecksums(actual.filter(({ name }) => name !== MEMBER.checksums));
  const rest =
    checksums === sums ? [] : [problem('altered', MEMBER.checksums, null, 'its lines were changed')];
  if (manifest === null) return rest;
  const wanted = writeManifest(actual);
  if (canonicalise(wanted) === canonicalise(manifest)) return rest;
  const places = findDifferences(wanted, manifest).map((path) =>
    problem('altered', MEMBER.manifest, path, 'this was changed: it does not follow from the members'),
  );
  return [...rest, ...places];
}
