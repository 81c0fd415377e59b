import { expose, type Endpoint } from 'comlink';

/** A worker of this thread: a service behind a message channel, that can be told to die. */
export interface LikeWorker {
  readonly worker: Worker;
  /** As when the browser ends it: it says nothing more, and what waits on it hears an error. */
  die(): void;
}

export function likeWorker(service: object): LikeWorker {
  const { port1, port2 } = new MessageChannel();
  expose(service, port1 as unknown as Endpoint);
  port2.start();
  const end = () => [port1, port2].forEach((port) => port.close());
  const worker = Object.assign(port2, { terminate: end }) as unknown as Worker;
  return {
    worker,
    die() {
      port2.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
      end();
    },
  };
}
