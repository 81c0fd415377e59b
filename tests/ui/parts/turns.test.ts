import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src/ui/parts/turns.svelte';

/** A screen whose pictures a test draws, and a clock that the pieces themselves move. */
function makeScreen() {
  const asked: (() => void)[] = [];
  const clock = { ms: 0 };
  const turns = new Turns({ afterPicture: (then) => void asked.push(then), nowMs: () => clock.ms });
  const made: string[] = [];
  const piece =
    (name: string, tookMs: number, within: () => void = () => undefined): (() => void) =>
    () => {
      clock.ms += tookMs;
      made.push(name);
      within();
    };
  return { turns, made, piece, asked, draw: () => asked.shift()?.() };
}

describe('a long page', () => {
  it('is made a few pieces between two pictures, and asks for no picture when all are made', () => {
    const { turns, made, piece, asked, draw } = makeScreen();
    for (const name of ['a', 'b', 'c', 'd']) turns.wait(piece(name, 5));
    expect([made.length, asked.length]).toEqual([0, 1]);
    draw();
    expect(made).toEqual(['a', 'b']);
    draw();
    expect(made).toEqual(['a', 'b', 'c', 'd']);
    expect(asked).toEqual([]);
  });

  it('makes one piece in a turn however long it takes', () => {
    const { turns, made, piece, draw } = makeScreen();
    for (const name of ['long', 'next']) turns.wait(piece(name, 40));
    draw();
    expect(made).toEqual(['long']);
  });

  it('makes what lies within a piece before what stands behind it', () => {
    const { turns, made, piece, draw } = makeScreen();
    turns.wait(
      piece('section', 9, () => {
        turns.wait(piece('row 1', 9));
        turns.wait(piece('row 2', 9));
      }),
    );
    turns.wait(piece('footer', 9));
    for (let picture = 0; picture < 4; picture++) draw();
    expect(made).toEqual(['section', 'row 1', 'row 2', 'footer']);
  });

  it('is whole at once when it is finished for paper', () => {
    const { turns, made, piece, draw } = makeScreen();
    turns.wait(piece('section', 9, () => void turns.wait(piece('row', 9))));
    turns.wait(piece('footer', 9));
    turns.finish();
    expect(made).toEqual(['section', 'row', 'footer']);
    draw();
    expect(made).toHaveLength(3);
  });

  it('leaves out a piece that was taken back, also one within a piece', () => {
    const { turns, made, piece, draw } = makeScreen();
    const takeBack = turns.wait(piece('left', 1));
    turns.wait(piece('section', 1, () => turns.wait(piece('gone', 1))()));
    takeBack();
    draw();
    draw();
    expect(made).toEqual(['section']);
  });

  it('goes on after a piece that failed', () => {
    const { turns, made, piece, draw } = makeScreen();
    turns.wait(() => {
      throw new Error('no picture');
    });
    turns.wait(piece('next', 1));
    expect(draw).toThrow('no picture');
    draw();
    expect(made).toEqual(['next']);
  });
});
