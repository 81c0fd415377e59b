import { EvaluateClient } from '../../client/evaluate';
import { EvaluationCrew } from '../../client/evaluation';
import { IngestClient } from '../../client/ingest';
import { SynthesizeClient } from '../../client/synthesize';
import type { StartWorker } from '../../client/connection';
import { succeed, type Failure, type Outcome } from '../../data/failure';
import type { EraseReport } from '../../platform/projects/erase';
import type { ExportOptions, ProjectStore } from '../../platform/projects/store.types';
import type { ProjectOrigin, ProjectSummary, StorageReport } from '../../platform/projects/types';
import { nameProject } from './begin-project';
import { IdleLock } from './idle-lock.svelte';
import type { KeptText } from './kept-text';
import { newId } from './new-id';
import { Journey, newProject } from './journey.svelte';
import { OutsideState } from './outside-evaluation.svelte';
import { Protection, type LockReason } from './protection.svelte';
import { ComparedReader } from './read-compared';
import { ReviewState } from './review.svelte';
import { saveProjectFile } from './save-project-file';
import { Saver } from './saver.svelte';

/** What the page is given once the lock is on (or once it is clear that it cannot be). */
export interface AppParts {
  readonly store: ProjectStore;
  /** False when projects live only as long as the page. */
  readonly durable: boolean;
  readonly startWorker: StartWorker;
  readonly wasmUrls: Readonly<Record<string, string>>;
  /** Most bytes that the work on a table may take. */
  readonly budgetBytes: number;
  /** Workers that may fit one model together. */
  readonly nThreads: number;
  /** Workers that may share an evaluation while someone looks at the page. */
  readonly nEvaluators: number;
  readonly now: () => number;
  /** Milliseconds that only go up. */
  readonly elapsed: () => number;
  /** Version and hash of this page. */
  readonly build: string;
  /** Remembers which project was open; null where nothing may be kept. */
  readonly lastProject: KeptText;
  /** Minutes until an unused project is locked; null where nothing may be kept. */
  readonly idleMinutes: KeptText;
  /** Why the page was left the last time, for as long as the tab lives. */
  readonly lockNote: KeptText;
  /** Loads the page anew at its start. */
  readonly reload: () => void;
  /** Removes the files this page wrote for downloads from the browser's own storage. */
  readonly removeOutputs: () => Promise<void>;
}

/** What a passphrase is asked for. */
export type Asked =
  | { readonly of: 'project'; readonly id: string; readonly take: 'if-free' | 'take-over' }
  | { readonly of: 'file'; readonly file: Blob };

/** The projects on this device and the one that is open. */
export class AppState {
  projects = $state.raw<readonly ProjectSummary[]>([]);
  journey = $state.raw<Journey | null>(null);
  saver: Saver;
  storage = $state.raw<StorageReport | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Set while a passphrase is needed to go on. */
  asked = $state.raw<Asked | null>(null);
  /** Why the page begins anew: a project was locked. */
  lockedWhy = $state<LockReason | null>(null);
  readonly protection: Protection;
  readonly idle: IdleLock;
  /** Id of a project that could not be opened because another tab has it. */
  blocked = $state<string | null>(null);
  readonly durable: boolean;
  /** True while files from elsewhere are judged instead of a project being chosen. */
  judging = $state(false);
  /** True while a release package is checked instead of a project being chosen. */
  checking = $state(false);
  /** Verifies release packages, and signs them as their reviewer. */
  readonly review: ReviewState;
  /** Evaluates files that were made elsewhere. */
  readonly outside: OutsideState;

  private isWatched = true;

  constructor(private readonly parts: AppParts) {
    this.durable = parts.durable;
    const newIngest = () => new IngestClient(parts.startWorker, parts.budgetBytes);
    this.outside = new OutsideState(
      this.openCrew(),
      new ComparedReader(newIngest),
      new EvaluateClient(parts.startWorker),
    );
    this.review = new ReviewState(newIngest, parts.now);
    this.saver = new Saver(parts.store, parts.durable);
    this.protection = new Protection(parts.store, this);
    this.idle = new IdleLock(parts.idleMinutes, parts, {
      isOpen: () => this.protection.active && !this.protection.busy,
      isBusy: () => this.journey?.busy === true || this.journey?.source.status === 'reading',
      lock: () => void this.lock('idle'),
    });
  }

  async start(): Promise<void> {
    await this.refresh();
    const why = this.parts.lockNote.get();
    this.lockedWhy = why === 'idle' || why === 'asked' ? why : null;
    this.parts.lockNote.set(null);
    const last = this.parts.lastProject.get();
    if (last !== null && this.projects.some((project) => project.id === last)) await this.open(last);
  }

  async refresh(): Promise<void> {
    const listed = await this.parts.store.list();
    if (listed.ok) this.projects = listed.value;
    else this.failure = listed.failure;
    this.storage = await this.parts.store.storage();
  }

  /** A new, empty project, opened; under a name that says nothing of its source where none is given. */
  async create(name: string | null, origin: ProjectOrigin): Promise<Outcome<Journey>> {
    const now = this.parts.now();
    const title = name ?? nameProject({ now, taken: this.projects.map((project) => project.name) });
    const record = newProject(newId(), title, origin, now);
    const put = await this.parts.store.put(record);
    if (!put.ok) return this.refuse(put.failure);
    if (this.durable) void this.parts.store.persist();
    return this.open(record.id);
  }

  /** A new, empty project that is under a passphrase before anything is put into it. */
  async createProtected(passphrase: string): Promise<Outcome<null>> {
    const created = await this.create(null, 'file');
    const outcome = created.ok ? await this.protection.protect(passphrase) : created;
    if (!created.ok || outcome.ok) return outcome.ok ? succeed(null) : outcome;
    await this.close();
    return this.refuse(outcome.failure);
  }

  /** Opens a project, or asks for its passphrase; `take-over` when a person wants it here although another tab has it. */
  async open(id: string, take: 'if-free' | 'take-over' = 'if-free'): Promise<Outcome<Journey>> {
    await this.close();
    this.lockedWhy = null;
    const { store } = this.parts;
    const known = store.isUnlocked(id) ? null : await store.get(id);
    if (known?.ok === false && known.failure.code === 'passphrase-needed') {
      this.asked = { of: 'project', id, take };
      return known;
    }
    const claim = await store.claim(id, take);
    this.blocked = !claim.ok && claim.failure.code === 'project-locked' ? id : null;
    if (!claim.ok) return this.refuse(claim.failure);
    const record = await store.get(id);
    if (!record.ok) {
      claim.value.release();
      await store.lock(id);
      return this.refuse(record.failure);
    }
    this.saver = new Saver(this.parts.store, this.durable);
    const journey = new Journey(record.value, this.bench(), this.saver, claim.value);
    this.journey = journey;
    this.failure = null;
    this.protection.refresh();
    this.parts.lastProject.set(id);
    void journey.reopen();
    return succeed(journey);
  }

  /** Back to the list of projects. One that never got a table is not kept. */
  async close(): Promise<void> {
    if (this.journey === null) return;
    const { record, lost } = this.journey;
    await this.journey.close();
    this.journey = null;
    await this.parts.store.lock(record.id);
    this.protection.refresh();
    if (record.source === null && lost === null) await this.parts.store.erase(record.id);
    this.parts.lastProject.set(null);
    await this.refresh();
  }

  async rename(id: string, name: string): Promise<void> {
    if (this.journey?.record.id === id) return this.journey.change({ name });
    const claim = await this.parts.store.claim(id, 'if-free');
    if (!claim.ok) return void this.refuse(claim.failure);
    const record = await this.parts.store.get(id);
    const put = record.ok ? await this.parts.store.put({ ...record.value, name }) : record;
    claim.value.release();
    await this.refresh();
    if (!put.ok) this.refuse(put.failure);
  }

  async erase(id: string): Promise<Outcome<null>> {
    if (this.journey?.record.id === id) await this.close();
    const outcome = await this.parts.store.erase(id);
    await this.refresh();
    return outcome;
  }

  async eraseEverything(): Promise<Outcome<EraseReport>> {
    await this.close();
    const outcome = await this.parts.store.eraseEverything();
    // Listing projects would make the database anew, so what is gone is not asked for.
    if (outcome.ok && outcome.value.left.length === 0) this.projects = [];
    else await this.refresh();
    this.storage = await this.parts.store.storage();
    return outcome;
  }

  /** One project as a file, on record in its log. */
  exportProject(id: string, options: ExportOptions): Promise<Outcome<Blob>> {
    const { store, now } = this.parts;
    const journey = this.journey?.record.id === id ? this.journey : null;
    return saveProjectFile({ store, now, journey }, id, options);
  }

  /** Adds a project file and opens it; one under a passphrase is asked for that first. */
  async importProject(file: Blob, passphrase: string | null = null): Promise<Outcome<Journey>> {
    const options = { id: newId(), now: this.parts.now(), passphrase };
    const outcome = await this.parts.store.importProject(file, options);
    if (outcome.ok) return this.open(outcome.value.id);
    if (outcome.failure.code === 'passphrase-wrong') return outcome;
    this.asked = outcome.failure.code === 'passphrase-needed' ? { of: 'file', file } : null;
    return this.asked === null ? this.refuse(outcome.failure) : outcome;
  }

  /** Takes the passphrase that was asked for; a wrong one leaves the question open. */
  async answer(passphrase: string): Promise<Outcome<null>> {
    const { asked } = this;
    if (asked === null) return succeed(null);
    const outcome =
      asked.of === 'file'
        ? await this.importProject(asked.file, passphrase)
        : await this.parts.store.unlock(asked.id, passphrase);
    if (!outcome.ok && outcome.failure.code === 'passphrase-wrong') return outcome;
    this.asked = null;
    if (!outcome.ok) return this.refuse(outcome.failure);
    if (asked.of === 'project') await this.open(asked.id, asked.take);
    return succeed(null);
  }

  /** Nobody answers: the project stays locked, the file closed. */
  leaveAsked(): void {
    this.asked = null;
    this.parts.lastProject.set(null);
  }

  /** Locks the open project and begins the page anew; what stands in the way is shown. */
  async lock(reason: LockReason): Promise<void> {
    const outcome = await this.protection.lock(reason);
    if (!outcome.ok) this.refuse(outcome.failure);
  }

  removeOutputs(): Promise<void> {
    return this.parts.removeOutputs();
  }

  leave(reason: LockReason): void {
    this.parts.lockNote.set(reason);
    this.parts.reload();
  }

  /** Asks the browser to keep what is stored; false when it declines. */
  async persist(): Promise<boolean> {
    const granted = await this.parts.store.persist();
    this.storage = await this.parts.store.storage();
    return granted;
  }

  /** The person has read what went wrong. */
  dismiss(): void {
    if (this.blocked !== null) void this.parts.store.lock(this.blocked);
    this.failure = null;
    this.blocked = null;
  }

  /** Nobody looks at the page: evaluations take the core that is left to it as well. */
  takeAllCores(): void {
    this.isWatched = false;
  }

  private openCrew(): EvaluationCrew {
    const { startWorker, nThreads, nEvaluators } = this.parts;
    return new EvaluationCrew(startWorker, () => (this.isWatched ? nEvaluators : nThreads));
  }

  private bench() {
    const { store, startWorker, wasmUrls, nThreads, budgetBytes, now, elapsed, build } = this.parts;
    return {
      store,
      now,
      elapsed,
      build,
      ingest: new IngestClient(startWorker, budgetBytes),
      newIngest: () => new IngestClient(startWorker, budgetBytes),
      synthesize: new SynthesizeClient(startWorker, wasmUrls, nThreads),
      evaluate: new EvaluateClient(startWorker),
      evaluation: this.openCrew(),
    };
  }

  private refuse(failure: Failure): { ok: false; failure: Failure } {
    this.failure = failure;
    return { ok: false, failure };
  }
}
