import * as comlink from 'comlink';
import type { Living } from '../api/living';
import { fail, type Outcome } from '../data/failure';

/** Starts the worker of a given name; platform/lock makes them, only after the lock. */
export type StartWorker = (name: 'ingest' | 'synthesize' | 'evaluate') => Worker;

/**
 * A worker with its service. Calls go through {@link Connection.call}, so that a worker that dies or is ended answers
 * its open calls with a Failure instead of never.
 */
export interface Connection<Service> {
  call<T>(request: (service: comlink.Remote<Service>) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  /** Takes no new calls: who connects next gets a fresh worker. Open calls still answer. */
  retire(): void;
  /** Ends the worker at once; open calls answer `cancelled`. */
  end(): void;
  /** Answers when the worker has died or was ended: `cancelled` for the latter. */
  readonly gone: Promise<Outcome<never>>;
  /** True while new calls may be made. */
  readonly alive: boolean;
  /** Counts the workers a {@link reconnecting} has started, from 1: what one held is gone with it. */
  readonly number: number;
}

export function connect<Service>(worker: Worker, number = 1): Connection<Service> {
  const service = comlink.wrap<Service>(worker);
  let alive = true;
  let ended = false;
  let settle: (outcome: Outcome<never>) => void = () => undefined;
  const gone = new Promise<Outcome<never>>((resolve) => (settle = resolve));
  const die = (detail: string): void => {
    alive = false;
    settle(fail('internal', WORKER_DIED, detail));
  };
  worker.addEventListener('error', (event) => die(event.message));
  void watchLife(service, () => die('the worker let go of its lock'));
  return {
    call: (request) => Promise.race([answer(request(service)), gone]),
    retire() {
      alive = false;
    },
    end() {
      if (ended) return;
      ended = true;
      alive = false;
      worker.terminate();
      settle(fail('cancelled', 'Stopped.'));
    },
    gone,
    get alive() {
      return alive;
    },
    number,
  };
}

const WORKER_DIED =
  'The browser ended a background worker of this page, most often because memory ran short. What was saved is kept. ' +
  'Close other tabs and programs, or take fewer rows, then try again.';

/**
 * Calls `onDeath` when the worker is gone, also when nothing says so: it holds a Web Lock for as long as it lives.
 * Without locks, or for a service that takes none, only errors are heard of.
 */
async function watchLife<Service>(service: comlink.Remote<Service>, onDeath: () => void): Promise<void> {
  const { locks } = (globalThis as { navigator?: Partial<Navigator> }).navigator ?? {};
  if (locks === undefined) return;
  const name = `understudy-worker/${crypto.randomUUID()}`;
  const holds = await (service as unknown as Living).holdLife(name).catch(() => false);
  if (holds) await locks.request(name, onDeath);
}

/** What a service throws in spite of its contract is our fault; it still has to reach the page as a value. */
async function answer<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call;
  } catch (thrown) {
    const detail = thrown instanceof Error ? `${thrown.message}\n${thrown.stack ?? ''}` : String(thrown);
    return fail('internal', 'A background worker answered in an unexpected way. Please try again.', detail);
  }
}

/** One worker that is started when first needed and started again after it ended. */
export function reconnecting<Service>(start: () => Worker): () => Connection<Service> {
  let current: Connection<Service> | null = null;
  let nStarted = 0;
  return () => {
    if (current === null || !current.alive) current = connect<Service>(start(), ++nStarted);
    return current;
  };
}

/** A callback that a worker may call. */
export function callback<F extends (...parameters: never[]) => unknown>(f: F): F & comlink.ProxyMarked {
  return comlink.proxy(f);
}
