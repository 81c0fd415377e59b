import type { Dossier } from './dossier';
import { findStated } from './find-fact';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * prov.json: how the records came about, in PROV-JSON (W3C Member Submission, 24 April 2013;
 * https://www.w3.org/submissions/prov-json/). It follows from the dossier. The source is named by its keyed commitment at
 * most, never by a hash; times are those of the device.
 */
export function writeProv(dossier: Dossier): object {
  return {
    prefix: {
      u: 'urn:understudy:',
      prov: 'http://www.w3.org/ns/prov#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    entity: describeEntities(dossier),
    activity: describeActivities(dossier),
    agent: describeAgents(dossier),
    ...relate(dossier),
  };
}

const fileId = (name: string) => `u:file/${name}`;
const hasHoldout = ({ run }: Dossier) => run.split.nHoldout > 0;

function describeEntities(dossier: Dossier): Attributes {
  const { run, sourceCommitment, outputs, evidence, statement, writtenAt, marks } = dossier;
  const marked = marks === undefined ? {} : { 'u:mark': marks };
  const files = outputs.map(({ name, nBytes, sha256 }) => [
    fileId(name),
    {
      'prov:type': 'u:SyntheticRecords',
      'prov:label': statement,
      'u:nBytes': nBytes,
      'u:sha256': sha256,
      ...marked,
    },
  ]);
  return {
    'u:source': {
      'prov:type': 'u:SourceRecords',
      'u:nRows': run.source.nRows,
      'u:nColumns': run.source.nColumns,
      ...(sourceCommitment === null ? {} : { 'u:commitment': JSON.stringify(sourceCommitment) }),
    },
    'u:table': { 'prov:type': 'u:TableAsRead' },
    'u:train': { 'prov:type': 'u:Train', 'u:nRows': run.split.nTrain },
    ...(hasHoldout(dossier)
      ? { 'u:holdout': { 'prov:type': 'u:Holdout', 'u:nRows': run.split.nHoldout } }
      : {}),
    'u:model': { 'prov:type': 'u:Model', 'u:kind': run.model.id, 'u:run': run.run.id },
    ...(Object.fromEntries(files) as Attributes),
    ...(evidence === null ? {} : { 'u:evidence': { 'prov:type': 'u:Evaluation' } }),
    'u:dossier': { 'prov:type': 'u:Dossier', 'u:writtenAt': writtenAt, ...marked },
  };
}

function describeActivities({ run, evidence }: Dossier): Attributes {
  const { startedAt, endedAt } = run.run;
  return {
    'u:import': { 'prov:type': 'u:Import' },
    'u:handling': { 'prov:type': 'u:Handling', 'u:k': run.handling.choices.k },
    'u:training': {
      'prov:type': 'u:Training',
      'prov:startTime': startedAt,
      ...(endedAt === null ? {} : { 'prov:endTime': endedAt }),
    },
    'u:sampling': { 'prov:type': 'u:Sampling' },
    ...(evidence === null ? {} : { 'u:evaluation': { 'prov:type': 'u:Evaluation' } }),
  };
}

function describeAgents(dossier: Dossier): Attributes {
  const { name, version, buildHash } = dossier.program;
  const [owner, approver] = [
    findStated(dossier, 'source', 'owner'),
    findStated(dossier, 'residual-risk', 'riskApprover'),
  ];
  return {
    'u:program': {
      'prov:type': 'prov:SoftwareAgent',
      'prov:label': `${name} ${version}`,
      'u:buildHash': buildHash,
    },
    ...(owner === null ? {} : { 'u:owner': { 'prov:label': owner } }),
    ...(approver === null ? {} : { 'u:approver': { 'prov:label': approver } }),
  };
}

/** Relations are numbered as they come, so that equal dossiers give equal files. */
function relate(dossier: Dossier): Attributes {
  const { outputs, evidence } = dossier;
  const agents = describeAgents(dossier);
  const files = outputs.map(({ name }) => fileId(name));
  const held = hasHoldout(dossier) ? ['u:holdout'] : [];
  const judged = evidence === null ? [] : ['u:evaluation'];
  const usedBy = (activity: string, entities: readonly string[]) =>
    entities.map((entity) => ({ 'prov:activity': activity, 'prov:entity': entity }));
  const madeBy = (activity: string, entities: readonly string[]) =>
    entities.map((entity) => ({ 'prov:entity': entity, 'prov:activity': activity }));
  const activities = ['u:import', 'u:handling', 'u:training', 'u:sampling', ...judged];
  return {
    used: number('used', [
      ...usedBy('u:import', ['u:source']),
      ...usedBy('u:handling', ['u:table']),
      ...usedBy('u:training', ['u:train']),
      ...usedBy('u:sampling', ['u:model']),
      ...judged.flatMap((activity) => usedBy(activity, [...files, 'u:train', ...held])),
    ]),
    wasGeneratedBy: number('generated', [
      ...madeBy('u:import', ['u:table']),
      ...madeBy('u:handling', ['u:train', ...held]),
      ...madeBy('u:training', ['u:model']),
      ...madeBy('u:sampling', files),
      ...judged.flatMap((activity) => madeBy(activity, ['u:evidence'])),
    ]),
    wasDerivedFrom: number(
      'derived',
      files.map((file) => ({ 'prov:generatedEntity': file, 'prov:usedEntity': 'u:model' })),
    ),
    wasAssociatedWith: number(
      'associated',
      activities.map((activity) => ({ 'prov:activity': activity, 'prov:agent': 'u:program' })),
    ),
    wasAttributedTo: number('attributed', [
      ...('u:owner' in agents ? [{ 'prov:entity': 'u:source', 'prov:agent': 'u:owner' }] : []),
      ...('u:approver' in agents ? [{ 'prov:entity': 'u:dossier', 'prov:agent': 'u:approver' }] : []),
      { 'prov:entity': 'u:dossier', 'prov:agent': 'u:program' },
    ]),
  };
}

function number(kind: string, relations: readonly Attributes[]): Attributes {
  return Object.fromEntries(relations.map((relation, i) => [`_:${kind}${i + 1}`, relation]));
}
