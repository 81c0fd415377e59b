import { FailureError } from '../../data/failure';
import type { BuildList, BuildStamp, WorkerName } from './build-list';
import { describeBrowser } from './browser-note';
import { openGate, type Gate } from './gate';
import { hardenPage } from './harden';
import { listLayers } from './layers';
import { canHash, loadAssets } from './load-assets';
import { hasPagePolicy, lockDown } from './lockdown';
import { isSharedOrigin, readScope } from './scope';
import { startFromBlob } from './trusted';
import type { Booted, BootProgress, LoadedAssets, LockReport, LockState, StartWorker } from './types';
import { acceptUpdate, checkForUpdate, offerUpdate } from './updates';

export { runSelfTest } from './self-test';
export type { SelfTestRow } from './self-test.types';
export type {
  Booted,
  BootProgress,
  LoadedAssets,
  LockLayer,
  LockReport,
  LockState,
  StartWorker,
} from './types';

const notHeld =
  'The browser did not close the network when the page asked for it, so only the sample cohort can be opened. Please use a current version of Chrome, Edge, Firefox or Safari.';
const development =
  'This is the development server: the page runs without its lock. Open the sample cohort only, never records of patients.';

/** Set by the build and not by NODE_ENV, which a build server may have set to anything. */
declare const __DEVELOPMENT__: boolean;

let over = false;

/** Starts a worker from its script once the boot is over, so that none keeps the policy from before the lock. */
function makeStarter(scripts: LoadedAssets['workerScripts']): StartWorker {
  return (name: WorkerName) => {
    if (!over) {
      throw new FailureError({
        code: 'not-locked',
        message: 'The page starts no worker before its network is closed.',
      });
    }
    const script = scripts[name];
    if (script === null) {
      throw new FailureError({
        code: 'internal',
        message: `This build has no ${name} worker; it is incomplete.`,
      });
    }
    return startFromBlob(script, name);
  };
}

function describe(
  state: LockState,
  reason: string | null,
  build: BuildStamp,
  layers: LockReport['layers'],
): LockReport {
  const scope = readScope();
  const sharedOrigin = isSharedOrigin(scope);
  return {
    state,
    reason,
    layers,
    sharedOrigin,
    scope,
    browserNote: describeBrowser(navigator.userAgent),
    build,
  };
}

function stampOf({ version, tfjs, hash }: BuildList): BuildStamp {
  return { version, tfjs, hash };
}

async function bootUnlocked(onProgress: (progress: BootProgress) => void): Promise<Booted> {
  const { list, assets } = await loadAssets(onProgress);
  over = true;
  const report = describe('development', development, stampOf(list), []);
  const never = () => Promise.resolve();
  return {
    report,
    assets,
    startWorker: makeStarter(assets.workerScripts),
    offerUpdate: never,
    acceptUpdate: never,
  };
}

function explain(gate: Gate, lockedDown: boolean): string | null {
  if (!gate.open) return gate.reason;
  return lockedDown ? null : notHeld;
}

async function bootLocked(onProgress: (progress: BootProgress) => void): Promise<Booted> {
  onProgress({ message: 'Setting up the lock', fraction: 0.1 });
  const gate = await openGate();
  // A service worker set up a moment ago is the newest there is.
  if (gate.open && !gate.reloaded) await checkForUpdate(gate.registration);
  const { list, assets } = await loadAssets(onProgress);
  onProgress({ message: 'Closing the network', fraction: 0.95 });
  const pagePolicy = hasPagePolicy();
  const lockedDown = await lockDown();
  const hardened = hardenPage();
  over = true;
  const layers = listLayers({
    pagePolicy,
    trustedTypes: pagePolicy && 'trustedTypes' in globalThis,
    served: gate.open,
    hashed: canHash(),
    lockedDown,
    hardened,
    userAgent: navigator.userAgent,
  });
  const reason = explain(gate, lockedDown);
  const build = stampOf(list);
  const report = describe(reason === null ? 'locked' : 'sample-only', reason, build, layers);
  onProgress({ message: reason === null ? 'Locked' : 'Not locked', fraction: 1 });
  return {
    report,
    assets,
    startWorker: makeStarter(assets.workerScripts),
    offerUpdate: (listener) => {
      if (gate.open) offerUpdate(gate.registration, listener);
    },
    acceptUpdate: () => (gate.open ? acceptUpdate(gate.registration) : Promise.resolve()),
  };
}

/**
 * Loads everything, closes the network and says what holds. Fails closed: when a layer is missing the state is
 * `sample-only` with the reason, and the page must keep projects and the file picker shut. The state is also written
 * to `data-lock` of the root element, for style sheets and for tests.
 *
 * @throws FailureError when the page's own files cannot be loaded
 */
export async function boot(onProgress: (progress: BootProgress) => void): Promise<Booted> {
  const booted = await (__DEVELOPMENT__ ? bootUnlocked(onProgress) : bootLocked(onProgress));
  document.documentElement.dataset.lock = booted.report.state;
  return booted;
}
