import type { DialectChoice, ReadNotice, SourceFormat } from '../../../src/api/ingest';
import type { Reasoned } from '../../../src/data/dialect';
import { refuse } from '../../../src/data/failure';
import { findTables, type FoundTable } from '../../../src/data/json/find-tables';
import { KeyedTableBuilder } from '../../../src/data/json/keyed-table-builder';
import {
  cellOfJson,
  isJsonArray,
  isJsonObject,
  isJsonScalar,
  parseJson,
  type JsonObject,
  type JsonValue,
} from '../../../src/data/json/parse-json';
import { NO_SIZE, type TableSize } from '../../../src/data/memory-need';
import type { SplitMode, ValueText } from '../../../src/data/json/split-values';
import type { RawTable } from '../../../src/data/raw-column';
import { emptyFile } from '../failures';
import { listNames } from '../name-list';
import { RowTable } from '../row-table';
import { ValueError } from './explain-json';

export interface JsonReading {
  readonly table: RawTable;
  readonly notices: readonly ReadNotice[];
  readonly format: Reasoned<SourceFormat>;
  readonly part: Reasoned<string | null>;
  readonly parts: readonly string[];
  readonly header: Reasoned<boolean>;
}

const NAMED: Reasoned<boolean> = { value: true, reason: 'The keys of the records name the columns.' };
const ONE_TABLE: Reasoned<string | null> = { value: null, reason: 'The file is one table.' };

/** JSON values in, a table out: records by key, or rows of cells. */
export class JsonTable {
  /** Values taken so far. */
  nValues = 0;
  private records: KeyedTableBuilder | null = null;
  /** Records found, taken or not. */
  private nRecords = 0;
  private rows: RowTable | null = null;
  /** The first value of a text that may hold no other: a record, or an object with the table somewhere inside. */
  private single: JsonObject | null = null;
  private readonly notices: ReadNotice[] = [];
  private isNestedRow = false;

  constructor(
    private readonly mode: SplitMode,
    private readonly choice: DialectChoice,
  ) {}

  get nRows(): number {
    return this.records?.nRows ?? this.rows?.nRows ?? 0;
  }

  /** Throws ValueError. */
  push({ text, line }: ValueText): void {
    const value = parse(text, line);
    if (this.mode === 'roots' && this.nValues === 0 && isJsonObject(value)) this.single = value;
    else {
      if (this.single !== null) this.pushRecord(this.single, line);
      this.single = null;
      if (isJsonObject(value)) this.pushRecord(value, line);
      else if (isJsonArray(value)) this.pushRow(value, line);
      else throw new ValueError('no-record', line);
    }
    this.nValues++;
  }

  finish(): JsonReading {
    if (this.single !== null) return this.finishSingle(this.single);
    if (this.mode === 'elements') {
      const format = { value: 'json', reason: 'The text is one JSON array.' } as const;
      return this.build(format, ONE_TABLE, []);
    }
    const format = { value: 'ndjson', reason: 'The text is one JSON value a line.' } as const;
    return this.build(format, ONE_TABLE, []);
  }

  size(): TableSize {
    return this.records?.size() ?? this.rows?.size() ?? NO_SIZE;
  }

  private pushRecord(record: JsonObject, line: number): void {
    if (this.rows !== null) throw new ValueError('mixed', line);
    this.records ??= new KeyedTableBuilder();
    if (this.nRecords++ % (this.choice.everyNthRow ?? 1) === 0) this.records.push(record);
  }

  private pushRow(row: readonly JsonValue[], line: number): void {
    if (this.records !== null) throw new ValueError('mixed', line);
    this.rows ??= new RowTable(this.choice);
    this.rows.push(row.map(cellOfJson));
    this.isNestedRow ||= !row.every(isJsonScalar);
  }

  private finishSingle(object: JsonObject): JsonReading {
    const found = findTables(object);
    const format = { value: 'json', reason: 'The text is one JSON object.' } as const;
    const picked = this.pick(found);
    if (picked === null) {
      this.pushRecord(object, 1);
      return this.build(format, ONE_TABLE, []);
    }
    const parts = found.flatMap((table) => (table.kind === 'records' ? [table.name] : []));
    this.pushFound(picked);
    if (picked.kind !== 'records') return this.build(format, ONE_TABLE, []);
    this.noticeRest(object, picked.name, parts);
    const reason =
      this.choice.part !== undefined
        ? 'Chosen by you.'
        : parts.length === 1
          ? 'The only list of records in the object.'
          : `The longest of ${parts.length} lists of records in the object.`;
    return this.build(format, { value: picked.name, reason }, parts);
  }

  private pick(found: readonly FoundTable[]): FoundTable | null {
    const { part } = this.choice;
    const lists = found.flatMap((table) => (table.kind === 'records' ? [table] : []));
    if (lists.length === 0) return found[0] ?? null;
    if (part === undefined) return lists.reduce((a, b) => (b.records.length > a.records.length ? b : a));
    const chosen = lists.find(({ name }) => name === part);
    const names = listNames(lists.map(({ name }) => name));
    return chosen ?? refuse('option-invalid', `The file has no list "${part}"; it has ${names}.`);
  }

  private pushFound(table: FoundTable): void {
    if (table.kind === 'records') for (const record of table.records) this.pushRecord(record, 1);
    else if (table.kind === 'rows') {
      if (table.header !== null) {
        this.rows = new RowTable({ ...this.choice, header: true });
        this.pushRow(table.header, 1);
      }
      for (const row of table.rows) this.pushRow(row, 1);
    } else {
      const nRows = table.columns[0]?.length ?? 0;
      this.rows = new RowTable({ ...this.choice, header: true });
      this.rows.push(table.names);
      for (let i = 0; i < nRows; i++)
        this.pushRow(
          table.columns.map((column) => column[i] ?? null),
          1,
        );
    }
  }

  private noticeRest(object: JsonObject, name: string, parts: readonly string[]): void {
    if (parts.length > 1) {
      const others = listNames(parts.filter((part) => part !== name));
      const message = `The file holds ${parts.length} lists of records; "${name}" is read, ${others} can be chosen instead.`;
      this.notices.push({ kind: 'parts', message, count: parts.length });
    }
    const top = parts.map((part) => part.split('.')[0]);
    const left = Object.keys(object).filter((key) => !top.includes(key));
    if (left.length === 0) return;
    const message = `What stands beside the records (${listNames(left)}) is left out.`;
    this.notices.push({ kind: 'parts', message, count: left.length });
  }

  private build(
    format: Reasoned<SourceFormat>,
    part: Reasoned<string | null>,
    parts: readonly string[],
  ): JsonReading {
    const base = { format, part, parts };
    if (this.rows !== null) {
      const { table, notices, header } = this.rows.finish();
      const nested = this.isNestedRow ? [describeNested(['rows'])] : [];
      return { ...base, table, header, notices: [...this.notices, ...notices, ...nested] };
    }
    if (this.records === null || this.records.nRows === 0) throw emptyFile();
    const { table, headerNotices, nested, emptyTexts } = this.records.finish();
    if (table.columns.length === 0) throw emptyFile();
    const notices: ReadNotice[] = [...this.notices, ...headerNotices];
    if (nested.length > 0) notices.push(describeNested(nested));
    if (emptyTexts.length > 0) notices.push(describeEmpty(emptyTexts));
    return { ...base, table, header: NAMED, notices };
  }
}

function parse(text: string, line: number): JsonValue {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new ValueError('too-deep', line);
    const isNaN = /[[:,]\s*-?(?:NaN|Infinity)\b/.test(text);
    throw new ValueError(isNaN ? 'not-a-number' : 'syntax', line);
  }
}

function describeNested(names: readonly string[]): ReadNotice {
  const message = `${listNames(names)} ${names.length === 1 ? 'holds' : 'hold'} lists or objects; their cells are JSON text.`;
  return { kind: 'nested', message, count: names.length };
}

function describeEmpty(names: readonly string[]): ReadNotice {
  const message = `${listNames(names)} ${names.length === 1 ? 'has' : 'have'} both missing values and empty texts; both are read as missing.`;
  return { kind: 'empty-text', message, count: names.length };
}
