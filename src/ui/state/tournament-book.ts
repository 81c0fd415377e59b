import type { ModelConfig, ModelId } from '../../models/synthesizer';
import type { RunRecord, TournamentEntry, TournamentRecord } from '../../platform/projects/types';
import type { ProjectAccess, Workbench } from './workbench';

/** The latest tournament of a project as it is kept, and the clock of its budget. */
export class TournamentBook {
  private beganAt = 0;
  private spentBefore = 0;

  constructor(
    private readonly bench: Pick<Workbench, 'elapsed'>,
    private readonly project: Pick<ProjectAccess, 'record' | 'change'>,
  ) {}

  get latest(): TournamentRecord | null {
    return this.project.record.tournaments.at(-1) ?? null;
  }

  get current(): TournamentRecord {
    if (this.latest === null) throw new RangeError('a tournament under way is in the record');
    return this.latest;
  }

  get entries(): readonly TournamentEntry[] {
    return this.current.entries;
  }

  get waiting(): readonly TournamentEntry[] {
    return this.entries.filter(({ outcome }) => outcome === 'waiting');
  }

  get runs(): readonly RunRecord[] {
    return this.project.record.runs;
  }

  /** The run of a model; null while it has none. */
  findRun(model: ModelId): RunRecord | null {
    const id = this.entries.find((entry) => entry.model === model)?.runId ?? null;
    return this.runs.find((run) => run.id === id) ?? null;
  }

  /** Time goes on from what was spent before. */
  beginClock(): void {
    this.spentBefore = this.current.spentMs;
    this.beganAt = this.bench.elapsed();
  }

  /** Milliseconds left of the budget; negative when it is overdrawn. */
  countLeft(): number {
    return this.current.budgetMs - this.countSpent();
  }

  patchEntry(model: ModelId, changes: Partial<TournamentEntry>): void {
    const entries = this.entries.map((entry) => (entry.model === model ? { ...entry, ...changes } : entry));
    this.patch({ entries });
  }

  /** Changes the latest tournament and keeps what is spent by now. */
  patch(changes: Partial<TournamentRecord>): void {
    const { id } = this.current;
    const spentMs = this.countSpent();
    const tournaments = this.project.record.tournaments.map((one) =>
      one.id === id ? { ...one, spentMs, ...changes } : one,
    );
    this.project.change({ tournaments });
  }

  private countSpent(): number {
    return this.spentBefore + this.bench.elapsed() - this.beganAt;
  }
}

/** A model whose turn has not come. */
export function newEntry(model: ModelId, config: ModelConfig): TournamentEntry {
  return {
    model,
    config,
    forecastMs: null,
    restMs: null,
    shareMs: null,
    runId: null,
    outcome: 'waiting',
    reason: '',
    spentMs: null,
  };
}
