import { mapLevels } from '../../../src/data/map-levels';
import { RawColumnBuilder, type RawColumn } from '../../../src/data/raw-column';
import { countFractionDigits, cutFraction } from '../../../src/data/value-text';
import { describeLeaf, type LeafText } from './leaf-text';
import { childOf, nestedText } from './nested-text';
import type { PlannedColumn, SchemaNode } from './plan-columns';

/** What is worth telling about a column's cells. */
export interface CellCounts {
  readonly nNull: number;
  /** Texts of no characters. */
  readonly nEmpty: number;
  readonly isNested: boolean;
  readonly isHex: boolean;
  readonly isFinerThanMicroseconds: boolean;
}

/** Different stored values whose texts are remembered, for columns that repeat a few. */
const MAX_REMEMBERED = 1 << 16;

/** Stored values of a planned column in, dictionary-coded cell texts out. */
export class ColumnCells {
  private readonly builder = new RawColumnBuilder();
  private readonly remembered = new Map<unknown, string>();
  private readonly leaf: LeafText | null;
  private readonly leaves: ReadonlyMap<string, LeafText>;
  private readonly isHex: boolean;
  private readonly isFlat: boolean;
  private nNull = 0;
  private nEmpty = 0;
  private finest = 0;

  constructor(
    private readonly planned: PlannedColumn,
    asHex: boolean,
  ) {
    const last = planned.path.at(-1);
    if (last === undefined) throw new Error('column without a name');
    this.isFlat = planned.path.length === 1 && !planned.isNested;
    this.leaves = describeLeaves(last, asHex);
    this.leaf = planned.isNested ? null : describeLeaf(last.element, asHex);
    const all = this.leaf === null ? [...this.leaves.values()] : [this.leaf];
    this.isHex = all.some(({ isHex }) => isHex);
  }

  /** A value of the top-level column. Throws NotText, or Error where it is not what the schema says. */
  push(stored: unknown): void {
    let value = stored;
    for (const { key } of this.planned.path.slice(1)) value = childOf(value, key);
    // The reader has null where a flat value is missing; undefined is what a dictionary that is too short gives. Within
    // structs and lists it has undefined for missing values too.
    if (value === undefined && this.isFlat) throw new Error('dictionary index out of range');
    if (value === null || value === undefined) {
      this.nNull++;
      this.builder.push('');
      return;
    }
    let text = this.remembered.get(value);
    if (text === undefined) {
      text = this.textOf(value);
      if (this.remembered.size < MAX_REMEMBERED) this.remembered.set(value, text);
    }
    if (text === '') this.nEmpty++;
    this.builder.push(text);
  }

  finish(): RawColumn {
    this.remembered.clear();
    const name = this.planned.path.map((node) => node.name).join('.');
    const column = this.builder.finish(name);
    if (this.leaf?.isTime !== true) return column;
    this.finest = countFractionDigits(column.levels);
    return mapLevels(column, (text) => cutFraction(text, this.finest));
  }

  /** To be asked after `finish`. */
  get counts(): CellCounts {
    return {
      nNull: this.nNull,
      nEmpty: this.nEmpty,
      isNested: this.planned.isNested,
      isHex: this.isHex,
      isFinerThanMicroseconds: this.finest > 6,
    };
  }

  private textOf(value: unknown): string {
    if (this.leaf !== null) return this.leaf.toText(value);
    const node = this.planned.path.at(-1);
    return node === undefined ? '' : nestedText(node, value, this.leaves);
  }
}

function describeLeaves(node: SchemaNode, asHex: boolean): Map<string, LeafText> {
  if (node.children.length === 0) return new Map([[node.key, describeLeaf(node.element, asHex)]]);
  return new Map(node.children.flatMap((child) => [...describeLeaves(child, asHex)]));
}
