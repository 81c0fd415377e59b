const checkLimitMs = 3_000;
const installLimitMs = 20_000;

function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, limitMs);
    work.then(
      () => resolve(),
      () => resolve(),
    );
  });
}

function settle(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state !== 'installing') resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/**
 * Looks for a new build while the page holds no data, so that it can be offered before records open. Offline, or on a
 * slow network, the page goes on with the build it has.
 */
export async function checkForUpdate(registration: ServiceWorkerRegistration): Promise<void> {
  await within(checkLimitMs, registration.update());
  if (registration.installing) await within(installLimitMs, settle(registration.installing));
}

/** Calls the listener once when a new build waits for consent. */
export function offerUpdate(registration: ServiceWorkerRegistration, listener: () => void): void {
  let offered = false;
  const offer = () => {
    if (offered || !registration.waiting) return;
    offered = true;
    listener();
  };
  const follow = () => registration.installing?.addEventListener('statechange', offer);
  registration.addEventListener('updatefound', follow);
  follow();
  offer();
}

/** Lets the waiting build take over and reloads; does nothing when none waits. */
export function acceptUpdate(registration: ServiceWorkerRegistration): Promise<void> {
  const { waiting } = registration;
  if (!waiting) return Promise.resolve();
  return new Promise(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('skip-waiting');
  });
}
