import { fail, succeed, type Outcome } from '../../data/failure';
import type { Purpose } from '../../data/purpose';
import type { Evaluation } from '../../measure/evaluate';
import { digestText } from '../../platform/digest-text';
import type { Governance } from '../../platform/projects/types';
import { appendEntry, type AuditEntry } from '../../release/audit-log';
import { canonicalise } from '../../release/canonical-json';
import { findFindings, type Finding } from '../../release/findings';
import { findPolicyProblems, type Policy } from '../../release/policy';
import { presetPolicy } from '../../release/policy-presets';
import type { AuditNote } from './audit-notes';
import type { ProjectAccess, Workbench } from './workbench';
import { writeMoment } from './write-moment';

/** Criteria that are fixed before results, and a log of what was done. */
export class GovernanceState {
  /** The criteria in force, or else those proposed for internal testing. */
  readonly policy = $derived.by<Policy>(() => this.kept.policy ?? presetPolicy('testing'));
  readonly lockedAt = $derived.by<number | null>(() => this.kept.lockedAt);
  readonly log = $derived.by<readonly AuditEntry[]>(() => this.kept.log);
  /** Changes of the policy after it was locked. */
  readonly nChanges = $derived.by(() => this.log.filter(({ act }) => act === 'policy-changed').length);
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly bench: Pick<Workbench, 'now'>,
    private readonly project: ProjectAccess,
  ) {}

  /** Takes the criteria proposed for a purpose. */
  choose(purpose: Purpose): Promise<Outcome<null>> {
    return this.setPolicy(presetPolicy(purpose), 'another purpose was chosen');
  }

  /**
   * Puts other criteria in force. After the lock it needs a reason, and is put on record with what there was before.
   */
  async setPolicy(policy: Policy, reason: string): Promise<Outcome<null>> {
    const problems = findPolicyProblems(policy);
    if (problems.length > 0) return fail('option-invalid', problems.join('\n'));
    if (this.lockedAt !== null) {
      if (reason.trim() === '')
        return fail('option-invalid', 'Say why the criteria are changed after the lock: it stays on record.');
      const [before, after] = await Promise.all([hashOf(this.policy), hashOf(policy)]);
      if (before === after) return succeed(null);
      await this.record({ act: 'policy-changed', detail: { before, after, policy: plain(policy), reason } });
    }
    this.change({ policy });
    return succeed(null);
  }

  /** Fixes the criteria, with time and hash; they stay changeable, on record. */
  async lock(): Promise<void> {
    if (this.lockedAt !== null) return;
    const { policy } = this;
    const looksBefore = this.log.filter(({ act }) => act === 'look').length;
    this.change({ policy, lockedAt: this.bench.now() });
    const policyHash = await hashOf(policy);
    await this.record({ act: 'policy-locked', detail: { policyHash, policy: plain(policy), looksBefore } });
  }

  /** What the criteria come to. */
  judge(evaluation: Evaluation): readonly Finding[] {
    return findFindings(this.policy, evaluation);
  }

  /** Puts an act on record, one after the other. */
  record(note: AuditNote): Promise<void> {
    this.writing = this.writing.then(async () => {
      const at = writeMoment(this.bench.now());
      const log = await appendEntry(this.kept.log, { ...note, at }, digestText);
      this.change({ log });
    });
    return this.writing;
  }

  /** Answers when all that was put on record so far is in the log. */
  settle(): Promise<void> {
    return this.writing;
  }

  private get kept(): Governance {
    return this.project.record.governance;
  }

  private change(patch: Partial<Governance>): void {
    this.project.change({ governance: { ...this.kept, ...patch } });
  }
}

function plain(policy: Policy): AuditNote['detail'] {
  return JSON.parse(JSON.stringify(policy)) as AuditNote['detail'];
}

/** SHA-256 of a policy's canonical JSON. */
export function hashOf(policy: Policy): Promise<string> {
  return digestText(canonicalise(policy));
}
