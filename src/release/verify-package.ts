import { findNameProblems } from './policy-name';
import { describePresetDifference } from './preset-difference';
import { decodeUtf8, encodeUtf8 } from '../data/utf8';
import type { DigestText } from './audit-log';
import { canonicalise } from './canonical-json';
import type { Dossier, FileDigest } from './dossier';
import { DOSSIER_VERSION } from './dossier';
import { digestFiles, manifestShape, MEMBER, PACKAGE_VERSION } from './package';
import type { LogFile, Manifest, Members, SignOffsFile } from './package';
import { listRoles, NEEDED_ROLES, POLICY_VERSION, type Policy } from './policy';
import { readPolicyHistory } from './policy-history';
import type { Digest } from './public-key';
import { isObject, type Shape } from '../data/shape';
import { readJsonMember, type JsonMember } from './read-json-member';
import { policyMemberShape, pickCriteria, type PolicyMember } from './policy-member';
import { dossierShape, logShape, signOffsShape } from './release-shapes';
import type { Verify } from './sign-off';
import { verifyDossier, verifyGate, verifyStatements } from './verify-dossier';
import { verifyEvidence } from './verify-evidence';
import { verifyIdentifiers } from './verify-identifiers';
import { listRemarks, tellCounts } from './verification-notices';
import { verifyLog, verifyOrder } from './verify-log';
import { verifyMembers } from './verify-members';
import { verifyMetadata } from './verify-metadata';
import { verifyTraining } from './verify-training';
import { describeSigners, verifySignOffs, verifyTwoPersons } from './verify-sign-offs';
import { problem, suspectsOf, type Problem, type Verification } from './verification';

/** What verifying needs of the machine it runs on. */
export interface VerifyTools {
  readonly digest: Digest;
  readonly verify: Verify;
  /** Roles that have to approve beside those of the package's policy. */
  readonly roles?: readonly string[];
}

/** What is compared with the dossier as a whole, and needs no shape of its own. */
const anyRecord: Shape = (value, path) => (isObject(value) ? [] : [`${path} is not an object`]);

/** Members that every package has. */
const NEEDED = Object.values(MEMBER);

interface ReadPackage {
  readonly manifest: JsonMember<Manifest>;
  readonly dossier: JsonMember<Dossier>;
  readonly policy: JsonMember<PolicyMember>;
  readonly croissant: JsonMember<object>;
  readonly prov: JsonMember<object>;
  readonly log: JsonMember<LogFile>;
  readonly signOffs: JsonMember<SignOffsFile>;
}

/**
 * Everything that is wrong with a package, each in a sentence that names the member and, where it can be known, the place.
 * Needs nothing but the package. It cannot know whose keys they are: their codes have to be compared with their owners.
 */
export async function verifyPackage(members: Members, tools: VerifyTools): Promise<Verification> {
  const { digest, verify } = tools;
  const read = readAll(members);
  const signOffs = read.signOffs.value?.signOffs ?? [];
  const { valid, problems: ofSignOffs } = await verifySignOffs(signOffs, verify);
  const actual = (await digestFiles(members, digest)).filter(({ name }) => name !== MEMBER.manifest);
  const sums = members.get(MEMBER.checksums);
  const ofMembers = verifyMembers({
    actual,
    manifest: read.manifest.value,
    checksums: sums === undefined ? null : decodeUtf8(sums, 0, sums.length),
    signOffs: valid,
  });
  const entries = read.log.value?.entries ?? [];
  const digestText = (text: string): Promise<string> => digest(encodeUtf8(text));
  const ofLog = read.log.value === null ? [] : await verifyLog(entries, valid, digestText);
  const found = [
    ...Object.values(read).flatMap((member: JsonMember<unknown>) => member.problems),
    ...findMissing(members, ofMembers),
    ...ofMembers,
    ...ofSignOffs,
    ...ofLog,
  ];
  const roles = [...new Set([...rolesOf(read.policy.value), ...(tools.roles ?? [])])];
  const problems = [
    ...found,
    ...(await crossCheck(read, actual, found, digestText)),
    ...verifyTwoPersons(valid, roles),
  ];
  const isLogSound = read.log.value !== null && !suspectsOf(problems).has(MEMBER.log);
  const evidence = read.dossier.value?.evidence ?? null;
  const remarks = [
    ...(isLogSound ? await listRemarks({ log: entries, evidence, signOffs }, digestText) : []),
    ...(read.policy.value === null ? [] : describePresetDifference(read.policy.value)),
  ];
  return {
    problems,
    notices: [...remarks, ...tellPurpose(read.policy.value), ...(isLogSound ? [tellCounts(entries)] : [])],
    hasRemarks: remarks.length > 0,
    signers: await describeSigners(valid, digest),
    roles,
    isIntact: !problems.some(({ kind }) => kind === 'altered' || kind === 'unreadable' || kind === 'newer'),
    isReleasable: problems.length === 0,
  };
}

/** Those that the policy of the package asks for; of one that cannot be read, those that every release needs. */
/** A policy's name is its author's; what the purpose behind it allows is told whatever the name says. */
function tellPurpose(policy: Policy | null): readonly string[] {
  if (policy === null) return [];
  if (policy.purpose === 'testing')
    return ['Its purpose is internal testing: no criterion had to be met, whatever the policy is called.'];
  return findNameProblems(policy).map((problem) => `Of the criteria: ${problem}.`);
}

function rolesOf(policy: Policy | null): readonly string[] {
  return policy === null ? NEEDED_ROLES : listRoles(policy);
}

function readAll(members: Members): ReadPackage {
  return {
    manifest: readJsonMember(members, MEMBER.manifest, manifestShape, PACKAGE_VERSION),
    dossier: readJsonMember(members, MEMBER.dossier, dossierShape, DOSSIER_VERSION),
    policy: readJsonMember(members, MEMBER.policy, policyMemberShape, POLICY_VERSION),
    croissant: readJsonMember(members, MEMBER.croissant, anyRecord, Infinity),
    prov: readJsonMember(members, MEMBER.prov, anyRecord, Infinity),
    log: readJsonMember(members, MEMBER.log, logShape, 1),
    signOffs: readJsonMember(members, MEMBER.signOffs, signOffsShape, 1),
  };
}

/** Members that were taken out of every list as well. */
function findMissing(members: Members, known: readonly Problem[]): readonly Problem[] {
  return NEEDED.filter((name) => !members.has(name) && !known.some(({ member }) => member === name)).map(
    (name) => problem('altered', name, null, 'the package does not hold this file, which every package has'),
  );
}

/** Members against one another. One that is known to be altered is held against the others, and never they against it. */
async function crossCheck(
  { dossier, policy, croissant, prov, log }: ReadPackage,
  actual: readonly FileDigest[],
  found: readonly Problem[],
  digest: DigestText,
): Promise<readonly Problem[]> {
  const suspects = suspectsOf(found);
  const isSound = (name: string): boolean => !suspects.has(name);
  const entries = isSound(MEMBER.log) ? (log.value?.entries ?? null) : null;
  const member = isSound(MEMBER.policy) ? policy.value : null;
  const criteria = member && pickCriteria(member);
  const ofDossier =
    dossier.value === null
      ? []
      : [
          ...verifyDossier(dossier.value, {
            policy: criteria,
            log: entries,
            policyHash: criteria && (await digest(canonicalise(criteria))),
            files: actual.filter(({ name }) => isSound(name)),
          }),
          ...(await verifyEvidence(dossier.value, entries, digest)),
          ...verifyIdentifiers(dossier.value, entries),
          ...(await verifyTraining(dossier.value, entries, digest)),
        ];
  const isWhole = isSound(MEMBER.dossier) && !ofDossier.some(({ kind }) => kind === 'altered');
  return [
    ...ofDossier,
    ...(entries === null ? [] : verifyOrder(readPolicyHistory(entries))),
    ...(dossier.value === null || !isWhole
      ? []
      : [
          ...verifyGate(dossier.value),
          ...verifyStatements(dossier.value, entries),
          ...verifyMetadata(dossier.value, {
            croissant: isSound(MEMBER.croissant) ? croissant.value : null,
            prov: isSound(MEMBER.prov) ? prov.value : null,
            policy: member,
          }),
        ]),
  ];
}
