import { refuse } from '../../../data/failure';
import { isPartName } from '../parts';
import type { Envelope } from '../sealed/envelope';
import { anything, count, fields, flag, listOf, oneOf, text } from '../shape';
import { damaged } from './read-archive';

/** Layout of a project file (docs/project-file.md); apart from the version of the record inside. */
export const FILE_VERSION = 1;
/** Layout of one under a passphrase. Readers of before refuse it as newer, as they should. */
export const SEALED_FILE_VERSION = 2;
export const FILE_FORMAT = 'understudy-project';
export const MANIFEST_NAME = 'manifest.json';
export const RECORD_NAME = 'project.json';
/** Arrays of the record; only present when it holds any. */
export const RECORD_ARRAYS_NAME = 'project.bin';

/** What the file says of itself: its last member. */
export interface Manifest {
  readonly format: typeof FILE_FORMAT;
  readonly version: number;
  /** False when the source records were left out on purpose. */
  readonly includesSource: boolean;
  /** Every other member of the file, in file order. */
  readonly members: readonly MemberDigest[];
  readonly parts: readonly PartEntry[];
}

export interface MemberDigest {
  readonly name: string;
  readonly nBytes: number;
  /** SHA-256 of the unpacked bytes, in lower-case hexadecimal. */
  readonly sha256: string;
}

export interface PartEntry {
  readonly part: string;
  /** `bytes`: one member as it is. `value`: JSON and arrays, two members. */
  readonly kind: 'bytes' | 'value';
  /** Media type of `bytes`; empty for `value`. */
  readonly type: string;
}

/** What a file under a passphrase says of itself. */
export interface SealedManifest {
  readonly format: typeof FILE_FORMAT;
  readonly version: typeof SEALED_FILE_VERSION;
  readonly envelope: Envelope;
  /** Name of this writing, bound into every member. */
  readonly stream: string;
  /** Of the sealed bytes, so that damage is found without the passphrase. */
  readonly members: readonly MemberDigest[];
}

/** `sealed/000000` and so on. */
export function sealedMemberName(index: number): string {
  return `sealed/${String(index).padStart(6, '0')}`;
}

export function isSealedManifest(manifest: Manifest | SealedManifest): manifest is SealedManifest {
  return manifest.version === SEALED_FILE_VERSION;
}

/** Members that hold a part, in file order. */
export function memberNames({ part, kind }: PartEntry): readonly string[] {
  return kind === 'bytes' ? [`parts/${part}`] : [`parts/${part}.json`, `parts/${part}.bin`];
}

const memberShape = listOf(fields<MemberDigest>({ name: text, nBytes: count, sha256: text }));

/** The envelope is checked where it is opened. */
const sealedShape = fields<SealedManifest>({
  format: text,
  version: count,
  envelope: anything,
  stream: text,
  members: memberShape,
});

const manifestShape = fields<Manifest>({
  format: text,
  version: count,
  includesSource: flag,
  members: memberShape,
  parts: listOf(
    fields<PartEntry>({
      part: (value, path) =>
        typeof value === 'string' && isPartName(value) ? [] : [`${path} is not a part name`],
      kind: oneOf<PartEntry['kind']>({ bytes: true, value: true }),
      type: text,
    }),
  ),
});

/** Throws `format-unknown`, `project-newer` or `project-corrupt`. */
export function parseManifest(json: string): Manifest | SealedManifest {
  const manifest = parseJson(json) as Partial<Manifest | SealedManifest> | null;
  if (manifest?.format !== FILE_FORMAT)
    refuse(
      'format-unknown',
      'This zip file is not an Understudy project. Choose a file whose name ends in .understudy.',
    );
  if (typeof manifest?.version === 'number' && manifest.version > SEALED_FILE_VERSION)
    refuse('project-newer', NEWER);
  const shape = manifest?.version === SEALED_FILE_VERSION ? sealedShape : manifestShape;
  const problems = shape(manifest, 'manifest');
  if (problems.length > 0) damaged(problems.slice(0, 20).join('; '));
  return manifest as Manifest | SealedManifest;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return damaged('manifest is not JSON');
  }
}

const NEWER =
  'This project file was saved by a newer version of Understudy than this page. Reload the page to get that version, ' +
  'or open the file where it was saved. Nothing was added here.';
