import { LowerBounds } from './lower-bounds';
import type { NearRows } from './near-rows';
import type { Points } from './points';

/** Walks, ascending, over the rows that may lie near a query: those that were answered, or those not certainly too far. */
export class NearWalk {
  private readonly bounds: LowerBounds | null;
  private at = 0;
  private end = 0;
  private isAnswered = false;

  constructor(
    private readonly points: Points,
    private readonly queries: Points,
    private readonly near: NearRows | null,
  ) {
    const isNeeded = near === null || near.isCrowded.includes(1);
    this.bounds = isNeeded ? new LowerBounds(points, 'squared') : null;
  }

  open(query: number): void {
    const { near } = this;
    this.isAnswered = near !== null && near.isCrowded[query] !== 1;
    this.at = this.isAnswered ? (near?.starts[query] ?? 0) : 0;
    this.end = this.isAnswered ? (near?.starts[query + 1] ?? 0) : this.points.nRows;
    if (!this.isAnswered) this.bounds?.open(this.queries, query);
  }

  /** The next row that may lie no farther than a squared distance of `most`; −1 after the last. */
  next(most: number): number {
    if (this.isAnswered) return this.at < this.end ? (this.near?.rows[this.at++] ?? -1) : -1;
    const row = this.bounds?.next(this.at, this.end, this.bounds.limitFor(most)) ?? this.end;
    this.at = row + 1;
    return row < this.end ? row : -1;
  }
}
