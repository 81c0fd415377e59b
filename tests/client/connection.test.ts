import * as comlink from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Living } from '../../src/api/living';
import { connect, reconnecting } from '../../src/client/connection';
import { succeed, type Outcome } from '../../src/data/failure';

interface Echo {
  say(word: string): Promise<Outcome<string>>;
  never(): Promise<Outcome<string>>;
}

/** A service behind a message channel that looks like a worker to the page. */
function startEcho(): Worker {
  const { port1, port2 } = new MessageChannel();
  const echo: Echo = {
    say: (word) => Promise.resolve(succeed(word)),
    never: () => new Promise(() => undefined),
  };
  comlink.expose(echo, port1 as unknown as comlink.Endpoint);
  port2.start();
  const end = () => [port1, port2].forEach((port) => port.close());
  return Object.assign(port2, { terminate: end }) as unknown as Worker;
}

describe('a connection', () => {
  it('answers its open calls as cancelled when it is ended', async () => {
    const connection = connect<Echo>(startEcho());
    const waiting = connection.call((service) => service.never());
    connection.end();
    expect(await waiting).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(connection.alive).toBe(false);
  });

  it('answers what is open after it retired, while the next caller gets a fresh worker', async () => {
    let nStarted = 0;
    const next = reconnecting<Echo>(() => {
      nStarted++;
      return startEcho();
    });
    const first = next();
    const waiting = first.call((service) => service.say('still here'));
    first.retire();
    const second = next();
    expect([second === first, nStarted]).toEqual([false, 2]);
    expect(await waiting).toEqual(succeed('still here'));
    first.end();
    expect(await second.call((service) => service.say('hello'))).toEqual(succeed('hello'));
    second.end();
  });

  it('turns a throw in spite of the contract into a failure', async () => {
    const connection = connect<{ gone(): Promise<Outcome<null>> }>(startEcho());
    const outcome = await connection.call((service) => service.gone());
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'internal' } });
    connection.end();
  });
});

describe('a worker that dies without a word', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  /** Locks as a browser has them: who asks for one that is held waits until it is let go. */
  function stubLocks() {
    const waiting = new Map<string, () => void>();
    const request = (name: string, act: () => void) =>
      new Promise<void>((resolve) => waiting.set(name, () => resolve(act())));
    vi.stubGlobal('navigator', { locks: { request } });
    return { free: () => [...waiting.values()].forEach((grant) => grant()), waiting };
  }

  function startLiving(holds: boolean): Worker {
    const { port1, port2 } = new MessageChannel();
    const service: Pick<Echo, 'never'> & Living = {
      never: () => new Promise(() => undefined),
      holdLife: () => Promise.resolve(holds),
    };
    comlink.expose(service, port1 as unknown as comlink.Endpoint);
    port2.start();
    const end = () => [port1, port2].forEach((port) => port.close());
    return Object.assign(port2, { terminate: end }) as unknown as Worker;
  }

  it('is noticed by its lock: open calls answer, and the next caller gets another worker', async () => {
    const locks = stubLocks();
    const next = reconnecting<Echo>(() => startLiving(true));
    const first = next();
    const waiting = first.call((service) => service.never());
    await vi.waitFor(() => expect(locks.waiting.size).toBe(1));
    expect([...locks.waiting.keys()][0]).toMatch(/^understudy-worker\//);
    locks.free();
    const outcome = await waiting;
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(outcome.ok ? '' : outcome.failure.message).toMatch(/memory ran short.*saved is kept/s);
    expect([first.alive, first.number]).toEqual([false, 1]);
    const second = next();
    expect([second.alive, second.number]).toEqual([true, 2]);
    first.end();
    second.end();
  });

  it('is not taken for dead where the worker has no locks', async () => {
    const locks = stubLocks();
    const connection = connect<Echo>(startLiving(false));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([connection.alive, locks.waiting.size]).toEqual([true, 0]);
    connection.end();
  });
});
