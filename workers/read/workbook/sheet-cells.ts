import { doubleText } from '../../../src/data/value-text';
import { parseCellPlace } from '../../../src/data/workbook/cell-place';
import { serialDateText, serialTimeText, type NumberShape } from '../../../src/data/workbook/number-format';
import type { XmlEvents } from './scan-xml';
import { unescapeText } from './workbook-parts';

export interface SheetContext {
  readonly strings: readonly string[];
  readonly styles: readonly NumberShape[];
  readonly is1904: boolean;
}

/** A cell with something in it. */
export interface SheetCell {
  readonly column: number;
  readonly text: string;
  /** True for a text made from a serial date or time, with all digits of the second. */
  readonly isTime: boolean;
}

/** What was met in a sheet besides cells. */
export interface SheetCounts {
  nFormulas: number;
  /** Formulas without a stored result. */
  nUncomputed: number;
  nErrors: number;
  nMerged: number;
}

/** A cell that names a shared text the workbook has not, or stands outside of the sheet. */
export class SheetError extends Error {}

/** Rows of a sheet out of the events of its XML; rows without cells do not come. Source: ECMA-376-1, 18.3.1. */
export class SheetReader implements XmlEvents {
  readonly counts: SheetCounts = { nFormulas: 0, nUncomputed: 0, nErrors: 0, nMerged: 0 };
  private row = -1;
  private cells: SheetCell[] = [];
  private column = -1;
  private type = 'n';
  private shape: NumberShape = { kind: 'number' };
  private value = '';
  private hasValue = false;
  private hasFormula = false;
  /** Where text goes: a value, a run of an inline text, or nowhere. */
  private place: 'value' | null = null;
  private isBeside = false;

  constructor(
    private readonly context: SheetContext,
    private readonly onRow: (row: number, cells: readonly SheetCell[]) => void,
  ) {}

  readonly open: XmlEvents['open'] = (name, attribute) => {
    if (name === 'c') this.openCell(attribute);
    else if (name === 'v' || (name === 't' && !this.isBeside)) {
      this.place = 'value';
      this.hasValue = true;
    } else if (name === 'f') this.hasFormula = true;
    else if (name === 'rPh') this.isBeside = true;
    else if (name === 'row') this.openRow(attribute('r'));
    else if (name === 'mergeCell') this.counts.nMerged++;
  };

  readonly close: XmlEvents['close'] = (name) => {
    if (name === 'c') this.closeCell();
    else if (name === 'v' || name === 't') this.place = null;
    else if (name === 'rPh') this.isBeside = false;
    else if (name === 'row') {
      if (this.cells.length > 0) this.onRow(this.row, this.cells);
      this.cells = [];
    }
  };

  readonly text: XmlEvents['text'] = (text) => {
    if (this.place === 'value') this.value += text;
  };

  private openRow(number: string | undefined): void {
    const row = number === undefined ? this.row + 1 : Number(number) - 1;
    if (!(Number.isInteger(row) && row > this.row && row < 1 << 22))
      throw new SheetError('rows out of order');
    this.row = row;
    this.column = -1;
  }

  private openCell(attribute: (name: string) => string | undefined): void {
    const reference = attribute('r');
    const place = reference === undefined ? null : parseCellPlace(reference);
    if (reference !== undefined && place === null) throw new SheetError('cell without a place');
    const column = place?.column ?? this.column + 1;
    if (column <= this.column || column >= 16_384) throw new SheetError('cells out of order');
    this.column = column;
    this.type = attribute('t') ?? 'n';
    this.shape = this.context.styles[Number(attribute('s') ?? 0)] ?? { kind: 'number' };
    this.value = '';
    this.hasValue = false;
    this.hasFormula = false;
  }

  private closeCell(): void {
    if (this.hasFormula) {
      this.counts.nFormulas++;
      if (!this.hasValue) this.counts.nUncomputed++;
    }
    if (!this.hasValue) return;
    const time = this.type === 'n' ? this.timeText() : null;
    const text = time ?? this.plainText();
    if (text !== '') this.cells.push({ column: this.column, text, isTime: time !== null });
  }

  private timeText(): string | null {
    if (this.value === '') return null;
    if (this.shape.kind === 'datetime') return serialDateText(Number(this.value), this.context.is1904);
    return this.shape.kind === 'time' ? serialTimeText(Number(this.value)) : null;
  }

  private plainText(): string {
    switch (this.type) {
      case 's':
        return this.sharedText();
      case 'b':
        return this.value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
        this.counts.nErrors++;
        return this.value;
      case 'n':
        return this.numberText();
      // ISO 8601, in workbooks that are strict about it.
      case 'd':
        return this.value.replace('T', ' ').replace(/Z$/, '');
      default:
        return unescapeText(this.value);
    }
  }

  private sharedText(): string {
    const text = this.context.strings[Number(this.value)];
    if (text === undefined) throw new SheetError('shared text that is not there');
    return text;
  }

  /** Whole numbers as they stand, others in the fewest digits that read back to them. */
  private numberText(): string {
    const { value, shape } = this;
    if (/^-?\d+$/.test(value)) return shape.kind === 'zeros' ? value.padStart(shape.width, '0') : value;
    const number = Number(value);
    return Number.isFinite(number) && value.trim() !== '' ? doubleText(number) : value;
  }
}
