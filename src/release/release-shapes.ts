import { PURPOSES } from '../data/purpose';
import {
  anything,
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
import type { AuditAct, AuditEntry } from './audit-log';
import { DOSSIER_FORMAT, type Dossier, type FileDigest } from './dossier';
import type { Finding, FindingOutcome } from './findings';
import type { LogFile, SignOffsFile } from './package';
import type { Criterion, Policy, RelativeThreshold } from './policy';
import type { Override, PolicyEvent, PolicyHistory } from './policy-history';
import { isRecord } from './plain-json';
import { signOffShape } from './sign-off';

const interval = fields<{ low: number; high: number }>({ low: number, high: number });
const bound = oneOf<Criterion['bound']>({ 'at-most': true, 'at-least': true });
const relative = fields<RelativeThreshold>({ of: oneOf({ ceiling: true }), times: number, plus: number });
const threshold: Shape = (value, path) =>
  isRecord(value) ? relative(value, path) : nullable(number)(value, path);
const purpose: Shape = (value, path) =>
  PURPOSES.some((known) => known === value) ? [] : [`${path} is not a known purpose`];

export const policyShape: Shape = fields<Policy>({
  format: oneOf({ 'understudy-policy': true }),
  version: count,
  purpose,
  name: text,
  criteria: listOf(fields<Criterion>({ id: text, measure: text, bound, threshold, source: text })),
  furtherRoles: optional(listOf(text)),
});

const entryShape = fields<AuditEntry>({
  version: count,
  index: count,
  at: text,
  act: oneOf<AuditAct>({
    import: true,
    handling: true,
    'policy-locked': true,
    'policy-changed': true,
    training: true,
    evaluation: true,
    look: true,
    override: true,
    'sign-off': true,
    export: true,
  }),
  detail: anything,
  previous: nullable(text),
  hash: text,
});

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
    | 'policy'
    | 'policyHistory'
    | 'findings'
    | 'evidence'
    | 'run'
    | 'outputs'
  >
>({
  format: oneOf({ [DOSSIER_FORMAT]: true }),
  version: count,
  statement: text,
  writtenAt: text,
  policy: policyShape,
  policyHistory: history,
  findings: listOf(finding),
  evidence: nullable(evidence),
  run: fields<{ run: unknown }>({ run: fields<{ id: string }>({ id: text }) }),
  outputs: listOf(fields<FileDigest>({ name: text, nBytes: count, sha256: text })),
});
