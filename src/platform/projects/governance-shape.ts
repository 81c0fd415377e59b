import type { Purpose } from '../../data/purpose';
import type { AuditAct, AuditEntry } from '../../release/audit-log';
import type { Criterion, Policy, RelativeThreshold } from '../../release/policy';
import { anything, count, either, fields, listOf, nullable, number, oneOf, optional, text } from './shape';
import type { Governance } from './types';

const purpose = oneOf<Purpose>({
  testing: true,
  analytics: true,
  'model-training': true,
  sharing: true,
  'public-release': true,
});

const relative = fields<RelativeThreshold>({ of: oneOf({ ceiling: true }), times: number, plus: number });

const criterion = fields<Criterion>({
  id: text,
  measure: text,
  bound: oneOf<Criterion['bound']>({ 'at-most': true, 'at-least': true }),
  threshold: nullable(either(number, relative)),
  source: text,
});

/** A policy as it is kept, and as a file of one holds it. */
export const policyShape = fields<Policy>({
  format: oneOf({ 'understudy-policy': true }),
  version: count,
  purpose,
  name: text,
  criteria: listOf(criterion),
  furtherRoles: optional(listOf(text)),
});

const act = oneOf<AuditAct>({
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
});

const entry = fields<AuditEntry>({
  version: count,
  index: count,
  at: text,
  act,
  detail: anything,
  previous: nullable(text),
  hash: text,
});

/** Policy and log of a project as they are kept. */
export const governance = fields<Governance>({
  policy: nullable(policyShape),
  lockedAt: nullable(number),
  log: listOf(entry),
});
