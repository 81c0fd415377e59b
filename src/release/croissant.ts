import type { ColumnAccount, Dossier, FileDigest } from './dossier';
import { findStated } from './find-fact';

/** The version of the format that croissant.json keeps to: https://docs.mlcommons.org/croissant/docs/croissant-spec.html */
export const CROISSANT = 'http://mlcommons.org/croissant/1.0';

/** Terms by which the rest is shorter (Croissant 1.0, appendix 1). */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
} as const;

/**
 * croissant.json: the release as a Croissant 1.0 dataset. It follows from the dossier, and says nothing that nobody stated:
 * `license` is there where a person named the terms, and `creator` and `url`, which the format wants, are for whoever
 * publishes the records.
 */
export function writeCroissant(dossier: Dossier): object {
  const { title, statement, writtenAt, outputs, columns, methods, marks = [] } = dossier;
  const [licence, contact] = [
    findStated(dossier, 'licence', 'licence'),
    findStated(dossier, 'provenance', 'contact'),
  ];
  return {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: CROISSANT,
    name: title,
    description: [statement, ...marks, methods].join(' '),
    datePublished: writtenAt,
    isLiveDataset: false,
    keywords: ['synthetic data', 'synthetic patient records'],
    ...(licence === null ? {} : { license: licence }),
    ...(contact === null ? {} : { maintainer: { '@type': 'sc:Organization', name: contact } }),
    distribution: outputs.map((file) => describeFile(file, marks)),
    recordSet: outputs.flatMap((file) => describeRecords(file, columns)),
  };
}

const FORMATS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  parquet: 'application/x-parquet',
  ndjson: 'application/jsonlines',
};

const endingOf = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

function describeFile({ name, nBytes, sha256 }: FileDigest, marks: readonly string[]): object {
  return {
    '@type': 'cr:FileObject',
    '@id': name,
    name,
    description: ['Synthetic records; none of them stands for a person.', ...marks].join(' '),
    contentUrl: name,
    contentSize: `${nBytes} B`,
    encodingFormat: FORMATS[endingOf(name)] ?? 'application/octet-stream',
    sha256,
  };
}

/** Files with columns have a set of records each; what was left out is no field. */
function describeRecords({ name }: FileDigest, columns: Dossier['columns']): readonly object[] {
  if (!['csv', 'parquet'].includes(endingOf(name))) return [];
  const id = `records of ${name}`;
  return [
    {
      '@type': 'cr:RecordSet',
      '@id': id,
      name: id,
      description: 'Synthetic records, a row each.',
      field: columns
        .filter(({ treatment }) => !treatment.startsWith('left out'))
        .map((column) => describeField(column, name, id)),
    },
  ];
}

/** Dates and yes/no are written as the source writes them, which a reader of dates or truth values may take for others. */
const TYPES: Readonly<Record<string, string>> = { integer: 'sc:Integer', continuous: 'sc:Float' };

function describeField({ name, type, role, treatment }: ColumnAccount, file: string, set: string): object {
  return {
    '@type': 'cr:Field',
    '@id': `${set}/${name}`,
    name,
    description: `Type ${type}${role === 'none' ? '' : `, role ${role}`}; ${treatment}.`,
    dataType: TYPES[type] ?? 'sc:Text',
    source: { fileObject: { '@id': file }, extract: { column: name } },
  };
}
