import { fail, succeed, type Outcome } from '../../data/failure';
import type { Purpose } from '../../data/purpose';
import type { Evaluation } from '../../measure/evaluate';
import { digestText } from '../../platform/digest-text';
import type { Governance, RunRecord } from '../../platform/projects/types';
import type { AuditEntry } from '../../release/audit-log';
import { canonicalise } from '../../release/canonical-json';
import { findExportObstacles, findObstacles, type DrawnRecords } from '../../release/gate';
import { findFindings, type Finding } from '../../release/findings';
import { findPolicyProblems, type Policy } from '../../release/policy';
import { findNameProblems } from '../../release/policy-name';
import { isLookAtResults } from '../../release/policy-history';
import { presetPolicy } from '../../release/policy-presets';
import { findUnstated, tellUnstated } from '../../release/required-statements';
import type { Unmeetable } from '../../release/unmeetable';
import { noteFile, notePolicyFile, type AuditNote } from './audit-notes';
import { accountDirect } from './identifier-answers';
import { LogBook, type ToldAct } from './log-book';
import type { FileOrder } from './output.svelte';
import { mayShowResults } from './results-shown';
import type { ProjectAccess, Workbench } from './workbench';
import { writeMoment } from './write-moment';

/** How the records of a run stand to the purpose that was chosen. */
export interface ReleaseAccount {
  readonly purpose: Purpose;
  /** Name of the policy. */
  readonly policy: string;
  /** SHA-256 of its canonical JSON. */
  readonly policyHash: string;
  readonly lockedAt: string | null;
  /** Changes of the policy after its lock. */
  readonly nChanges: number;
  /** One for each criterion, `not-evaluated` where nothing was measured; null where the criteria were not locked. */
  readonly findings: readonly Finding[] | null;
  /** What stands in the way of the purpose. */
  readonly obstacles: readonly string[];
  /** Why the records were exported all the same, in a person's words; null where they were not. */
  readonly override: string | null;
}

/** Criteria that are fixed before results, and a log of what was done. */
export class GovernanceState {
  /** The criteria in force, or else those proposed for internal testing. */
  readonly policy = $derived.by<Policy>(() => this.kept.policy ?? presetPolicy('testing'));
  readonly lockedAt = $derived.by<number | null>(() => this.kept.lockedAt);
  /** False before a purpose was named. */
  readonly isChosen = $derived.by(() => this.kept.policy !== null);
  /** Whether figures of the holdout, and those that a criterion is about, may be seen. */
  readonly showsResults = $derived.by(() => mayShowResults(this.kept));
  readonly log = $derived.by<readonly AuditEntry[]>(() => this.kept.log);
  /** Changes of the policy after it was locked. */
  readonly nChanges = $derived.by(() => this.log.filter(({ act }) => act === 'policy-changed').length);
  readonly book: LogBook;

  constructor(
    private readonly bench: Pick<Workbench, 'now'>,
    private readonly project: ProjectAccess,
  ) {
    this.book = new LogBook({
      get log() {
        return project.record.governance.log;
      },
      setLog: (log) => this.change({ log }),
      now: bench.now,
    });
  }

  /**
   * Puts other criteria in force. After the lock it needs a reason, and is put on record with what there was before; criteria
   * out of a file are on record in any case.
   */
  async setPolicy(policy: Policy, reason: string, from: 'form' | 'file' = 'form'): Promise<Outcome<null>> {
    const problems = [...findPolicyProblems(policy), ...findNameProblems(policy)];
    if (problems.length > 0) return fail('option-invalid', problems.join('\n'));
    const taken = from === 'file' ? [notePolicyFile('import', policy)] : [];
    if (this.lockedAt !== null) {
      if (reason.trim() === '')
        return fail('option-invalid', 'Say why the criteria are changed after the lock: it stays on record.');
      const [before, after] = await Promise.all([hashOf(this.policy), hashOf(policy)]);
      if (before === after) return succeed(null);
      const detail = { before, hash: after, policy: plain(policy), reason };
      await this.enforce({ policy }, [...taken, { act: 'policy-changed', detail }]);
    } else await this.enforce({ policy }, taken);
    return succeed(null);
  }

  /**
   * Fixes the criteria, with time and hash, and with those that were known to be out of reach; they stay changeable, on
   * record.
   */
  async lock(unmeetable: readonly Unmeetable[] = []): Promise<void> {
    await this.settle();
    if (this.lockedAt !== null) return;
    const { policy } = this;
    const looksBefore = this.log.filter(isLookAtResults).length;
    await this.enforce({ policy, lockedAt: this.bench.now() }, [noteLock(policy, looksBefore, unmeetable)]);
  }

  /** Changes what is in force and puts it on record, with the reports that are seen whole from then on. */
  private async enforce(patch: Partial<Governance>, acts: readonly ToldAct[]): Promise<void> {
    const { showsResults } = this;
    const told = acts.map((act) => this.record(act));
    this.change(patch);
    if (!showsResults && this.showsResults) told.push(...this.noteReports());
    await Promise.all(told);
  }

  /** Puts on record that a file of the account of a run is taken out; to be done before it leaves. */
  noteFile(run: string, what: string, figures: Evaluation | null = null): Promise<Outcome<null>> {
    return this.recordSaved(noteFile(run, what, figures));
  }

  /** The same of the criteria as a file. */
  notePolicyFile(): Promise<Outcome<null>> {
    return this.recordSaved(notePolicyFile('export', this.policy));
  }

  /** From now on the reports that are there are seen whole. */
  private noteReports(): readonly Promise<void>[] {
    return this.project.record.runs
      .filter(({ evidence }) => evidence !== null)
      .map(({ id }) =>
        this.record({ act: 'look', detail: { run: id, at: 'quality report of the kept records' } }),
      );
  }

  /** What the criteria come to; nothing of what was not measured counts as met. */
  judge(run: RunRecord, evaluation: Evaluation | null): readonly Finding[] {
    return findFindings(this.policy, evaluation, accountDirect(this.project.record, run));
  }

  /** What criteria leave to be met before the records of a run may serve the purpose; nothing for internal testing. */
  findObstacles(run: RunRecord, evaluation: Evaluation | null): readonly string[] {
    const findings = evaluation === null ? null : this.judge(run, evaluation);
    return findObstacles(this.policy, this.lockedAt !== null, findings);
  }

  /** What the purpose needs a person to state and nobody has, as an obstacle; none where all is stated. */
  findUnstated(): readonly string[] {
    const { policy } = this;
    return tellUnstated(policy, findUnstated(policy.purpose, this.project.record.release.statements));
  }

  /** The same of records that leave without their package, where a sign-off of these very records counts too. */
  findExportObstacles(
    run: RunRecord,
    evaluation: Evaluation | null,
    signed: DrawnRecords | null,
    asked: DrawnRecords,
  ): readonly string[] {
    const inTheWay = [...this.findObstacles(run, evaluation), ...this.findUnstated()];
    return findExportObstacles(this.policy, inTheWay, signed, asked);
  }

  /**
   * How a run's records stand to the purpose, for its account; null where no purpose was ever chosen.
   *
   * @param obstacles in the way of the form in which they leave
   */
  async describeRelease(
    run: RunRecord,
    evaluation: Evaluation | null,
    obstacles: readonly string[],
  ): Promise<ReleaseAccount | null> {
    if (this.kept.policy === null) return null;
    const { policy, lockedAt, nChanges } = this;
    return {
      purpose: policy.purpose,
      policy: policy.name,
      policyHash: await hashOf(policy),
      lockedAt: lockedAt === null ? null : writeMoment(lockedAt),
      nChanges,
      findings: lockedAt === null ? null : this.judge(run, evaluation),
      obstacles,
      override: this.findOverride(run.id),
    };
  }

  /** Puts an export on record, with the purpose (null where nobody chose one), and before it why it was done in spite of obstacles. */
  async noteExport(
    run: string,
    file: FileOrder,
    obstacles: readonly string[],
    reason: string,
  ): Promise<Outcome<null>> {
    const { nRows, seed, format } = file;
    if (obstacles.length > 0) void this.noteOverride(run, obstacles, reason);
    const purpose = this.kept.policy?.purpose ?? null;
    return this.recordSaved({ act: 'export', detail: { run, nRows, seed, format, purpose, obstacles } });
  }

  /** Puts on record why something is done with the records of a run in spite of obstacles. */
  noteOverride(run: string, obstacles: readonly string[], reason: string): Promise<void> {
    return this.record({ act: 'override', detail: { run, obstacles, reason } });
  }

  /** The latest reason that was given for a run; null where none was. */
  findOverride(run: string): string | null {
    const entry = [...this.log]
      .reverse()
      .find(({ act, detail }) => act === 'override' && asRecord(detail)['run'] === run);
    const reason = entry === undefined ? null : asRecord(entry.detail)['reason'];
    return typeof reason === 'string' ? reason : null;
  }

  /** Puts an act on record, one after the other, in the order in which they are told. */
  record(told: ToldAct): Promise<void> {
    return this.book.tell(told);
  }

  /** Does something and puts it on record: what is saved holds both or neither. */
  act(told: ToldAct, apply: () => void): Promise<void> {
    const recorded = this.record(told);
    apply();
    return recorded;
  }

  /**
   * Puts on record what is about to leave, and answers when that is saved. Where the browser has no room left it leaves all
   * the same: a file may be what saves the work.
   */
  async recordSaved(told: ToldAct): Promise<Outcome<null>> {
    await this.record(told);
    const saved = await this.project.saved();
    return saved.ok || saved.failure.code === 'storage-full' ? succeed(null) : saved;
  }

  /** Answers when all that was put on record so far is in the log. */
  async settle(): Promise<void> {
    await this.book.whenSettled(() => Promise.resolve(succeed(null)));
  }

  private get kept(): Governance {
    return this.project.record.governance;
  }

  private change(patch: Partial<Governance>): void {
    this.project.change({ governance: { ...this.kept, ...patch } });
  }
}

function asRecord(detail: AuditNote['detail']): Readonly<Record<string, unknown>> {
  return typeof detail === 'object' && detail !== null ? (detail as Readonly<Record<string, unknown>>) : {};
}

function plain(policy: Policy): AuditNote['detail'] {
  return JSON.parse(JSON.stringify(policy)) as AuditNote['detail'];
}

async function noteLock(
  policy: Policy,
  looksBefore: number,
  unmeetable: readonly Unmeetable[],
): Promise<AuditNote> {
  const outOfReach = unmeetable.map(({ criterion, reason }) => ({ criterion, reason }));
  const detail = { hash: await hashOf(policy), policy: plain(policy), looksBefore, outOfReach };
  return { act: 'policy-locked', detail };
}

/** SHA-256 of a policy's canonical JSON. */
export function hashOf(policy: Policy): Promise<string> {
  return digestText(canonicalise(policy));
}
