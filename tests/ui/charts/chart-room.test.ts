import { expect, it } from 'vitest';
import { ChartRoom } from '../../../src/ui/charts/chart-room.svelte';

const of = (width: number): DOMRectReadOnly => ({ width }) as DOMRectReadOnly;

it('draws as wide as the browser has laid the room out, and never too narrow to be read', () => {
  const room = new ChartRoom({ onPaper: false });
  const before = room.width;
  room.fit(null);
  expect(room.width).toBe(before);
  room.fit(of(300));
  expect(room.width).toBe(300);
  room.fit(of(20));
  expect(room.width).toBe(120);
});

it('fits paper whatever the screen was, as no browser says how wide paper is', () => {
  const turns = { onPaper: false };
  const room = new ChartRoom(turns);
  room.fit(of(600));
  turns.onPaper = true;
  const onPaper = new ChartRoom(turns);
  onPaper.fit(of(600));
  expect(onPaper.width).toBe(160);
});
