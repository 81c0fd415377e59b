import { refuse } from '../../data/failure';
import { joinTables } from '../../data/join-tables';
import { takeRows, type Table } from '../../data/table';
import { apportion } from '../../data/wishes/apportion';
import { placeShares } from '../../data/wishes/bind-wish';
import { nameWish } from '../../data/wishes/describe-wish';
import { listWishes, type Wishes } from '../../data/wishes/wishes';
import type { WishesAccount, WishRate } from '../../data/wishes/wishes-account';
import type { Rng } from '../../math/rng';
import type { TrainedModel, WishedRows } from '../synthesizer';
import { rejectRows } from './reject-rows';

/** Rows begun at once, at least and at most; part of what a seed means. */
const LEAST_TRY = 256;
const MOST_TRY = 8192;
/** Rows begun after which the rate is judged, and again after each further so many. */
const FAIR_TRY = 65_536;
/** Of so many rows begun at least one must be kept. */
const WORST_RATE = 1000;

/**
 * Rows that meet wishes, a chunk at a time and counted. Where there are shares, each level gets its share of all `nRows`
 * to within one row, mixed at random within a chunk; rows of one level are as the model has them given that level. The rows are a
 * function of model, wishes, `nRows`, chunk lengths and streams: never of time.
 */
export class WishedDrawing {
  /** Rows still to come of each of the shares. */
  private readonly left: number[] | null;
  private nKept = 0;
  private nDrawn = 0;
  private readonly rates: WishRate[];
  /** Kept and begun in the last try, which tells how many to begin next. */
  private last = { kept: 1, begun: 1 };
  /** Kept and begun since the rate was last judged. */
  private window = { kept: 0, begun: 0 };

  /** @param nRows rows of all chunks together */
  constructor(
    private readonly model: TrainedModel,
    private readonly wishes: Wishes,
    nRows: number,
  ) {
    const { shares } = wishes;
    this.left =
      shares &&
      apportion(
        nRows,
        shares.shares.map(({ share }) => share),
      );
    this.rates = listWishes(wishes).map(() => ({ nTried: 0, nMet: 0 }));
  }

  /**
   * The next `nRows` rows. Throws `option-invalid` when fewer than one in a thousand begun rows can be kept, and what
   * `breathe` throws.
   *
   * @param breathe called before each try
   */
  async draw(
    nRows: number,
    rng: Rng,
    breathe: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Table> {
    const open = this.left && apportion(nRows, this.left);
    open?.forEach((n, i) => this.left && (this.left[i] = (this.left[i] ?? 0) - n));
    const parts: Table[] = [];
    for (let nLeft = nRows, attempt = 0; nLeft > 0; attempt++) {
      await breathe();
      const tried = await this.tryRows(this.chooseSize(nLeft), rng.fork(`try/${attempt}`), open);
      const n = Math.min(nLeft, tried.table.nRows);
      const part =
        n === tried.table.nRows
          ? tried.table
          : takeRows(
              tried.table,
              Int32Array.from({ length: n }, (_, i) => i),
            );
      nLeft -= n;
      if (n > 0) parts.push(part);
      this.closeShares(open, part);
      this.count(tried, n, nLeft === 0);
    }
    const table = joinTables(parts);
    return open === null ? table : takeRows(table, rng.fork('mix').permutation(nRows));
  }

  account(): WishesAccount {
    return { nKept: this.nKept, nDrawn: this.nDrawn, rates: [...this.rates] };
  }

  private async tryRows(nRows: number, rng: Rng, open: readonly number[] | null): Promise<WishedRows> {
    const sought = { wishes: this.wishes, open };
    if (this.model.sampleWished !== undefined) return this.model.sampleWished(nRows, rng, sought);
    return rejectRows(await this.model.sample(nRows, rng), sought);
  }

  private chooseSize(nLeft: number): number {
    const { kept, begun } = this.last;
    const needed = Math.ceil((nLeft * begun) / Math.max(kept, 1));
    return Math.min(Math.max(needed, Math.min(LEAST_TRY, MOST_TRY)), MOST_TRY);
  }

  private closeShares(open: number[] | null, part: Table): void {
    const { shares } = this.wishes;
    const column = part.columns.find(({ name }) => name === shares?.column);
    if (open === null || shares === null || column?.kind !== 'level') return;
    const placeOf = placeShares(shares, column);
    for (let row = 0; row < part.nRows; row++) {
      const place = placeOf(row);
      open[place] = (open[place] ?? 0) - 1;
    }
  }

  private count({ table, begunAt, nBegun, rates }: WishedRows, nTaken: number, isLast: boolean): void {
    this.nKept += nTaken;
    this.nDrawn += isLast ? (begunAt[nTaken - 1] ?? nBegun) : nBegun;
    rates.forEach(({ nTried, nMet }, i) => {
      const { nTried: tried = 0, nMet: met = 0 } = this.rates[i] ?? {};
      this.rates[i] = { nTried: tried + nTried, nMet: met + nMet };
    });
    this.last = { kept: table.nRows, begun: nBegun };
    this.window = { kept: this.window.kept + table.nRows, begun: this.window.begun + nBegun };
    if (this.window.begun < FAIR_TRY) return;
    if (this.window.kept * WORST_RATE < this.window.begun) this.giveUp();
    this.window = { kept: 0, begun: 0 };
  }

  private giveUp(): never {
    const { kept, begun } = this.window;
    const told = listWishes(this.wishes).map((wish, i) => {
      const { nTried = 0, nMet = 0 } = this.rates[i] ?? {};
      return `${nameWish(wish)}: met by ${nMet} of ${nTried}`;
    });
    return refuse(
      'option-invalid',
      `The model hardly ever draws such records: of the last ${begun} begun, ${kept} met all wishes, so drawing was stopped. ${told.join('; ')}. Loosen or take out the wish that is met least, or wish for a level or range that train has more of.`,
    );
  }
}
