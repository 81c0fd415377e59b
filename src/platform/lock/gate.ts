import { readScope } from './scope';
import { trustServiceWorker } from './trusted';

/** Whether the page is served by its own service worker with the headers that one adds. */
export type Gate =
  | {
      readonly open: true;
      readonly registration: ServiceWorkerRegistration;
      /** True just after the gate reloaded the page. */
      readonly reloaded: boolean;
    }
  | { readonly open: false; readonly reason: string };

const reasons = {
  insecure:
    'This page came over plain http. Browsers give the lock only to https addresses and to localhost, so only the sample cohort can be opened. Ask for the page over https, or run it on this computer.',
  unsupported:
    'This browser window has no service workers (a private window, perhaps), and the lock is built on one. Only the sample cohort can be opened; please use an ordinary window of a current browser.',
  refused:
    'The page could not set up its service worker: the files on the server are not the ones of this build, or the browser does not allow it. Only the sample cohort can be opened; reload the page, and if that does not help tell the person who runs the server.',
  uncontrolled:
    'The page was loaded past its own service worker, so the lock cannot be closed and only the sample cohort can be opened. Please reload the page in the ordinary way, without the Shift key.',
} as const;

/** Reload counter of this tab; a browser that refuses it counts as already reloaded, so that no loop can start. */
const reloadMark = {
  key: (): string => `understudy reloaded ${new URL(readScope()).pathname}`,
  isSet(): boolean {
    try {
      return sessionStorage.getItem(this.key()) !== null;
    } catch {
      return true;
    }
  },
  set(): void {
    sessionStorage.setItem(this.key(), '1');
  },
  clear(): void {
    try {
      sessionStorage.removeItem(this.key());
    } catch {
      return;
    }
  },
};

function waitUntilActive(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === 'activated') resolve(true);
      if (worker.state === 'redundant') resolve(false);
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

async function register(): Promise<ServiceWorkerRegistration | null> {
  try {
    const registration = await navigator.serviceWorker.register(trustServiceWorker(), {
      scope: readScope(),
      updateViaCache: 'none',
    });
    const first = registration.active ?? registration.waiting ?? registration.installing;
    return first !== null && (await waitUntilActive(first)) ? registration : null;
  } catch {
    return null;
  }
}

/**
 * Registers the service worker and reloads once when this load did not come through it (first visit, Shift-reload).
 * Cross-origin isolation comes from the same response as the other headers, so it proves that they were applied.
 */
export async function openGate(): Promise<Gate> {
  if (!window.isSecureContext) return { open: false, reason: reasons.insecure };
  if (!('serviceWorker' in navigator)) return { open: false, reason: reasons.unsupported };
  const registration = await register();
  if (registration === null) return { open: false, reason: reasons.refused };
  if (navigator.serviceWorker.controller !== null && window.crossOriginIsolated) {
    const reloaded = reloadMark.isSet();
    reloadMark.clear();
    return { open: true, registration, reloaded };
  }
  if (!reloadMark.isSet()) {
    reloadMark.set();
    location.reload();
    return new Promise<Gate>(() => undefined);
  }
  reloadMark.clear();
  return { open: false, reason: reasons.uncontrolled };
}
