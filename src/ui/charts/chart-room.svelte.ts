import type { Turns } from '../parts/turns.svelte';

/** Pixels that four pictures in a row have on A4 within its margins, when no browser tells a page how wide it is. */
const WIDTH_ON_PAPER = 160;
const SMALLEST = 120;

/** How wide a picture of one column is drawn, in pixels. */
export class ChartRoom {
  /** Until the browser has laid the page out: to ask it would lay the page out once for each picture. */
  private onScreen = $state(220);
  readonly width = $derived.by(() => (this.turns.onPaper ? WIDTH_ON_PAPER : this.onScreen));

  constructor(private readonly turns: Pick<Turns, 'onPaper'>) {}

  /** Takes the room that the browser has laid out. */
  fit(room: DOMRectReadOnly | null | undefined): void {
    if (room && !this.turns.onPaper) this.onScreen = Math.max(room.width, SMALLEST);
  }
}
