import type { LogHead } from '../../release/audit-log';
import type { FileDigest } from '../../release/dossier';
import { signOffShape } from '../../release/sign-off';
import { STATEMENT_IDS } from '../../release/statements';
import { count, fields, listOf, nullable, number, optional, text, type Shape } from './shape';
import type { BuiltPackage, PackageBasis, Release } from './types';

const statements = fields<Readonly<Record<string, string>>>(
  Object.fromEntries(STATEMENT_IDS.map((id): [string, Shape] => [id, optional(text)])),
);

const builtPackage = fields<BuiltPackage>({
  run: text,
  builtAt: number,
  files: listOf(fields<FileDigest>({ name: text, nBytes: count, sha256: text })),
  log: fields<LogHead>({ length: count, hash: text }),
  basis: fields<PackageBasis>({ title: text, statements, evaluatedAt: nullable(number) }),
  signOffs: listOf(signOffShape),
  releasedAt: nullable(number),
});

/** Statements and packages of a project as they are kept. */
export const release = fields<Release>({ statements, packages: listOf(builtPackage) });
