import { fail, succeed, type Failure, type Outcome } from '../../data/failure';
import { openOutputFile, type OutputFile } from '../../platform/download';
import { GrowingBlob } from '../../platform/growing-blob';
import type { KeptFile, RunRecord } from '../../platform/projects/types';
import { hasOverride } from '../../release/policy-history';
import { NO_PURPOSE, tellUse } from '../../release/tell-use';
import { describeRun, writeRunJson, writeSchemaJson, type RunJson, type RunSurroundings } from './artefacts';
import { writeDictionary, type DictionaryTexts } from './dictionary';
import { writeEvaluationJson } from './evaluation-account';
import { listAnswers } from './identifier-answers';
import type { Journey } from './journey.svelte';
import type { FileFacts, FileOrder } from './output.svelte';
import { tellWithheld, type ToldEvidence } from './results-shown';
import { listOverrideMarks, listRunMarks, markFileName } from './run-marks';
import { writeMoment } from './write-moment';

/** Most rows one file may have. */
export const MAX_ROWS = 1_000_000;

/** What the page adds to an account: which build, which browser, when, and where its files are kept. */
export interface DeliverySetting {
  readonly build: RunSurroundings['build'];
  readonly browser: string;
  readonly now: () => number;
  /** Path the app is served from, with its final slash. */
  readonly scope: string;
  /** True while the project is under a passphrase: nothing of it is then left in the browser's file system in clear. */
  readonly isProtected?: () => boolean;
  /** True where nobody looks on and locks criteria: an account then holds the quality report whole in any case. */
  readonly isUnattended?: boolean;
}

/** A synthetic file, written. */
export interface Written extends Omit<FileOrder, 'wishes'>, FileFacts {
  readonly nBytes: number;
}

/** Which records of a run are meant: how many, of which seed, and whether any wishes bear on them. */
export interface AskedRecords extends Pick<FileOrder, 'nRows' | 'seed'> {
  readonly wishes: FileOrder['wishes'] | FileFacts['wishes'];
}

/** Where a file goes. */
export interface Destination {
  readonly fileName: string;
  readonly how: 'download' | 'choose';
}

/** Files that leave the page: synthetic records of any length, and the account that goes with them. */
export class Delivery {
  /** What was written last, for the account; the kept file where nothing else was. */
  written = $state.raw<(Written & { readonly runId: string }) | null>(null);
  failure = $state.raw<Failure | null>(null);

  constructor(
    private readonly journey: Journey,
    private readonly setting: DeliverySetting,
  ) {}

  /**
   * Writes the records to a file and saves it. Same run and order: same bytes, so that the kept file serves where it is
   * the one that was asked for. Where criteria stand in the way of the purpose it takes a reason, which stays on record.
   */
  async saveRecords(
    run: RunRecord,
    order: FileOrder,
    to: Destination,
    reason = '',
  ): Promise<Outcome<Written>> {
    const obstacles = this.findObstacles(run, order);
    const isLacking = obstacles.length > 0 && reason.trim() === '';
    const given =
      obstacles.length === 0 ? null : { at: writeMoment(this.setting.now()), reason: reason.trim() };
    const marks = listOverrideMarks(this.journey, run, given);
    const fileName = this.nameRecords(run, order, to.fileName);
    const outcome = isLacking
      ? fail(
          'option-invalid',
          'Say why the records are exported although something stands in the way of their purpose: it stays on record.',
        )
      : await this.writeFile(run, { ...order, marks }, { ...to, fileName }, () =>
          this.journey.governance.noteExport(run.id, order, obstacles, reason.trim()),
        );
    this.failure = outcome.ok || outcome.failure.code === 'cancelled' ? null : outcome.failure;
    if (outcome.ok) this.written = { ...outcome.value, runId: run.id };
    return outcome;
  }

  /** What the file of those records is called: of records that leave in spite of obstacles its name says so. */
  nameRecords(run: RunRecord, asked: AskedRecords, wanted: string): string {
    const isMarked =
      hasOverride(this.journey.governance.log, run.id) || this.findObstacles(run, asked).length > 0;
    return isMarked ? markFileName(wanted) : wanted;
  }

  /**
   * What stands between plain records of a run and the purpose that was chosen.
   *
   * @param asked which records; null for the kept ones
   */
  findObstacles(run: RunRecord, asked: AskedRecords | null): readonly string[] {
    const { governance, evaluation, release } = this.journey;
    const kept = run.synthetic ?? { nRows: run.nTrain, seed: run.seed };
    const { nRows, seed, wishes } = asked ?? { ...kept, wishes: null };
    const signed = release.isSignedOff(run) ? { nRows: kept.nRows, seed: kept.seed, hasWishes: false } : null;
    return governance.findExportObstacles(run, evaluation.keptFor(run), signed, {
      nRows,
      seed,
      hasWishes: wishes !== null,
    });
  }

  /** The records as a Blob, nothing saved; for the command line. */
  async makeRecords(
    run: RunRecord,
    order: FileOrder,
  ): Promise<Outcome<{ readonly blob: Blob; readonly written: Written }>> {
    const kept = await this.findKept(run, order);
    if (kept !== null) return succeed({ blob: kept.blob, written: describeWritten(order, kept.blob, kept) });
    const growing = new GrowingBlob('');
    const outcome = await this.journey.output.write(run, order, (bytes) => {
      growing.push(bytes);
      return Promise.resolve(succeed(null));
    });
    if (!outcome.ok) return outcome;
    const blob = growing.finish();
    return succeed({ blob, written: describeWritten(order, blob, outcome.value) });
  }

  /** run.json of a run, for the given synthetic file, the one written last, or else the kept one. */
  async makeRunJson(run: RunRecord, output: Written | null = null): Promise<string> {
    const file = output ?? this.lastWritten(run);
    const account = await this.describeRun(run, file, this.findObstacles(run, file));
    return writeRunJson(account);
  }

  /** What run.json holds of a run, for that file, where those obstacles are in its way. */
  async describeRun(run: RunRecord, file: Written | null, obstacles: readonly string[]): Promise<RunJson> {
    const prepared = await this.journey.source.prepareFor(run.basis);
    const { build, browser, now } = this.setting;
    const { governance, evaluation, record } = this.journey;
    const { tournaments, runs } = record;
    const kept = evaluation.keptFor(run);
    return describeRun(
      { ...run, evidence: this.tellEvidence(run) },
      {
        title: record.name,
        build,
        browser,
        writtenAt: now(),
        prepared: prepared.ok ? prepared.value : null,
        whyNotPrepared: prepared.ok ? null : prepared.failure.message,
        output: file && pickOutput(file),
        evaluation: kept,
        answers: listAnswers(record),
        release: await governance.describeRelease(run, kept, obstacles),
        tournament: tournaments.find(({ id }) => id === run.tournament) ?? null,
        runs,
      },
    );
  }

  /** The quality report as it may be seen by now. */
  private tellEvidence({ evidence }: RunRecord): ToldEvidence | null {
    const { showsResults, policy } = this.journey.governance;
    const isWhole = showsResults || this.setting.isUnattended === true;
    return evidence === null || isWhole ? evidence : tellWithheld(evidence, policy);
  }

  /** schema.json of a run. Fails when the source it was trained on is no longer open. */
  async makeSchemaJson(run: RunRecord): Promise<Outcome<string>> {
    const prepared = await this.journey.source.prepareFor(run.basis);
    const marks = listOverrideMarks(this.journey, run);
    return prepared.ok ? succeed(writeSchemaJson(run.basis.schema, prepared.value, marks)) : prepared;
  }

  /**
   * The data dictionary of a run's files. Fails when the source it was trained on is no longer open.
   *
   * @param isPacked true for the one in a package, whose own signatures say what it is released for
   */
  async makeDictionary(run: RunRecord, isPacked = false): Promise<Outcome<DictionaryTexts>> {
    const { source } = this.journey;
    const use = isPacked ? [] : this.tellUse(run, this.lastWritten(run));
    const toRead = [...use, ...listRunMarks(this.journey, run).filter((mark) => !use.includes(mark))];
    const ofOverride = listOverrideMarks(this.journey, run);
    const words = { title: this.journey.record.name, toRead, ofOverride };
    const prepared = await source.prepareFor(run.basis);
    if (!prepared.ok) return prepared;
    const headers = source.opened?.writtenHeaders ?? [];
    const evaluation = this.journey.evaluation.keptFor(run);
    const { version } = this.setting.build;
    return succeed(writeDictionary(run, prepared.value, headers, version, evaluation, words));
  }

  /** What those records may be used for, and what stands in the way of it, a sentence each. */
  tellUse(run: RunRecord, asked: AskedRecords | null): readonly string[] {
    const { governance } = this.journey;
    if (!governance.isChosen) return [NO_PURPOSE];
    const { purpose, name: policy } = governance.policy;
    const obstacles = this.findObstacles(run, asked);
    const override = governance.findOverride(run.id);
    return [tellUse({ purpose, policy, obstacles, override }), ...obstacles];
  }

  /** evaluation.json of a run; null where it has not been evaluated. */
  makeEvaluationJson(run: RunRecord): string | null {
    const evaluation = this.journey.evaluation.keptFor(run);
    if (evaluation === null) return null;
    const isNamed = this.journey.governance.isChosen;
    const marks = isNamed ? listOverrideMarks(this.journey, run) : [NO_PURPOSE];
    return writeEvaluationJson(evaluation, { build: this.setting.build, run: run.id, notes: [], marks });
  }

  /** The file of a run that an account is about: the one written last, or else the kept one. */
  private lastWritten(run: RunRecord): Written | null {
    if (this.written?.runId === run.id) return this.written;
    return run.synthetic && { ...describeKept(run.synthetic), nBytes: run.synthetic.nBytes };
  }

  /** @param putOnRecord called when the file is there and has not left yet */
  private async writeFile(
    run: RunRecord,
    order: FileOrder,
    to: Destination,
    putOnRecord: () => Promise<Outcome<null>>,
  ): Promise<Outcome<Written>> {
    if (!Number.isInteger(order.nRows) || order.nRows < 1 || order.nRows > MAX_ROWS)
      return fail('option-invalid', `The number of rows must lie between 1 and ${MAX_ROWS}.`);
    const holds = to.how === 'download' && this.setting.isProtected?.() === true;
    const opened = await openOutputFile(to.fileName, this.setting.scope, holds ? 'hold' : to.how);
    if (!opened.ok) return opened;
    const file = opened.value;
    const filled = await this.fill(run, order, file);
    const noted = filled.ok ? await putOnRecord() : filled;
    if (!filled.ok || !noted.ok) {
      await file.discard();
      return filled.ok ? (noted as Outcome<never>) : filled;
    }
    const saved = await file.finish();
    return saved.ok ? succeed(describeWritten(order, saved.value, filled.value)) : saved;
  }

  private async fill(run: RunRecord, order: FileOrder, file: OutputFile): Promise<Outcome<FileFacts>> {
    const kept = await this.findKept(run, order);
    if (kept === null) return this.journey.output.write(run, order, (bytes) => file.write(bytes));
    const copied = await copyBlob(kept.blob, file);
    return copied.ok ? succeed(kept) : copied;
  }

  private async findKept(
    run: RunRecord,
    { nRows, seed, format, wishes }: FileOrder,
  ): Promise<(FileFacts & { readonly blob: Blob }) | null> {
    const { synthetic } = run;
    if (synthetic?.nRows !== nRows || synthetic.seed !== seed || format !== 'csv' || wishes !== null)
      return null;
    const blob = await this.journey.output.keptFile(run);
    return blob && { ...describeKept(synthetic), blob };
  }
}

/** Writes a Blob a piece at a time, so that it never stands in memory as a whole. */
async function copyBlob(blob: Blob, file: OutputFile): Promise<Outcome<null>> {
  for (let at = 0; at < blob.size; at += COPY_BYTES) {
    const piece = await blob.slice(at, at + COPY_BYTES).arrayBuffer();
    const written = await file.write(new Uint8Array(piece));
    if (!written.ok) return written;
  }
  return succeed(null);
}

const COPY_BYTES = 2 ** 22;

function describeKept({ nRows, seed, encoding = 'utf-8', notes = [] }: KeptFile): Omit<Written, 'nBytes'> {
  return { nRows, seed, format: 'csv', encoding, notes, wishes: null };
}

function describeWritten(
  { nRows, seed, format }: FileOrder,
  { size }: Blob,
  { encoding, notes, wishes }: FileFacts,
): Written {
  return { nRows, seed, format, nBytes: size, encoding, notes, wishes };
}

function pickOutput({
  nRows,
  seed,
  nBytes,
  format,
  encoding,
  notes,
  wishes,
}: Written): RunSurroundings['output'] {
  return { format, nRows, seed, nBytes, encoding, notes, wishes };
}
