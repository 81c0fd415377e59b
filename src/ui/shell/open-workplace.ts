import { countEvaluators } from '../../client/evaluation';
import { chooseBudget } from '../../data/memory-need';
import { readMemoryGib } from '../../platform/capabilities';
import { browserClock } from '../../platform/clock';
import { removeFinishedOutputs } from '../../platform/download';
import type { Booted } from '../../platform/lock/types';
import { createMemoryStore } from '../../platform/projects/memory-store';
import { scopedName } from '../../platform/projects/names';
import { openProjectStore } from '../../platform/projects/store';
import type { ProjectStore } from '../../platform/projects/store.types';
import { openKeyStore } from '../../platform/signing';
import type { Failure } from '../../data/failure';
import type { Workplace } from '../context';
import { Definitions } from '../parts/definitions.svelte';
import { AppState } from '../state/app.svelte';
import { installAutomation } from '../state/automation';
import { KeysState } from '../state/keys.svelte';
import { forgetfulText, keepText } from '../state/kept-text';
import type { ThemeState } from '../state/theme.svelte';
import { UpdateOffer } from '../state/update.svelte';
import { storagePath } from './storage-path';

interface OpenedStore {
  readonly store: ProjectStore;
  readonly durable: boolean;
  readonly failure: Failure | null;
}

/** Projects of this device behind the lock; otherwise, and where the browser gives no storage, in memory only. */
async function openStore(boot: Booted): Promise<OpenedStore> {
  const inMemory = { store: createMemoryStore(), durable: false };
  if (boot.report.state !== 'locked') return { ...inMemory, failure: null };
  const opened = await openProjectStore(storagePath(boot.report.scope));
  // What a dead page left behind costs room and nothing else: a failure to tidy up is no reason not to start.
  if (opened.ok) await opened.value.sweep();
  return opened.ok
    ? { store: opened.value, durable: true, failure: null }
    : { ...inMemory, failure: opened.failure };
}

/** Workers beyond which a fit or an evaluation gains little and memory is lost. */
const MAX_THREADS = 4;

/** The start page, loaded anew: what stood in the memory of this one goes with it. */
function beginAnew(): void {
  location.hash = '';
  location.reload();
}

/** Puts together what the page works with, and opens the project that was open last. */
export async function openWorkplace(boot: Booted, theme: ThemeState): Promise<Workplace> {
  const { store, durable, failure } = await openStore(boot);
  const name = (of: string) => scopedName(storagePath(boot.report.scope), of);
  const keep = (of: string) => (durable ? keepText(name(of)) : forgetfulText);
  const app = new AppState({
    store,
    durable,
    startWorker: boot.startWorker,
    wasmUrls: boot.assets.wasmUrls,
    budgetBytes: chooseBudget(readMemoryGib()),
    nThreads: Math.min(MAX_THREADS, navigator.hardwareConcurrency),
    nEvaluators: countEvaluators(navigator.hardwareConcurrency, MAX_THREADS),
    now: () => browserClock.now(),
    elapsed: () => browserClock.elapsed(),
    build: `${boot.report.build.version} ${boot.report.build.hash}`,
    lastProject: keep('last-project'),
    idleMinutes: keep('auto-lock'),
    lockNote: keepText(name('locked'), () => sessionStorage),
    reload: beginAnew,
    removeOutputs: () => removeFinishedOutputs(storagePath(boot.report.scope)),
  });
  await app.start();
  if (failure !== null) app.failure = failure;
  const mayOpenRecords = boot.report.state === 'locked';
  installAutomation(app, {
    build: boot.report.build,
    browser: navigator.userAgent,
    now: () => browserClock.now(),
    scope: storagePath(boot.report.scope),
    mayOpenRecords,
  });
  return {
    app,
    boot,
    theme,
    mayOpenRecords,
    keys: new KeysState(openKeyStore(storagePath(boot.report.scope)), () => browserClock.now()),
    definitions: new Definitions(boot.assets.documents.measures),
    update: new UpdateOffer(boot),
  };
}
