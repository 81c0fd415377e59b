import { expose } from 'comlink';
import { describe, expect, it } from 'vitest';
import { startCrew } from '../../src/client/crew';
import { succeed } from '../../src/data/failure';

/** A worker that lends itself and can be told to die. */
function startWorkers() {
  const started: { readonly worker: Worker; die(): void; isEnded: boolean }[] = [];
  const start = (): Worker => {
    const { port1, port2 } = new MessageChannel();
    expose({ lend: () => succeed(null), holdLife: () => false }, port2);
    const entry = {
      isEnded: false,
      die: () => port1.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' })),
      worker: Object.assign(port1, {
        terminate: () => {
          entry.isEnded = true;
          port1.close();
        },
      }) as unknown as Worker,
    };
    started.push(entry);
    return entry.worker;
  };
  return { start, started };
}

const nothingYet = Symbol('nothing yet');
const after = (ms: number) =>
  new Promise<typeof nothingYet>((resolve) => setTimeout(() => resolve(nothingYet), ms));

describe('a crew of workers', () => {
  it('has a port for each worker, and none without workers', () => {
    const { start, started } = startWorkers();
    expect(startCrew(0, start).ports).toHaveLength(0);
    const crew = startCrew(2, start);
    expect(crew.ports).toHaveLength(2);
    crew.end();
    expect(started.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  });

  it('says when one of its workers dies', async () => {
    const { start, started } = startWorkers();
    const crew = startCrew(2, start);
    started[1]?.die();
    expect(await crew.failed).toMatchObject({ ok: false, failure: { code: 'internal' } });
    crew.end();
  });

  it('says nothing when it is ended', async () => {
    const { start } = startWorkers();
    const crew = startCrew(1, start);
    crew.end();
    expect(await Promise.race([crew.failed, after(50)])).toBe(nothingYet);
  });
});
