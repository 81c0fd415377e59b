import type { AuditEntry } from './audit-log';
import type { Dossier, FileDigest } from './dossier';
import { allPass, findFindings, type Finding } from './findings';
import { findDifferences } from './json-differences';
import { nameMeasure } from './measure-titles';
import { MEMBER } from './package';
import type { Policy } from './policy';
import { toPlainJson } from './plain-json';
import { readPolicyChanges } from './policy-changes';
import { readPolicyHistory } from './policy-history';
import { findUnexcused, tellUnstated } from './required-statements';
import { problem, type Problem } from './verification';

/** What a dossier is held against; null for what cannot be relied on itself. */
export interface DossierContext {
  readonly policy: Policy | null;
  readonly log: readonly AuditEntry[] | null;
  /** SHA-256 of policy.json. */
  readonly policyHash: string | null;
  /** Members that are as they were. */
  readonly files: readonly FileDigest[];
}

/** A dossier against the other members and against itself. */
export function verifyDossier(dossier: Dossier, context: DossierContext): readonly Problem[] {
  return [
    ...verifyFindings(dossier),
    ...verifyPolicy(dossier, context),
    ...verifyHistory(dossier, context),
    ...verifyChanges(dossier, context),
    ...verifyMarks(dossier),
    ...verifyOutputs(dossier, context),
  ];
}

/** Findings worked out again; their sentences may be worded otherwise by another version, and are not compared. */
function verifyFindings({ policy, evidence, findings, run }: Dossier): readonly Problem[] {
  const again = findFindings(policy, evidence, run.identifiers ?? null);
  return findDifferences(again.map(figuresOf), findings.map(figuresOf), 'findings').map((path) =>
    problem(
      'altered',
      MEMBER.dossier,
      path,
      'this is not what the evidence and the policy in the dossier come to',
    ),
  );
}

function figuresOf({ criterion, measure, outcome, bound, value, interval, threshold }: Finding): object {
  return { criterion, measure, outcome, bound, value, interval, threshold };
}

function verifyPolicy({ policy }: Dossier, context: DossierContext): readonly Problem[] {
  if (context.policy === null) return [];
  return findDifferences(context.policy, policy, 'policy').map((path) =>
    problem('altered', MEMBER.dossier, path, 'this is not what policy.json says'),
  );
}

/** The log may have grown since the dossier was written, but only by what leaves the criteria as they were. */
function verifyHistory(dossier: Dossier, { log, policyHash }: DossierContext): readonly Problem[] {
  if (log === null) return [];
  const { policyHistory, writtenAt } = dossier;
  const history = readPolicyHistory(log);
  const isLater = history.firstLook !== null && (log[history.firstLook - 1]?.at ?? '') >= writtenAt;
  const firstLook = isLater && policyHistory.firstLook === null ? null : history.firstLook;
  const places = findDifferences({ ...history, firstLook }, policyHistory, 'policyHistory').map((path) =>
    problem('altered', MEMBER.dossier, path, 'this is not what the log says'),
  );
  const last = history.events.at(-1);
  if (last === undefined || policyHash === null || last.hash === policyHash) return places;
  return [
    ...places,
    problem(
      'criteria',
      MEMBER.policy,
      null,
      `these are not the criteria that entry ${last.entry} of the log put in force`,
    ),
  ];
}

/** A dossier that lacks them is an older one; one that has them has those of the log. */
function verifyChanges({ policyChanges }: Dossier, { log }: DossierContext): readonly Problem[] {
  if (log === null || policyChanges === undefined) return [];
  return findDifferences(toPlainJson(readPolicyChanges(log)), policyChanges, 'policyChanges').map((path) =>
    problem('altered', MEMBER.dossier, path, 'this is not what the log says'),
  );
}

/** Marks may be worded otherwise by another version, but each override stands in them with its time and reason. */
function verifyMarks({ marks, policyHistory }: Dossier): readonly Problem[] {
  if (marks === undefined) return [];
  return policyHistory.overrides
    .filter(
      ({ at, reason }) => !marks.some((mark) => mark.includes(at) && mark.includes((reason ?? '').trim())),
    )
    .map(({ entry }) =>
      problem('altered', MEMBER.dossier, 'marks', `the override in entry ${entry} of the log is left out`),
    );
}

function verifyOutputs({ outputs }: Dossier, { files }: DossierContext): readonly Problem[] {
  return outputs.flatMap((output, i) => {
    const file = files.find(({ name }) => name === output.name);
    if (file === undefined) return [];
    return findDifferences(file, output, `outputs[${i}]`).map((path) =>
      problem('altered', MEMBER.dossier, path, `this is not so of ${output.name}`),
    );
  });
}

/** What the purpose needs a person to state, unless somebody went without it for a written reason; older dossiers were not asked. */
export function verifyStatements(dossier: Dossier, log: readonly AuditEntry[] | null): readonly Problem[] {
  const [sentence] = tellUnstated(dossier.policy, findUnexcused(dossier, log));
  if (sentence === undefined) return [];
  const what = `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1, -1)}; nobody gave a reason to go without`;
  return [problem('criteria', MEMBER.dossier, 'notStated', what)];
}

/** Criteria that are not met, unless somebody set them aside with a reason; internal testing needs none. */
export function verifyGate({ policy, findings, policyHistory }: Dossier): readonly Problem[] {
  if (policy.purpose === 'testing' || allPass(findings)) return [];
  const missed = findings
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ measure }) => nameMeasure(measure));
  if (policyHistory.overrides.some(({ reason }) => reason !== null)) return [];
  return [
    problem(
      'criteria',
      MEMBER.dossier,
      'findings',
      `${missed.length === 0 ? 'there are no criteria' : `not met: ${missed.join(', ')}`}, and nobody gave a reason to release all the same`,
    ),
  ];
}
