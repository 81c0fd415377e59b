import type { Outcome } from '../../data/failure';
import { openClaims } from './claims';
import { connect, type Connection } from './database';
import { refuse } from '../../data/failure';
import { attempt } from './failures';
import * as operations from './operations';
import type { Ground } from './operations';
import { exportProject, importProject } from './project-files';
import * as protection from './protection';
import { reportStorage, requestPersistence } from './quota';
import type { ProjectStore } from './store.types';
import { sweepStorage } from './sweep';
import { createTurns } from './turns';

/**
 * Opens the projects of this device.
 *
 * @param scope path the app is served from, with its final slash; copies of the app under other paths keep their own.
 * Fails with `storage-unavailable`, `storage-full` or `project-newer` (the database is of a later version).
 */
export async function openProjectStore(scope: string): Promise<Outcome<ProjectStore>> {
  return attempt('open its storage', async () => {
    checkBrowser();
    const connection = connect(scope);
    const ground: Ground = {
      scope,
      connection,
      claims: openClaims(scope, (id) => exists(connection, id)),
      keys: new Map(),
      turns: createTurns(),
    };
    await operations.listProjects(ground);
    return createStore(ground);
  });
}

async function exists(connection: Connection, id: string): Promise<boolean> {
  const key = await connection.transact('readonly', (transaction) =>
    transaction.objectStore('projects').getKey(id),
  );
  return key !== undefined;
}

function checkBrowser(): void {
  const { indexedDB: database } = globalThis as Partial<Window & typeof globalThis>;
  const { locks } = navigator as Partial<Navigator>;
  if (database === undefined || locks === undefined)
    refuse(
      'storage-unavailable',
      'This browser gives this page no storage: it is switched off, or the page was not opened over HTTPS. Projects ' +
        'cannot be kept here; open the page over HTTPS or from localhost.',
    );
}

function createStore(ground: Ground): ProjectStore {
  return {
    list: () => attempt('list the projects', () => operations.listProjects(ground)),
    get: (id) => attempt('open the project', () => operations.getProject(ground, id)),
    put: (record, parts) => attempt('save the project', () => operations.putProject(ground, record, parts)),
    getPart: (id, part) => attempt('read a part of the project', () => operations.getPart(ground, id, part)),
    sweep: () => attempt('tidy its storage', () => sweepStorage(ground)),
    erase: (id) => attempt('erase the project', () => operations.eraseProject(ground, id)),
    eraseEverything: () => attempt('erase everything', () => operations.eraseEverything(ground)),
    claim: (id, take) => attempt('reserve the project', () => ground.claims.claim(id, take)),
    storage: reportStorage,
    persist: requestPersistence,
    exportProject: (id, options) =>
      attempt('write the project file', () => exportProject(ground, id, options)),
    importProject: (file, options) =>
      attempt('open the project file', () => importProject(ground, file, options)),
    unlock: (id, passphrase) =>
      attempt('unlock the project', () => protection.unlockProject(ground, id, passphrase)),
    lock: (id) => attempt('lock the project', () => protection.lockProject(ground, id)),
    isUnlocked: (id) => ground.keys.has(id),
    protect: (id, passphrase) =>
      attempt('protect the project', () => protection.protectProject(ground, id, passphrase)),
    unprotect: (id) => attempt('store the project in clear', () => protection.unprotectProject(ground, id)),
    changePassphrase: (id, before, after) =>
      attempt('change the passphrase', () => protection.changePassphrase(ground, id, before, after)),
  };
}
