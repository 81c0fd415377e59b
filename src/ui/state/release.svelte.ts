import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { BuiltPackage, PackageBasis, Release, RunRecord } from '../../platform/projects/types';
import { attempt } from '../../platform/projects/failures';
import { verifySignature } from '../../platform/signing';
import { headOf } from '../../release/audit-log';
import { checkAnswer, findSharedRole, listOtherFiles, type CheckedAnswer } from '../../release/check-answer';
import { MEMBER, type Members } from '../../release/package';
import {
  findStatementProblems,
  isSigned,
  signStatement,
  writeStatement,
  type Signer,
  type SignOff,
  type SignOffStatement,
} from '../../release/sign-off';
import type { StatementId } from '../../release/statements';
import { listRoles } from '../../release/policy';
import { findTwoPersonProblems } from '../../release/two-person';
import type { EvaluationState } from './evaluation.svelte';
import type { GovernanceState } from './governance.svelte';
import { readAnswer } from './release-answer';
import type { ReleaseMaterial } from './release-files';
import { isOverridden, noteHandOut, noteSignOff } from './release-notes';
import {
  buildPackage,
  readKeptFiles,
  refuseRelease,
  writePackage,
  type UnsignedPackage,
} from './release-package';
import { listHurdles, type Hurdle } from './release-standing';
import { listStale } from './release-stale';
import type { ProjectAccess, Workbench } from './workbench';
import { writeMoment } from './write-moment';

/** What a person says when they sign. */
export type Said = Pick<SignOffStatement, 'role' | 'name' | 'decision' | 'reason'>;

/** What came of an answer that was taken. */
export interface TakenAnswer extends CheckedAnswer {
  /** The run it was taken for. */
  readonly run: string;
  /** How many of the added sign-offs keys of this very browser made. */
  readonly nOwn: number;
}

/** The way of a run's records out of the project: dossier, package, signatures. */
export class ReleaseState {
  /** What is being done; null for nothing. */
  doing = $state<'build' | 'sign' | 'check' | 'write' | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What came of the answer that was taken last. */
  answer = $state.raw<TakenAnswer | null>(null);
  readonly busy = $derived(this.doing !== null);
  readonly statements = $derived.by(() => this.kept.statements);
  /** Signatures over the kept package of run `of` that hold. */
  private valid = $state.raw<{ readonly of: string; readonly signOffs: readonly SignOff[] } | null>(null);

  constructor(
    private readonly bench: Pick<Workbench, 'now' | 'store'>,
    private readonly project: ProjectAccess,
    private readonly governance: GovernanceState,
    private readonly evaluation: EvaluationState,
  ) {}

  /** Keeps what a person states; blank text takes it back. */
  state(id: StatementId, text: string): void {
    const { [id]: before = '', ...others } = this.statements;
    if (before === text) return;
    this.change({ statements: text.trim() === '' ? others : { ...others, [id]: text } });
  }

  /** The package that was built of a run, however old; null where there is none. */
  packageOf(run: RunRecord): BuiltPackage | null {
    return this.kept.packages.find((built) => built.run === run.id) ?? null;
  }

  /** Why the package of a run is no longer what the project would make, a few words each. */
  listStale(run: RunRecord): readonly string[] {
    const built = this.packageOf(run);
    return built === null ? [] : listStale(built, this.governance.log, this.describeBasis());
  }

  listHurdles(run: RunRecord): readonly Hurdle[] {
    return listHurdles(run, this.governance, this.evaluation);
  }

  /** True once it is known which signatures of a run hold. */
  isChecked(run: RunRecord): boolean {
    return this.valid?.of === run.id;
  }

  /** Signatures over the present package of a run that hold; none once it is stale. */
  signOffsOf(run: RunRecord): readonly SignOff[] {
    if (this.valid?.of !== run.id || this.listStale(run).length > 0) return [];
    return this.valid.signOffs;
  }

  /** What the two-person rule still asks for. */
  findMissing(run: RunRecord): readonly string[] {
    return findTwoPersonProblems(this.signOffsOf(run), listRoles(this.governance.policy));
  }

  /** True where an author and a reviewer approved what the project would release now. */
  isSignedOff(run: RunRecord): boolean {
    return this.packageOf(run) !== null && this.findMissing(run).length === 0;
  }

  /** Looks which of the signatures that were kept with a run hold. */
  async reopen(run: RunRecord): Promise<void> {
    this.valid = null;
    this.failure = null;
    const built = this.packageOf(run);
    const holding: SignOff[] = [];
    for (const signOff of built?.signOffs ?? [])
      if (
        listOtherFiles(signOff, built?.files ?? []).length === 0 &&
        (await isSigned(signOff, verifySignature))
      )
        holding.push(signOff);
    this.valid = { of: run.id, signOffs: holding };
  }

  /**
   * Builds the package of a run and keeps it; signatures over the one before fall away. What stands in the way of the
   * purpose takes a reason, which goes on record and into every text of the package.
   */
  build(
    run: RunRecord,
    gather: () => Promise<Outcome<ReleaseMaterial>>,
    reason: string,
  ): Promise<Outcome<BuiltPackage>> {
    return this.work('build', async () => {
      const cleared = await this.clear(run, reason.trim());
      if (!cleared.ok) return cleared;
      const made = await this.make(gather);
      if (!made.ok) return made;
      const { blob, ...rest } = made.value;
      const built = { ...rest, run: run.id, builtAt: this.bench.now(), signOffs: [], releasedAt: null };
      const packages = [...this.kept.packages.filter((each) => each.run !== run.id), built];
      const release = { ...this.kept, packages };
      const kept = await this.project.keep({ release }, { [`release/${run.id}`]: blob });
      if (!kept.ok) return kept;
      this.valid = { of: run.id, signOffs: [] };
      this.answer = null;
      return succeed(built);
    });
  }

  /** A package as it would be built now, whatever stands in its way; nothing is kept. */
  async make(
    gather: () => Promise<Outcome<ReleaseMaterial>>,
  ): Promise<Outcome<UnsignedPackage & Pick<BuiltPackage, 'log' | 'basis'>>> {
    const material = await gather();
    if (!material.ok) return material;
    await this.governance.settle();
    const { log } = this.governance;
    const basis = this.describeBasis();
    const writtenAt = writeMoment(this.bench.now());
    const made = await buildPackage(material.value, { ...basis, writtenAt }, log);
    return made.ok ? succeed({ ...made.value, basis, log: headOf(log) ?? NO_HEAD }) : made;
  }

  /** Signs the package of a run. */
  sign(run: RunRecord, said: Said, signer: Signer): Promise<Outcome<SignOff>> {
    return this.work('sign', async () => {
      const present = await this.findPresent(run);
      if (!present.ok) return present;
      const at = writeMoment(this.bench.now());
      const head = headOf(this.governance.log) ?? NO_HEAD;
      const statement = writeStatement({ ...said, at }, present.value.files, head);
      const { publicKey } = signer;
      const shared = findSharedRole({ publicKey, statement }, this.signOffsOf(run), 'This sign-off');
      const [problem = shared] = findStatementProblems(statement);
      if (problem !== null) return fail('option-invalid', problem);
      const signed = await attempt('sign', () => signStatement(statement, signer));
      if (signed.ok) await this.add(run, signed.value, 'here');
      return signed;
    });
  }

  /**
   * Takes sign-offs that another device made: adds those that belong here, and says of each other why it does not.
   *
   * @param own public keys that this browser keeps; what they signed is put on record as made here
   */
  takeAnswer(run: RunRecord, file: Blob, own: readonly string[] = []): Promise<Outcome<CheckedAnswer>> {
    return this.work('check', async () => {
      this.answer = null;
      const present = await this.findPresent(run);
      if (!present.ok) return present;
      const given = await readAnswer(file);
      if (!given.ok) return given;
      const ground = { files: present.value.files, log: this.governance.log, known: this.signOffsOf(run) };
      const checked = await checkAnswer(given.value, ground, verifySignature);
      const isOwn = ({ publicKey }: SignOff) => own.includes(publicKey);
      for (const signOff of checked.added)
        await this.add(run, signOff, isOwn(signOff) ? 'here' : 'elsewhere');
      this.answer = { ...checked, run: run.id, nOwn: checked.added.filter(isOwn).length };
      return succeed(checked);
    });
  }

  /** The package as it stands, for whoever is to review it. */
  writeForReview(run: RunRecord): Promise<Outcome<Blob>> {
    return this.work('write', async () => {
      const written = await this.write(run, 'review package');
      return written.ok ? succeed(written.value.blob) : written;
    });
  }

  /** The signed package, verified as its recipient would; fails with what is wrong where that finds anything. */
  writeRelease(run: RunRecord): Promise<Outcome<Blob>> {
    return this.work('write', async () => {
      const missing = this.findMissing(run);
      if (missing.length > 0) return fail('option-invalid', missing.join('\n'));
      const tried = await this.tryWriting(run);
      const written = tried.ok ? await this.write(run, 'release package') : tried;
      if (!written.ok) return written;
      const { blob, verification } = written.value;
      return verification.isReleasable ? succeed(blob) : refuseRelease(verification.problems);
    });
  }

  /** One file of the kept package, to be looked at; null where the package has none of that name. */
  async readFile(run: RunRecord, name: string): Promise<Outcome<Blob | null>> {
    const files = await this.readFiles(run);
    if (!files.ok) return files;
    const bytes = files.value.get(name);
    return succeed(bytes === undefined ? null : new Blob([bytes]));
  }

  /** The dossier as a file for itself. */
  async writeDossier(run: RunRecord): Promise<Outcome<Blob>> {
    return this.work('write', async () => {
      const present = await this.findPresent(run);
      if (!present.ok) return present;
      const file = await this.readFile(run, MEMBER.dossierHtml);
      if (!file.ok) return file;
      if (file.value === null) return fail('option-invalid', NOTHING_BUILT);
      const note = noteHandOut(present.value, 'dossier', this.signOffsOf(run).length);
      const noted = await this.governance.recordSaved(note);
      return noted.ok ? succeed(file.value.slice(0, file.value.size, 'text/html')) : noted;
    });
  }

  /** Nothing is put on record of a package that would not pass. */
  private async tryWriting(run: RunRecord): Promise<Outcome<null>> {
    const files = await this.readFiles(run);
    if (!files.ok) return files;
    const tried = await writePackage(files.value, this.governance.log, this.signOffsOf(run));
    if (!tried.ok) return tried;
    const { isReleasable, problems } = tried.value.verification;
    return isReleasable ? succeed(null) : refuseRelease(problems);
  }

  private async write(run: RunRecord, what: 'review package' | 'release package') {
    const present = await this.findPresent(run);
    if (!present.ok) return present;
    const files = await this.readFiles(run);
    if (!files.ok) return files;
    const signOffs = this.signOffsOf(run);
    const noted = this.governance.recordSaved(noteHandOut(present.value, what, signOffs.length));
    if (what === 'release package') this.patchPackage(run, { releasedAt: this.bench.now() });
    const saved = await noted;
    return saved.ok ? writePackage(files.value, this.governance.log, signOffs) : saved;
  }

  /** Puts an override on record where one is needed and not there yet. */
  private async clear(run: RunRecord, reason: string): Promise<Outcome<null>> {
    const hurdles = this.listHurdles(run);
    const blocking = hurdles.filter(({ kind }) => kind === 'blocks').map(({ sentence }) => sentence);
    if (blocking.length > 0) return fail('option-invalid', blocking.join('\n'));
    const obstacles = hurdles.filter(({ kind }) => kind === 'override').map(({ sentence }) => sentence);
    if (obstacles.length === 0) return succeed(null);
    if (reason === '') return fail('option-invalid', NEEDS_REASON);
    if (!isOverridden(this.governance.log, { run: run.id, obstacles, reason }))
      await this.governance.noteOverride(run.id, obstacles, reason);
    return succeed(null);
  }

  private async findPresent(run: RunRecord): Promise<Outcome<BuiltPackage>> {
    await this.governance.settle();
    const built = this.packageOf(run);
    if (built === null) return fail('option-invalid', NOTHING_BUILT);
    const stale = this.listStale(run);
    return stale.length === 0
      ? succeed(built)
      : fail('option-invalid', `Since the package was built, ${stale.join(', and ')}. Build it again first.`);
  }

  private async readFiles(run: RunRecord): Promise<Outcome<Members>> {
    const built = this.packageOf(run);
    const part = await this.bench.store.getPart(this.project.record.id, `release/${run.id}`);
    if (!part.ok) return part;
    if (built === null || !(part.value instanceof Blob)) return fail('option-invalid', NOTHING_BUILT);
    return readKeptFiles(part.value, built.files);
  }

  private async add(run: RunRecord, signOff: SignOff, made: 'here' | 'elsewhere'): Promise<void> {
    const built = this.packageOf(run);
    if (built === null) return;
    const signOffs = [...this.signOffsOf(run), signOff];
    await this.governance.act(noteSignOff(built, signOff, made), () => {
      this.patchPackage(run, { signOffs });
      this.valid = { of: run.id, signOffs };
    });
  }

  private patchPackage(run: RunRecord, patch: Partial<BuiltPackage>): void {
    const packages = this.kept.packages.map((each) => (each.run === run.id ? { ...each, ...patch } : each));
    this.change({ packages });
  }

  private describeBasis(): PackageBasis {
    const { statements } = this;
    const evaluatedAt = this.evaluation.facts?.at ?? null;
    return { title: this.project.record.name, statements, evaluatedAt };
  }

  private async work<T>(
    doing: NonNullable<ReleaseState['doing']>,
    act: () => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (this.busy) return fail('option-invalid', 'The package is at work already. Wait until that is done.');
    this.failure = null;
    this.doing = doing;
    try {
      const outcome = await act();
      this.failure = outcome.ok ? null : outcome.failure;
      return outcome;
    } finally {
      this.doing = null;
    }
  }

  private get kept(): Release {
    return this.project.record.release;
  }

  private change(patch: Partial<Release>): void {
    this.project.change({ release: { ...this.kept, ...patch } });
  }
}

const NO_HEAD = { length: 0, hash: '' };
const NOTHING_BUILT = 'No package has been built of this run yet. Build one first.';
const NEEDS_REASON =
  'Say why the package is built although something stands in its way: it stays on record and in the package.';
