import type { Failure } from '../../data/failure';
import {
  EMPTY_HISTORY,
  recordEdit,
  redoEdit,
  replayEdits,
  undoEdit,
  type EditHistory,
  type SchemaEdit,
} from '../../data/history';
import type { ProjectAccess } from './workbench';
import type { SourceState } from './source.svelte';

function readHistory(kept: unknown): EditHistory {
  return typeof kept === 'object' && kept !== null && 'edits' in kept && 'cursor' in kept
    ? (kept as EditHistory)
    : EMPTY_HISTORY;
}

function namesOf({ edits, cursor }: EditHistory): ReadonlySet<string> {
  return new Set(edits.slice(0, cursor).map((edit) => edit.column));
}

const NOT_OPEN: Failure = {
  code: 'file-unreadable',
  message:
    'The source table is not open, so a change cannot be checked against it. Open the file again in the Data step.',
};

/** A person's edits of the inferred schema: each is checked against the file before it counts, and can be undone. */
export class SchemaEditing {
  /** True while an edit is checked against the file. */
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** The edit that was refused, null when undo or redo was. */
  refused = $state.raw<SchemaEdit | null>(null);
  private readonly history = $derived.by<EditHistory>(() => readHistory(this.project.record.edits));
  readonly canUndo = $derived.by(() => this.history.cursor > 0);
  readonly canRedo = $derived.by(() => this.history.cursor < this.history.edits.length);
  readonly nEdits = $derived.by(() => this.history.cursor);
  /** Names of the columns that edits in force concern. */
  readonly edited = $derived.by<ReadonlySet<string>>(() => namesOf(this.history));
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly project: ProjectAccess,
    private readonly source: SourceState,
  ) {}

  /** Makes a change; answers when it is in force or refused. Changes are taken one after another. */
  edit(edit: SchemaEdit): Promise<void> {
    return this.queue(() => recordEdit(this.history, edit), edit);
  }

  undo(): Promise<void> {
    return this.queue(() => undoEdit(this.history));
  }

  redo(): Promise<void> {
    return this.queue(() => redoEdit(this.history));
  }

  /** The person has read why an edit was refused. */
  dismiss(): void {
    this.failure = null;
    this.refused = null;
  }

  private queue(next: () => EditHistory, edit: SchemaEdit | null = null): Promise<void> {
    this.turn = this.turn.then(() => this.apply(next(), edit));
    return this.turn;
  }

  private async apply(history: EditHistory, edit: SchemaEdit | null): Promise<void> {
    const inferred = this.source.opened?.schema;
    if (inferred === undefined) {
      this.refused = edit;
      this.failure = NOT_OPEN;
      return;
    }
    this.busy = true;
    const outcome = await this.source.adopt(replayEdits(inferred, history));
    this.busy = false;
    this.failure = outcome.ok ? null : outcome.failure;
    this.refused = outcome.ok ? null : edit;
    if (outcome.ok) this.project.change({ edits: history });
  }
}
