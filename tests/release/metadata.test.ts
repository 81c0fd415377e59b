import { beforeAll, describe, expect, it } from 'vitest';
import { buildDossier } from '../../src/release/build-dossier';
import { canonicalise } from '../../src/release/canonical-json';
import { CROISSANT, writeCroissant } from '../../src/release/croissant';
import type { Dossier } from '../../src/release/dossier';
import type { DossierInput } from '../../src/release/dossier-input';
import { writeProv } from '../../src/release/prov';
import { makePackage, replace, textOf, verify } from './sample-package';
import { sampleDossierInput, SOURCE } from './sample-release';

type Node = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as Node[]) : []);
const OUTPUT = { name: 'synthetic.csv', nBytes: 30, sha256: 'a'.repeat(64) };

const make = async (patch: Partial<DossierInput> = {}): Promise<Dossier> =>
  buildDossier(await sampleDossierInput({ outputs: [OUTPUT], ...patch }));

/**
 * What Croissant 1.0 asks of a dataset, its files and its records, in the words of the specification (sections
 * "Dataset-level information", "FileObject", "RecordSet" and "Field"): names of what is missing or wrong.
 */
function findCroissantProblems(given: object): string[] {
  const dataset = given as Node;
  const problems: string[] = [];
  const check = (holds: boolean, what: string) => void (holds || problems.push(what));
  for (const name of ['@context', 'name', 'description', 'license', 'url', 'creator', 'datePublished'])
    check(name in dataset, name);
  check(dataset['@type'] === 'sc:Dataset', '@type');
  check(dataset['conformsTo'] === CROISSANT, 'conformsTo');
  check(typeof dataset['isLiveDataset'] === 'boolean', 'isLiveDataset');
  const context = dataset['@context'] as Node;
  check(context['conformsTo'] === 'dct:conformsTo' && context['recordSet'] === 'cr:recordSet', 'context');
  const files = list(dataset['distribution']);
  check(files.length > 0, 'distribution');
  for (const file of files) {
    check(file['@type'] === 'cr:FileObject', 'FileObject');
    for (const name of ['@id', 'name', 'contentUrl', 'encodingFormat'])
      check(typeof file[name] === 'string', name);
    check(/^[0-9a-f]{64}$/.test(String(file['sha256'])), 'sha256');
  }
  const ids = files.map((file) => file['@id']);
  for (const set of list(dataset['recordSet'])) {
    check(set['@type'] === 'cr:RecordSet' && list(set['field']).length > 0, 'RecordSet');
    for (const field of list(set['field'])) {
      const source = field['source'] as { fileObject: Node; extract: Node };
      check(field['@type'] === 'cr:Field', 'Field');
      check(String(field['@id']).startsWith(`${String(set['@id'])}/`), 'id of a field');
      check(/^sc:(Text|Integer|Float|Boolean|Date)$/.test(String(field['dataType'])), 'dataType');
      check(ids.includes(source.fileObject['@id']), 'source');
      check(source.extract['column'] === field['name'], 'column');
    }
  }
  return problems;
}

describe('croissant.json', () => {
  it('is what the format asks for, but for what only a person or a publisher can say', async () => {
    expect(findCroissantProblems(writeCroissant(await make()))).toEqual(['license', 'url', 'creator']);
    const stated = writeCroissant(
      await make({ statements: { licence: 'CC-BY-4.0', contact: 'A registry' } }),
    );
    expect(findCroissantProblems(stated)).toEqual(['url', 'creator']);
    expect(stated).toMatchObject({ license: 'CC-BY-4.0', maintainer: { name: 'A registry' } });
  });

  it('says that the records are synthetic, and describes the files and columns that are there', async () => {
    const dossier = await make();
    const croissant = writeCroissant(dossier) as Node;
    expect(croissant['description']).toContain('synthetic');
    expect(list(croissant['distribution'])).toMatchObject([
      { '@id': 'synthetic.csv', contentSize: '30 B', encodingFormat: 'text/csv', sha256: OUTPUT.sha256 },
    ]);
    const names = list(list(croissant['recordSet'])[0]?.['field']).map((field) => field['name']);
    const left = dossier.columns.filter(({ treatment }) => treatment.startsWith('left out'));
    expect(names).toEqual(dossier.columns.filter((column) => !left.includes(column)).map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
  });

  it('gives no fields to files without columns', async () => {
    const croissant = writeCroissant(
      await make({ outputs: [{ ...OUTPUT, name: 'synthetic.ndjson' }] }),
    ) as Node;
    expect(croissant['recordSet']).toEqual([]);
    expect(list(croissant['distribution'])[0]?.['encodingFormat']).toBe('application/jsonlines');
  });
});

describe('prov.json', () => {
  let prov: Node = {};
  beforeAll(async () => {
    prov = writeProv(await make({ statements: { owner: 'A hospital', riskApprover: 'Dr A' } })) as Node;
  });

  it('relates nothing that it does not declare', () => {
    const declared = ['entity', 'activity', 'agent'].map((kind) => Object.keys(prov[kind] as Node));
    const known = { entity: declared[0], activity: declared[1], agent: declared[2] };
    const kinds = ['used', 'wasGeneratedBy', 'wasDerivedFrom', 'wasAssociatedWith', 'wasAttributedTo'];
    for (const kind of kinds)
      for (const relation of Object.values(prov[kind] as Readonly<Record<string, Node>>))
        for (const [role, id] of Object.entries(relation)) {
          const wanted = /activity/.test(role) ? 'activity' : /agent/.test(role) ? 'agent' : 'entity';
          expect(known[wanted], `${kind} ${role}`).toContain(id);
        }
    expect(Object.keys(prov['agent'] as Node)).toEqual(['u:program', 'u:owner', 'u:approver']);
  });

  it('leads from the file back to the source, whose bytes are nowhere in it', () => {
    const of = (kind: string) =>
      Object.values(prov[kind] as Readonly<Record<string, Readonly<Record<string, string>>>>);
    const makerOf = (entity: string) =>
      of('wasGeneratedBy').find((each) => each['prov:entity'] === entity)?.['prov:activity'];
    const usedBy = (activity: string | undefined) =>
      of('used').find((each) => each['prov:activity'] === activity)?.['prov:entity'] ?? '';
    const path = ['u:file/synthetic.csv'];
    while (path.at(-1) !== 'u:source' && path.length < 9) path.push(usedBy(makerOf(path.at(-1) ?? '')));
    expect(path).toEqual(['u:file/synthetic.csv', 'u:model', 'u:train', 'u:table', 'u:source']);
    expect(canonicalise(prov)).not.toContain(SOURCE.toString('base64'));
    expect((prov['entity'] as Readonly<Record<string, Node>>)['u:source']).not.toHaveProperty('u:sha256');
  });

  it('knows no holdout, evaluation or person that is not there', async () => {
    const dossier = await make({ evaluation: null });
    const run = { ...dossier.run, split: { ...dossier.run.split, nHoldout: 0 } };
    const bare = canonicalise(writeProv({ ...dossier, run }));
    for (const id of ['u:holdout', 'u:evaluation', 'u:evidence', 'u:owner', 'u:approver'])
      expect(bare).not.toContain(`"${id}"`);
  });
});

describe('both in a package', () => {
  it('are the same for the same dossier, byte for byte, and in canonical form', async () => {
    const [one, other] = await Promise.all([makePackage(), makePackage()]);
    for (const name of ['croissant.json', 'prov.json']) {
      expect(textOf(one, name)).toBe(textOf(other, name));
      expect(textOf(one, name)).toBe(canonicalise(JSON.parse(textOf(one, name))));
    }
  });

  it('are held against the dossier, also where every list of checksums agrees with them', async () => {
    const whole = await makePackage();
    for (const [name, from, to] of [
      ['croissant.json', 'sc:Dataset', 'sc:Other'],
      ['prov.json', 'u:Sampling', 'u:Copying'],
    ] as const) {
      const text = textOf(whole, name).replace(from, to);
      const { problems } = await verify(replace(whole, name, text));
      expect(problems.some(({ member, kind }) => member === name && kind === 'altered')).toBe(true);
    }
    const none = { croissant: null, prov: null, policy: null };
    const { verifyMetadata } = await import('../../src/release/verify-metadata');
    const dossier = JSON.parse(textOf(whole, 'dossier.json')) as Dossier;
    const [croissant, prov, criteria] = ['croissant.json', 'prov.json', 'policy.json'].map(
      (name): Node => JSON.parse(textOf(whole, name)) as Node,
    );
    const read = { croissant, prov, policy: criteria };
    expect(verifyMetadata(dossier, read)).toEqual([]);
    expect(verifyMetadata({ ...dossier, title: 'x' }, read)).toMatchObject([
      { kind: 'altered', member: 'croissant.json', path: 'name' },
    ]);
    expect(verifyMetadata({ ...dossier, run: {} as never }, { ...none, prov })).toMatchObject([
      { kind: 'unreadable', member: 'dossier.json' },
    ]);
    expect(verifyMetadata(dossier, none)).toEqual([]);
  });
});
