import { fail, succeed, type Outcome } from '../../data/failure';
import { accountFindings } from '../../data/identifiers/account-findings';
import { encodeUtf8 } from '../../data/utf8';
import { attempt } from '../../platform/projects/failures';
import type { RunRecord } from '../../platform/projects/types';
import type { DossierInput } from '../../release/dossier-input';
import type { Members } from '../../release/package';
import { commitToSource, type Hmac, type SourceCommitment } from '../../release/source-commitment';
import { withholdFromRun } from '../../release/withhold';
import { describeSchema, writeRunJson } from './artefacts';
import type { Delivery } from './delivery.svelte';
import { listAnswers } from './identifier-answers';
import type { Journey } from './journey.svelte';
import { describeTreatments } from './release-treatments';
import { listOverrideMarks, markFileName } from './run-marks';

/** The synthetic records in both their forms, by which a dossier names them. */
export const RECORD_FILES = /^synthetic(?:-override)?\.(?:csv|parquet)$/;

/** What a package of a run is made of, but for what a person said and the log. */
export interface ReleaseMaterial extends Pick<
  DossierInput,
  'run' | 'schema' | 'treatments' | 'identifiers' | 'evaluation' | 'policy' | 'commitment'
> {
  /** Synthetic records and what describes them. */
  readonly data: Members;
}

/** Where the material comes from. */
export interface ReleaseGround {
  readonly journey: Journey;
  readonly delivery: Delivery;
  /** Opens the kept key under which this browser commits itself to sources. */
  readonly openHmac: () => Promise<Hmac>;
}

/**
 * Gathers the files of a package: the kept records and the same as Parquet, the dictionary, and run.json without rows
 * held out. Nothing of the source is among them but what run.json and the dictionary tell of its columns.
 */
export async function gatherMaterial(
  { journey, delivery, openHmac }: ReleaseGround,
  run: RunRecord,
): Promise<Outcome<ReleaseMaterial>> {
  const { governance, evaluation, source } = journey;
  const records = await drawRecords(journey, delivery, run);
  if (!records.ok) return records;
  const prepared = await source.prepareFor(run.basis);
  if (!prepared.ok) return prepared;
  const evidence = evaluation.keptFor(run);
  const dictionary = await delivery.makeDictionary(run, true);
  if (!dictionary.ok) return dictionary;
  const commitment = await commit(journey, openHmac);
  if (!commitment.ok) return commitment;
  const { written, files } = records.value;
  const account = await delivery.describeRun(run, written, [
    ...governance.findObstacles(run, evidence),
    ...governance.findUnstated(),
  ]);
  return succeed({
    data: new Map([
      ...files,
      ['data-dictionary.csv', encodeUtf8(dictionary.value.csv)],
      ['data-dictionary.md', encodeUtf8(dictionary.value.markdown)],
      ['run.json', encodeUtf8(writeRunJson(withholdFromRun(account, false, journey.record.name)))],
    ]),
    run: account,
    schema: describeSchema(run.basis.schema, prepared.value),
    treatments: describeTreatments(run.handlingLog),
    identifiers: accountIdentifiers(journey, run),
    evaluation: evidence,
    policy: governance.policy,
    commitment: commitment.value,
  });
}

/**
 * Identifier findings of the open source under the choices of a run; null where the source is not open as that run read
 * it.
 */
export function accountIdentifiers(
  { source, record }: Pick<Journey, 'source' | 'record'>,
  { basis }: RunRecord,
) {
  if (source.profile === null || !source.checkReading(basis).ok) return null;
  return accountFindings(
    source.profile.identifiers,
    basis.schema,
    basis.dialect?.generalise ?? [],
    listAnswers(record),
  );
}

/** The records that were judged, as the source was written and as Parquet. */
async function drawRecords(journey: Journey, delivery: Delivery, run: RunRecord) {
  if (run.synthetic === null)
    return fail(
      'option-invalid',
      'The records of this run are not drawn yet. Wait until they are, then build again.',
    );
  const { nRows, seed } = run.synthetic;
  const marks = listOverrideMarks(journey, run);
  const name = (wanted: string) => (marks.length === 0 ? wanted : markFileName(wanted));
  const order = { nRows, seed, wishes: null, marks };
  const csv = await delivery.makeRecords(run, { ...order, format: 'csv' });
  if (!csv.ok) return csv;
  const parquet = await delivery.makeRecords(run, { ...order, format: 'parquet' });
  if (!parquet.ok) return parquet;
  const files = await attempt('hold the records', async () => [
    [name('synthetic.csv'), await readBytes(csv.value.blob)] as const,
    [name('synthetic.parquet'), await readBytes(parquet.value.blob)] as const,
  ]);
  return files.ok ? succeed({ written: csv.value.written, files: files.value }) : files;
}

/** The commitment to the source file; null where the project does not hold it. */
async function commit(
  { source }: Journey,
  openHmac: ReleaseGround['openHmac'],
): Promise<Outcome<SourceCommitment | null>> {
  const file = await source.keptFile();
  if (!file.ok) return file;
  const { value } = file;
  if (value === null) return succeed(null);
  return attempt('commit itself to the source', async () =>
    commitToSource(await readBytes(value), await openHmac()),
  );
}

export async function readBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
