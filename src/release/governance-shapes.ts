import type { Purpose } from '../data/purpose';
import {
  anything,
  count,
  either,
  fields,
  listOf,
  nullable,
  number,
  oneOf,
  optional,
  text,
} from '../data/shape';
import type { AuditAct, AuditEntry } from './audit-log';
import type { Criterion, Policy, RelativeThreshold } from './policy';

const purpose = oneOf<Purpose>({
  testing: true,
  analytics: true,
  'model-training': true,
  sharing: true,
  'public-release': true,
});

export const bound = oneOf<Criterion['bound']>({ 'at-most': true, 'at-least': true });

const relative = fields<RelativeThreshold>({ of: oneOf({ ceiling: true }), times: number, plus: number });

/** A policy as a project keeps it, and as files and packages hold it. */
export const policyShape = fields<Policy>({
  format: oneOf({ 'understudy-policy': true }),
  version: count,
  purpose,
  name: text,
  criteria: listOf(
    fields<Criterion>({
      id: text,
      measure: text,
      bound,
      threshold: nullable(either(number, relative)),
      source: text,
    }),
  ),
  furtherRoles: optional(listOf(text)),
});

/** An entry of the log, wherever it is kept. */
export const entryShape = fields<AuditEntry>({
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
