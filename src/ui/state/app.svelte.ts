import { EvaluateClient } from '../../client/evaluate';
import { EvaluationCrew } from '../../client/evaluation';
import { IngestClient } from '../../client/ingest';
import { SynthesizeClient } from '../../client/synthesize';
import type { StartWorker } from '../../client/connection';
import { succeed, type Failure, type Outcome } from '../../data/failure';
import type { ProjectStore } from '../../platform/projects/store.types';
import type { ProjectOrigin, ProjectSummary, StorageReport } from '../../platform/projects/types';
import { newId } from './new-id';
import { Journey, newProject } from './journey.svelte';
import { OutsideState } from './outside-evaluation.svelte';
import { ComparedReader } from './read-compared';
import { ReviewState } from './review.svelte';
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
  readonly now: () => number;
  /** Milliseconds that only go up. */
  readonly elapsed: () => number;
  /** Remembers which project was open; null where nothing may be kept. */
  readonly lastProject: { get(): string | null; set(id: string | null): void };
}

/** The projects on this device and the one that is open. */
export class AppState {
  projects = $state.raw<readonly ProjectSummary[]>([]);
  journey = $state.raw<Journey | null>(null);
  saver: Saver;
  storage = $state.raw<StorageReport | null>(null);
  failure = $state.raw<Failure | null>(null);
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

  constructor(private readonly parts: AppParts) {
    this.durable = parts.durable;
    const newIngest = () => new IngestClient(parts.startWorker, parts.budgetBytes);
    this.outside = new OutsideState(
      new EvaluationCrew(parts.startWorker, parts.nThreads),
      new ComparedReader(newIngest),
      new EvaluateClient(parts.startWorker),
    );
    this.review = new ReviewState(newIngest, parts.now);
    this.saver = new Saver(parts.store, parts.durable);
  }

  async start(): Promise<void> {
    await this.refresh();
    const last = this.parts.lastProject.get();
    if (last !== null && this.projects.some((project) => project.id === last)) await this.open(last);
  }

  async refresh(): Promise<void> {
    const listed = await this.parts.store.list();
    if (listed.ok) this.projects = listed.value;
    else this.failure = listed.failure;
    this.storage = await this.parts.store.storage();
  }

  /** A new, empty project, opened. */
  async create(name: string, origin: ProjectOrigin): Promise<Outcome<Journey>> {
    const record = newProject(newId(), name, origin, this.parts.now());
    const put = await this.parts.store.put(record);
    if (!put.ok) return this.refuse(put.failure);
    if (this.durable) void this.parts.store.persist();
    return this.open(record.id);
  }

  /** Opens a project; `take-over` when a person wants it here although another tab has it. */
  async open(id: string, take: 'if-free' | 'take-over' = 'if-free'): Promise<Outcome<Journey>> {
    await this.close();
    const claim = await this.parts.store.claim(id, take);
    this.blocked = !claim.ok && claim.failure.code === 'project-locked' ? id : null;
    if (!claim.ok) return this.refuse(claim.failure);
    const record = await this.parts.store.get(id);
    if (!record.ok) {
      claim.value.release();
      return this.refuse(record.failure);
    }
    this.saver = new Saver(this.parts.store, this.durable);
    const journey = new Journey(record.value, this.bench(), this.saver, claim.value);
    this.journey = journey;
    this.failure = null;
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

  async eraseEverything(): Promise<Outcome<{ readonly left: readonly string[] }>> {
    await this.close();
    const outcome = await this.parts.store.eraseEverything();
    // Listing projects would make the database anew, so what is gone is not asked for.
    if (outcome.ok && outcome.value.left.length === 0) this.projects = [];
    else await this.refresh();
    this.storage = await this.parts.store.storage();
    return outcome;
  }

  exportProject(id: string, withSource: boolean): Promise<Outcome<Blob>> {
    return this.parts.store.exportProject(id, { withSource });
  }

  async importProject(file: Blob): Promise<Outcome<Journey>> {
    const outcome = await this.parts.store.importProject(file, newId(), this.parts.now());
    if (!outcome.ok) return this.refuse(outcome.failure);
    return this.open(outcome.value.id);
  }

  /** Asks the browser to keep what is stored; false when it declines. */
  async persist(): Promise<boolean> {
    const granted = await this.parts.store.persist();
    this.storage = await this.parts.store.storage();
    return granted;
  }

  /** The person has read what went wrong. */
  dismiss(): void {
    this.failure = null;
    this.blocked = null;
  }

  private bench() {
    const { store, startWorker, wasmUrls, nThreads, budgetBytes, now, elapsed } = this.parts;
    return {
      store,
      now,
      elapsed,
      ingest: new IngestClient(startWorker, budgetBytes),
      newIngest: () => new IngestClient(startWorker, budgetBytes),
      synthesize: new SynthesizeClient(startWorker, wasmUrls, nThreads),
      evaluate: new EvaluateClient(startWorker),
      evaluation: new EvaluationCrew(startWorker, nThreads),
    };
  }

  private refuse(failure: Failure): { ok: false; failure: Failure } {
    this.failure = failure;
    return { ok: false, failure };
  }
}
