import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import type { Edit, SchemaEdit } from '../../data/edits/edit';
import { makeEditsFile, readEditsFile } from '../../data/edits/edits-file';
import { findIdle, type IdleReason } from '../../data/edits/find-idle';
import { foldDialect } from '../../data/edits/fold';
import {
  EMPTY_HISTORY,
  findRedone,
  findUndone,
  listInForce,
  recordEdits,
  redoEdit,
  undoEdit,
  type EditHistory,
} from '../../data/edits/history';
import type { IdentifierFinding } from '../../data/identifiers/finding';
import { isSameValue } from '../../data/same-value';
import { noteEditsFile, type AuditNote } from './audit-notes';
import type { ProjectAccess } from './workbench';
import { writeJson } from './write-json';
import type { SourceState } from './source.svelte';

/** What was done to the history last, for the words on the screen. */
export interface EditNews {
  readonly act: 'made' | 'undone' | 'redone' | 'applied';
  /** Edits concerned, in order. */
  readonly edits: readonly Edit[];
}

const NOT_OPEN: Failure = {
  code: 'file-unreadable',
  message:
    'The source table is not open, so a change cannot be checked against it. Open the file again in the Data step.',
};
const NO_EDITS: Failure = {
  code: 'option-invalid',
  message: 'This file holds no edits: nothing had been changed when it was written.',
};
const RUN_UNDER_WAY: Failure = {
  code: 'option-invalid',
  message:
    'A run is under way and still needs the table as it was read. Change how it is read when the run has ended.',
};

/**
 * Every choice between the file and training as one ordered history: how it is read, the schema, handling and split.
 * Each edit is checked against the file before it counts; one that is refused leaves everything as it was.
 */
export class Editing {
  /** True while an edit is checked against the file. */
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** The edit that was refused, null when undo, redo or a list of edits was. */
  refused = $state.raw<Edit | null>(null);
  news = $state.raw<EditNews | null>(null);
  readonly history = $derived.by<EditHistory>(() => this.project.record.edits ?? EMPTY_HISTORY);
  readonly inForce = $derived.by(() => listInForce(this.history));
  /** What undo would take back, and redo bring back; null when there is nothing. */
  readonly undone = $derived.by(() => findUndone(this.history));
  readonly redone = $derived.by(() => findRedone(this.history));
  /** Why edits in force have no effect, by their place; null where they have. */
  readonly idle = $derived.by<readonly (IdleReason | null)[]>(() => {
    const { schema } = this.project.record;
    return schema === null ? [] : findIdle(this.inForce, schema);
  });
  /** Names of the columns that edits in force concern. */
  readonly edited = $derived.by<ReadonlySet<string>>(() => namesOf(this.inForce));
  /** Identifier findings as they were when the edit under way was asked for; none where none is. */
  findings: readonly IdentifierFinding[] = [];
  /** That the edits under way came in as a file, to go on record with them; null where they did not. */
  arrival: AuditNote | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  /**
   * @param isRunning true while a run still needs the table as it was read
   * @param putOnRecord puts on record what is about to leave
   */
  constructor(
    private readonly project: ProjectAccess,
    private readonly source: SourceState,
    private readonly isRunning: () => boolean,
    private readonly putOnRecord: (note: AuditNote) => Promise<Outcome<null>>,
  ) {}

  /** Makes a change; answers when it is in force or refused. Changes are taken one after another. */
  edit(edit: Edit): Promise<Outcome<null>> {
    return this.queue({ act: 'made', edits: [edit] }, (history) => recordEdits(history, [edit]));
  }

  editColumn(edit: SchemaEdit): Promise<Outcome<null>> {
    return this.edit({ of: 'schema', ...edit });
  }

  /** Reads a column as dates of a pattern: type and pattern together, or neither. */
  readAsDates(column: string, pattern: string): Promise<Outcome<null>> {
    const edits: readonly Edit[] = [
      { of: 'schema', column, set: 'type', value: 'datetime' },
      { of: 'schema', column, set: 'format', value: pattern },
    ];
    return this.queue({ act: 'made', edits }, (history) => recordEdits(history, edits));
  }

  undo(): Promise<Outcome<null>> {
    return this.queue({ act: 'undone', edits: [] }, undoEdit);
  }

  redo(): Promise<Outcome<null>> {
    return this.queue({ act: 'redone', edits: [] }, redoEdit);
  }

  /** Adds edits that were made elsewhere; those that do not fit this table stay in the list without effect. */
  apply(edits: readonly Edit[]): Promise<Outcome<null>> {
    return this.queue({ act: 'applied', edits }, (history) => recordEdits(history, edits));
  }

  /** The same for the text of a file of edits or of a run.json. */
  async applyText(text: string): Promise<Outcome<null>> {
    const edits = readEditsFile(text);
    if (edits.ok && edits.value.length > 0) {
      const arrival = noteEditsFile('import', edits.value.length);
      const news = { act: 'applied', edits: edits.value } as const;
      return this.queue(news, (history) => recordEdits(history, edits.value), arrival);
    }
    if (edits.ok) return this.refuse(NO_EDITS, null);
    return this.refuse(edits.failure, null);
  }

  /** The edits in force as the text of a file. */
  writeFile(): string {
    return `${writeJson(makeEditsFile(this.inForce))}\n`;
  }

  /** Puts on record that they leave as a file. */
  async noteFile(): Promise<Outcome<null>> {
    const noted = await this.putOnRecord(noteEditsFile('export', this.inForce.length));
    return noted.ok ? noted : this.refuse(noted.failure, null);
  }

  /** The person has read why an edit was refused. */
  dismiss(): void {
    this.failure = null;
    this.refused = null;
  }

  private queue(
    news: EditNews,
    next: (history: EditHistory) => EditHistory,
    arrival: AuditNote | null = null,
  ): Promise<Outcome<null>> {
    const done = this.turn.then(() => this.take(news, next, arrival));
    this.turn = done;
    return done;
  }

  private async take(
    news: EditNews,
    next: (history: EditHistory) => EditHistory,
    arrival: AuditNote | null,
  ): Promise<Outcome<null>> {
    const before = this.history;
    const after = next(before);
    if (isSameValue(before, after)) return succeed(null);
    const made = news.act === 'made' ? (news.edits[0] ?? null) : null;
    if (this.source.opened === null) return this.refuse(NOT_OPEN, made);
    this.dismiss();
    this.busy = true;
    this.findings = this.source.profile?.identifiers ?? [];
    this.arrival = arrival;
    const outcome = await this.enforce(after, made);
    this.arrival = null;
    this.findings = [];
    this.busy = false;
    if (!outcome.ok) return this.refuse(outcome.failure, made);
    if (this.history !== before) this.news = { ...news, edits: describeStep(news, before) };
    return outcome;
  }

  private enforce(after: EditHistory, made: Edit | null): Promise<Outcome<null>> {
    const isReadAlike = isSameValue(foldDialect(listInForce(after)), this.project.record.dialect);
    if (isReadAlike) return this.source.enforce(after, made);
    if (this.isRunning()) return Promise.resolve({ ok: false, failure: RUN_UNDER_WAY });
    return this.source.readAgain(after);
  }

  /** A reading that a person stopped is no failure, and one that did not work is told by the source itself. */
  private refuse(failure: Failure, made: Edit | null): { ok: false; failure: Failure } {
    const isTold = failure.code === 'cancelled' || failure === this.source.failure;
    this.failure = isTold ? null : failure;
    this.refused = isTold ? null : made;
    return fail(failure.code, failure.message, failure.detail);
  }
}

function namesOf(edits: readonly Edit[]): ReadonlySet<string> {
  return new Set(edits.flatMap((edit) => (edit.of === 'schema' ? [edit.column] : [])));
}

/** The edits that undo or redo concerned, else those of the news. */
function describeStep(news: EditNews, before: EditHistory): readonly Edit[] {
  const edit = news.act === 'undone' ? findUndone(before) : news.act === 'redone' ? findRedone(before) : null;
  return edit === null ? news.edits : [edit];
}
