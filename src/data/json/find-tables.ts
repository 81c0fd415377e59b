import { isJsonArray, isJsonObject, isJsonScalar, type JsonObject, type JsonValue } from './parse-json';

/** A table found inside one JSON object. */
export type FoundTable =
  | { readonly kind: 'records'; readonly name: string; readonly records: readonly JsonObject[] }
  | {
      readonly kind: 'rows';
      readonly header: readonly JsonValue[] | null;
      readonly rows: readonly (readonly JsonValue[])[];
    }
  | {
      readonly kind: 'columns';
      readonly names: readonly string[];
      readonly columns: readonly (readonly JsonValue[])[];
    };

/** Objects within objects that are searched for a list of records. */
const SEARCH_DEPTH = 3;

/**
 * The tables in an object, in the object's order: lists of records under its keys (a FHIR Bundle's `entry`, the `data`
 * of many services), one list a column, or `columns` and `data` as pandas splits them. None = the object is a record.
 */
export function findTables(object: JsonObject): readonly FoundTable[] {
  const split = findSplit(object) ?? findColumns(object);
  return split === null ? findRecords(object, []) : [split];
}

function findRecords(object: JsonObject, path: readonly string[]): FoundTable[] {
  return Object.keys(object).flatMap((key): FoundTable[] => {
    const value = object[key];
    const here = [...path, key];
    if (isJsonObject(value)) return here.length < SEARCH_DEPTH ? findRecords(value, here) : [];
    if (!isJsonArray(value) || value.length === 0 || !value.every(isJsonObject)) return [];
    return [{ kind: 'records', name: here.join('.'), records: value }];
  });
}

/** `{"columns": ["a", "b"], "data": [[1, 2], …]}`. */
function findSplit(object: JsonObject): FoundTable | null {
  const { columns, data } = object;
  if (!isJsonArray(columns) || !isJsonArray(data) || data.length === 0) return null;
  if (!columns.every(isJsonScalar) || !data.every(isJsonArray)) return null;
  return { kind: 'rows', header: columns, rows: data };
}

/** `{"a": [1, 2], "b": [3, 4]}`, or the same with row numbers: `{"a": {"0": 1, "1": 2}, …}`. */
function findColumns(object: JsonObject): FoundTable | null {
  const names = Object.keys(object);
  const columns = names.map((name) => listCells(object[name]));
  const first = columns[0];
  if (first === undefined || first === null || first.length === 0) return null;
  const whole = columns.filter((column) => column !== null && column.length === first.length);
  if (whole.length < columns.length) return null;
  return { kind: 'columns', names, columns: whole.flatMap((column) => (column === null ? [] : [column])) };
}

function listCells(value: JsonValue | undefined): readonly JsonValue[] | null {
  if (isJsonArray(value)) return value.every(isJsonScalar) ? value : null;
  if (!isJsonObject(value)) return null;
  const entries = Object.entries(value);
  const isNumbered = entries.every(([key, cell], i) => key === String(i) && isJsonScalar(cell));
  return isNumbered ? entries.map(([, cell]) => cell) : null;
}
