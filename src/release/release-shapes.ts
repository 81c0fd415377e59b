import {
  count,
  fields,
  flag,
  listOf,
  nullable,
  number,
  oneOf,
  onlyFields,
  optional,
  text,
  type Shape,
} from '../data/shape';
import { isAnswers } from '../data/identifiers/answers';
import { isDirectList, type IdentifierAccount } from '../data/identifiers/direct-identifiers';
import {
  DOSSIER_FORMAT,
  type ColumnAccount,
  type Dossier,
  type Fact,
  type FileDigest,
  type Section,
} from './dossier';
import type { Finding, FindingOutcome } from './findings';
import type { LogFile, SignOffsFile } from './package';
import type { Override, PolicyEvent, PolicyHistory } from './policy-history';
import { bound, entryShape, policyShape } from './governance-shapes';
import { signOffShape } from './sign-off';

const interval = fields<{ low: number; high: number }>({ low: number, high: number });

export const logShape: Shape = onlyFields<LogFile>({
  format: oneOf({ 'understudy-audit-log': true }),
  version: count,
  entries: listOf(entryShape),
});

export const signOffsShape: Shape = onlyFields<SignOffsFile>({
  format: oneOf({ 'understudy-sign-offs': true }),
  version: count,
  signOffs: listOf(signOffShape),
});

const finding = fields<Finding>({
  criterion: text,
  measure: text,
  outcome: oneOf<FindingOutcome>({ pass: true, fail: true, inconclusive: true, 'not-evaluated': true }),
  bound,
  value: nullable(number),
  interval: nullable(interval),
  threshold: nullable(number),
  sentence: text,
  next: nullable(text),
});

/** What findings are worked out from; the rest of an evaluation is not read here. */
const evidence: Shape = fields<{ isComplete: boolean; measures: unknown; skipped: unknown }>({
  isComplete: flag,
  measures: listOf(
    fields<{ id: string; family: string; value: number; interval: unknown; ceiling: number | null }>({
      id: text,
      family: text,
      value: number,
      interval,
      ceiling: nullable(number),
    }),
  ),
  skipped: listOf(fields<{ id: string; reason: string }>({ id: text, reason: text })),
});

const fact = fields<Pick<Fact, 'id' | 'by'>>({
  id: text,
  by: oneOf<Fact['by']>({ person: true, program: true }),
});

const identifiers = fields<IdentifierAccount>({
  found: (value, path) => (isDirectList(value) ? [] : [`${path} is not a list of identifiers`]),
  saidToBeNone: (value, path) => (isAnswers(value) ? [] : [`${path} is not a list of columns and kinds`]),
});

const history = fields<PolicyHistory>({
  events: listOf(
    fields<PolicyEvent>({
      entry: count,
      at: text,
      act: oneOf<PolicyEvent['act']>({ 'policy-locked': true, 'policy-changed': true }),
      hash: nullable(text),
      isAfterResults: flag,
    }),
  ),
  firstLook: nullable(count),
  overrides: listOf(fields<Override>({ entry: count, at: text, reason: nullable(text) })),
});

/** The parts of a dossier that can be worked out again, or held against another member. */
export const dossierShape: Shape = fields<
  Pick<
    Dossier,
    | 'format'
    | 'version'
    | 'statement'
    | 'writtenAt'
    | 'sections'
    | 'columns'
    | 'policy'
    | 'policyHistory'
    | 'findings'
    | 'marks'
    | 'evidence'
    | 'run'
    | 'outputs'
  >
>({
  format: oneOf({ [DOSSIER_FORMAT]: true }),
  version: count,
  statement: text,
  writtenAt: text,
  sections: listOf(fields<Pick<Section, 'id' | 'facts'>>({ id: text, facts: listOf(fact) })),
  columns: listOf(fields<Pick<ColumnAccount, 'name' | 'treatment'>>({ name: text, treatment: text })),
  policy: policyShape,
  policyHistory: history,
  findings: listOf(finding),
  marks: optional(listOf(text)),
  evidence: nullable(evidence),
  run: fields<{ run: unknown; identifiers?: unknown }>({
    run: fields<{ id: string }>({ id: text }),
    identifiers: optional(nullable(identifiers)),
  }),
  outputs: listOf(fields<FileDigest>({ name: text, nBytes: count, sha256: text })),
});
