import { accountColumns } from './account-columns';
import type { Dossier, NotStated, Section } from './dossier';
import { DOSSIER_FORMAT, DOSSIER_VERSION, SYNTHETIC_STATEMENT } from './dossier';
import { writeDatasheet, writeModelCard } from './dossier-cards';
import type { DossierBasis, DossierInput } from './dossier-input';
import { countRuns } from './count-runs';
import { describeSections } from './dossier-sections';
import { findFindings } from './findings';
import { writeMethods } from './methods-paragraph';
import { describeSourceRisk } from './source-risk-facts';
import { toPlainJson } from './plain-json';
import { readPolicyChanges } from './policy-changes';
import { hasOverride, readPolicyHistory } from './policy-history';
import { listMarks } from './recipient-readme';
import { withholdFromRun } from './withhold';

/** The dossier of a release. Throws TypeError where a part of it is nothing that JSON can hold. */
export function buildDossier(input: DossierInput): Dossier {
  const basis = gatherBasis(input);
  const sections = describeSections(basis);
  const { run } = basis;
  const dossier: Dossier = {
    format: DOSSIER_FORMAT,
    version: DOSSIER_VERSION,
    statement: SYNTHETIC_STATEMENT,
    title: basis.title,
    writtenAt: basis.writtenAt,
    program: {
      name: 'Understudy',
      version: run.program.version,
      buildHash: run.program.buildHash,
      tfjs: run.program.tfjs,
      browser: run.browser,
    },
    sections,
    modelCard: writeModelCard(basis),
    datasheet: writeDatasheet(basis),
    methods: writeMethods(basis),
    columns: basis.columns,
    run,
    ledger: basis.ledger,
    evidence: basis.evaluation,
    policy: basis.policy,
    policyHistory: basis.history,
    ...(basis.changes.length === 0 ? {} : { policyChanges: basis.changes }),
    findings: basis.findings,
    ...markOverride(input, basis),
    sourceCommitment: basis.commitment,
    outputs: basis.outputs,
    notStated: listNotStated(sections),
  };
  return toPlainJson(dossier) as unknown as Dossier;
}

function markOverride({ log }: DossierInput, { run, findings, policy, history }: DossierBasis) {
  if (!hasOverride(log, run.run.id)) return {};
  return { marks: listMarks({ findings, policy, policyHistory: history }) };
}

function gatherBasis(input: DossierInput): DossierBasis {
  const { schema, treatments, log, ...rest } = input;
  return {
    ...rest,
    run: withholdFromRun(input.run, input.ledger !== null, input.title),
    columns: accountColumns(schema, treatments),
    history: readPolicyHistory(log),
    changes: readPolicyChanges(log),
    findings: findFindings(input.policy, input.evaluation, input.run.identifiers ?? null),
    sourceRisk: describeSourceRisk(log),
    nRuns: countRuns(log),
  };
}

function listNotStated(sections: readonly Section[]): readonly NotStated[] {
  return sections.flatMap(({ item, facts }) =>
    facts.filter(({ value }) => value === null).map(({ id, label }) => ({ item, id, label })),
  );
}
