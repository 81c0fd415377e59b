import { describe, expect, it } from 'vitest';
import { IdleLock, type IdleMinutes } from '../../../src/ui/state/idle-lock.svelte';
import type { KeptText } from '../../../src/ui/state/kept-text';

const MINUTE_MS = 60_000;

function setUp(kept: string | null = null) {
  const world = { now: 0, elapsed: 0, open: true, busy: false, nLocks: 0, kept };
  const text: KeptText = { get: () => world.kept, set: (value) => void (world.kept = value) };
  const clock = { now: () => world.now, elapsed: () => world.elapsed };
  const idle = new IdleLock(text, clock, {
    isOpen: () => world.open,
    isBusy: () => world.busy,
    lock: () => {
      world.nLocks++;
      world.open = false;
    },
  });
  const wait = (minutes: number): void => {
    world.now += minutes * MINUTE_MS;
    world.elapsed += minutes * MINUTE_MS;
    idle.look();
  };
  return { world, idle, wait };
}

describe('the automatic lock', () => {
  it('locks once after as long as was chosen without use, and not before', () => {
    for (const minutes of [5, 15, 60] as const) {
      const { world, idle, wait } = setUp();
      idle.choose(minutes);
      wait(minutes - 0.1);
      expect(world.nLocks).toBe(0);
      wait(0.1);
      expect(world.nLocks).toBe(1);
      wait(100);
      expect(world.nLocks).toBe(1);
    }
  });

  it('begins again whenever the page is used', () => {
    const { world, idle, wait } = setUp();
    for (let i = 0; i < 10; i++) {
      wait(14);
      idle.use();
    }
    expect(world.nLocks).toBe(0);
  });

  it('never locks while something is computed, nor where nothing protected is open, and counts from then', () => {
    const { world, wait } = setUp();
    world.busy = true;
    wait(300);
    world.busy = false;
    wait(14);
    expect(world.nLocks).toBe(0);
    world.open = false;
    wait(300);
    expect(world.nLocks).toBe(0);
    world.open = true;
    wait(15);
    expect(world.nLocks).toBe(1);
  });

  it('locks after a sleep, of which one clock knows nothing, before the touch that woke the computer counts', () => {
    const { world, idle } = setUp();
    world.now += 16 * MINUTE_MS;
    idle.use();
    expect(world.nLocks).toBe(1);
    const other = setUp();
    other.world.elapsed += 16 * MINUTE_MS;
    other.idle.use();
    expect(other.world.nLocks).toBe(1);
  });

  it('tells of it in the last minute, and stays open where somebody then uses the page', () => {
    const { world, idle, wait } = setUp();
    wait(13.9);
    expect([idle.secondsLeft, idle.wasKept]).toEqual([null, false]);
    wait(0.2);
    expect(idle.secondsLeft).toBe(54);
    wait(0.5);
    idle.move();
    expect([idle.secondsLeft, idle.wasKept]).toEqual([24, false]);
    idle.use();
    expect([idle.secondsLeft, idle.wasKept]).toEqual([null, true]);
    idle.tick();
    expect([idle.secondsLeft, idle.wasKept, world.nLocks]).toEqual([null, false, 0]);
    wait(13);
    idle.move();
    wait(14.5);
    expect(idle.secondsLeft).toBe(30);
    wait(0.5);
    expect([idle.secondsLeft, world.nLocks]).toEqual([null, 1]);
  });

  it('tells nothing where it never locks, nothing protected is open or something is computed', () => {
    const { world, idle, wait } = setUp();
    wait(14.5);
    world.busy = true;
    wait(0.1);
    expect([idle.secondsLeft, world.nLocks]).toEqual([null, 0]);
    world.busy = false;
    idle.choose(null);
    wait(100);
    expect(idle.secondsLeft).toBeNull();
    idle.use();
    expect(idle.wasKept).toBe(false);
  });

  it('remembers the choice, never included, and takes a quarter of an hour for anything else', () => {
    const read = (kept: string | null): IdleMinutes => setUp(kept).idle.minutes;
    expect([read(null), read('5'), read('60'), read('never'), read('7'), read('x')]).toEqual([
      15,
      5,
      60,
      null,
      15,
      15,
    ]);
    const { world, idle, wait } = setUp();
    idle.choose(null);
    expect(world.kept).toBe('never');
    wait(10_000);
    expect(world.nLocks).toBe(0);
  });
});
