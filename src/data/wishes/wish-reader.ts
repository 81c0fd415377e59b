import { readBound } from '../bound-text';
import { isNumeric, type ColumnSchema, type Schema } from '../schema';
import type { Range } from './wishes';

export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads parts of wishes and gathers their problems, each with its place. A part that cannot be read is null. */
export class WishReader {
  readonly problems: string[] = [];

  constructor(private readonly schema: Schema) {}

  /** A reader of the same columns whose problems are not heard. */
  aside(): WishReader {
    return new WishReader(this.schema);
  }

  report(path: string, problem: string): null {
    this.problems.push(`${path}: ${problem}`);
    return null;
  }

  /** Unknown keys are problems: a misspelt wish must not be lost. */
  checkKeys(value: Fields, path: string, known: readonly string[]): void {
    for (const key of Object.keys(value))
      if (!known.includes(key)) this.report(path, `unknown key "${key}"; known are ${known.join(', ')}`);
  }

  /** Entries of a list; none where it was left out. */
  list(value: unknown, path: string): readonly unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value as unknown[];
    this.report(path, 'must be a list');
    return [];
  }

  column(name: unknown, path: string): ColumnSchema | null {
    if (typeof name !== 'string') return this.report(path, 'names no column');
    const found = this.schema.columns.find((column) => column.name === name);
    return (
      found ??
      this.report(
        path,
        `column "${name}" is not among those that the model draws; it is not in the table, or it is not learnt from (identifiers, free text, constants)`,
      )
    );
  }

  /** A column of levels. */
  levelColumn(name: unknown, path: string): ColumnSchema | null {
    const column = this.column(name, path);
    if (column === null || !isNumeric(column)) return column;
    return this.report(
      path,
      `column "${column.name}" holds numbers or dates; give a range instead of levels`,
    );
  }

  /** A column of numbers or dates. */
  numberColumn(name: unknown, path: string): ColumnSchema | null {
    const column = this.column(name, path);
    if (column === null || isNumeric(column)) return column;
    return this.report(path, `column "${column.name}" holds levels, which have no range and no order`);
  }

  level(value: unknown, column: ColumnSchema, path: string): string | null {
    if (typeof value === 'string' && (column.levels ?? []).includes(value)) return value;
    return this.report(
      path,
      `column "${column.name}" has no level ${JSON.stringify(value)}; a rare level may have been pooled`,
    );
  }

  /** Ends of a range, as numbers or as dates in text. */
  range(value: Fields, column: ColumnSchema, path: string): Range | null {
    const nProblems = this.problems.length;
    const min = this.end(value['min'], column, `${path}.min`);
    const max = this.end(value['max'], column, `${path}.max`);
    if (this.problems.length > nProblems) return null;
    if (min === null && max === null)
      return this.report(path, `the range of column "${column.name}" has neither "min" nor "max"`);
    if (min !== null && max !== null && min > max)
      return this.report(path, `the range of column "${column.name}" ends below its beginning`);
    return { min, max };
  }

  private end(value: unknown, column: ColumnSchema, path: string): number | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    const read = typeof value === 'string' && column.type === 'datetime' ? readBound(column, value) : null;
    const wanted = column.type === 'datetime' ? 'a date as yyyy-MM-dd or yyyy-MM-dd HH:mm' : 'a number';
    return read ?? this.report(path, `column "${column.name}" needs ${wanted}`);
  }
}
