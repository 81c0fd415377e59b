import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { IdentifierFinding } from '../../src/data/identifiers/finding';
import type { IdentifierKind } from '../../src/data/identifiers/kinds';
import { createIngestService } from '../../workers/ingest-service';
import { LABELS, SPAN_LABELS } from './identifier-labels';

/** One labelled column and what the detector says of it. */
export interface JudgedColumn {
  /** `presidio`, or the folder of the table. */
  readonly set: string;
  readonly file: string;
  readonly column: string;
  readonly label: IdentifierKind | null;
  readonly found: IdentifierFinding | null;
  /** True for columns that may be looked at while the detector is changed. */
  readonly isTuning: boolean;
}

const shared = join(import.meta.dirname, '../../../shared');
const presidio = join(shared, 'fixtures/presidio/synth_dataset_v2.json.gz');

/** False where the tables beside the repository are absent. */
export const hasIdentifierTables = existsSync(presidio) && existsSync(join(shared, 'data/mimic3_demo'));

/**
 * FNV-1a over the name in lower case; odd = held out. By the name and not by file and name, so that no held-out column
 * has a namesake among those looked at.
 */
export function isTuningName(name: string): boolean {
  let hash = 0x811c9dc5;
  for (const char of name.toLowerCase())
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 16)) & 1) === 0;
}

/**
 * Every labelled column with its finding, read and inferred as the page does; one without a value holds no identifier.
 * Throws what failed to open.
 */
export async function judgeIdentifierColumns(): Promise<readonly JudgedColumn[]> {
  const judged: JudgedColumn[] = [];
  for (const [file, labels] of Object.entries(LABELS)) {
    const kindOf = new Map(
      Object.entries(labels).flatMap(([kind, names]) =>
        names.split(' ').map((name) => [name, kind as IdentifierKind] as const),
      ),
    );
    const { headers, empty, findings } = await findIn(readFileSync(join(shared, 'data', file)));
    const unknown = [...kindOf.keys()].filter((name) => !headers.includes(name));
    if (unknown.length > 0) throw new Error(`${file} has no column ${unknown.join(', ')}`);
    for (const column of headers) {
      const found = findings.find((finding) => finding.column === column) ?? null;
      const label = empty.has(column) ? null : (kindOf.get(column) ?? null);
      judged.push({
        set: file.split('/')[0] ?? '',
        file,
        column,
        label,
        found,
        isTuning: isTuningName(column),
      });
    }
  }
  return [...judged, ...(await judgeSpans())];
}

interface Sentence {
  readonly full_text: string;
  readonly spans: readonly { readonly entity_type: string; readonly entity_value: string }[];
}

/** A column for each type of span, under a header that says nothing, and one of the sentences. */
async function judgeSpans(): Promise<JudgedColumn[]> {
  const sentences = JSON.parse(gunzipSync(readFileSync(presidio)).toString('utf8')) as readonly Sentence[];
  const judged: JudgedColumn[] = [];
  for (const [type, label] of Object.entries(SPAN_LABELS)) {
    const values = sentences.flatMap(({ spans }) =>
      spans.flatMap(({ entity_type, entity_value }) => (entity_type === type ? [entity_value] : [])),
    );
    judged.push(await judgeValues(type, label, values));
  }
  const texts = sentences.map(({ full_text }) => full_text);
  return [...judged, await judgeValues('full_text', 'free-text', texts)];
}

async function judgeValues(
  name: string,
  label: IdentifierKind | null,
  values: readonly string[],
): Promise<JudgedColumn> {
  const rows = values.map((value, i) => JSON.stringify({ value, rank: i % 7 })).join('\n');
  const { findings } = await findIn(Buffer.from(rows));
  const found = findings.find(({ column }) => column === 'value') ?? null;
  return { set: 'presidio', file: 'presidio', column: name, label, found, isTuning: isTuningName(name) };
}

async function findIn(bytes: Buffer) {
  const service = createIngestService();
  const opened = await service.open(new Blob([new Uint8Array(bytes)]), {}, () => undefined);
  if (!opened.ok) throw new Error(opened.failure.message);
  const profile = await service.profile(opened.value.schema);
  if (!profile.ok) throw new Error(profile.failure.message);
  const empty = new Set(
    opened.value.schema.columns.filter(({ type }) => type === 'empty').map(({ name }) => name),
  );
  return { headers: opened.value.headers, empty, findings: profile.value.identifiers };
}
