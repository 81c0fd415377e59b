import { MEMBER } from '../../../release/package';

const WORDS: Readonly<Record<string, string>> = {
  'synthetic.csv': 'Synthetic records, written as the source was',
  'synthetic.parquet': 'The same as Parquet, a compact form for programs',
  'data-dictionary.csv': 'Every column, as a table',
  'data-dictionary.md': 'Every column, to read',
  'run.json': 'How the records were made',
  [MEMBER.dossier]: 'Everything that is known of them, for programs',
  [MEMBER.dossierHtml]: 'The same to read and print',
  [MEMBER.croissant]: 'The records described for catalogues of datasets, in a common form called Croissant',
  [MEMBER.prov]: 'What was made of what, and by what, in a common form called PROV',
  [MEMBER.policy]: 'The criteria',
  [MEMBER.readme]: 'For whoever opens the package',
  [MEMBER.log]: 'What was done, in order',
  [MEMBER.signOffs]: 'Who approved or rejected it, signed',
  [MEMBER.checksums]: 'Fingerprints of all files (SHA-256), by which any change is seen',
  [MEMBER.manifest]: 'What the package holds',
};

/** What a file of a package is, in a few words; empty for one that this version does not write. */
export function describeFile(name: string): string {
  return WORDS[name] ?? WORDS[name.replace(/-override(?=\.)/, '')] ?? '';
}
