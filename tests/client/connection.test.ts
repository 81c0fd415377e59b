import * as comlink from 'comlink';
import { describe, expect, it } from 'vitest';
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
