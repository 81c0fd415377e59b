import { expose } from 'comlink';
import type { Living } from '../src/api/living';
import { hardenWorker } from '../src/platform/lock/harden-worker';

/** Offers a service to the page, with a sign of life: a worker that runs out of memory may die without a word. */
export function exposeService(service: object): void {
  hardenWorker();
  expose({ ...service, holdLife } satisfies Living);
}

function holdLife(lockName: string): Promise<boolean> {
  const { locks } = navigator as Partial<WorkerNavigator>;
  if (locks === undefined) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    locks
      .request(lockName, () => {
        resolve(true);
        return new Promise<never>(() => undefined);
      })
      .catch(reject);
  });
}
