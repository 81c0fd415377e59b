import { refuse } from '../../data/failure';
import { projectLockName, scopedName } from './names';
import type { ClaimLoss, ProjectClaim } from './store.types';

/** Which projects this page may write. One page at a time holds a project, by a Web Lock. */
export interface Claims {
  /** Throws `project-locked` when another tab has it and `take` is `if-free`. Claiming twice answers the same claim. */
  claim(id: string, take: 'if-free' | 'take-over'): Promise<ProjectClaim>;
  /** Throws when another tab took the project over or it was erased: what this page knows of it is out of date. */
  checkWritable(id: string): void;
  /** True while this page holds the project. */
  holds(id: string): boolean;
  /**
   * Takes the project from whoever holds it, lets `erase` run while nobody else can have it, and leaves a sign for the
   * tab that lost it. Writes of this page are refused until it is claimed again.
   */
  retire(id: string, erase: () => Promise<void>): Promise<void>;
  /** Ids of the projects that some tab holds. */
  listHeld(): Promise<readonly string[]>;
}

interface Held {
  readonly claim: ProjectClaim;
  readonly release: () => void;
}

/** @param exists whether the project is still stored; asked when another tab has taken it. */
export function openClaims(scope: string, exists: (id: string) => Promise<boolean>): Claims {
  const held = new Map<string, Held>();
  const ended = new Map<string, ClaimLoss>();

  async function claim(id: string, take: 'if-free' | 'take-over'): Promise<ProjectClaim> {
    const mine = held.get(id);
    if (mine !== undefined) return mine.claim;
    let tellLost: (loss: Promise<ClaimLoss>) => void = () => undefined;
    const lost = new Promise<ClaimLoss>((resolve) => (tellLost = resolve));
    const forget = (): void => void held.delete(id);
    const release = await hold(projectLockName(scope, id), take, () => {
      if (!held.has(id)) return;
      forget();
      if (!ended.has(id)) ended.set(id, 'taken');
      tellLost(
        whyLost(scope, id, exists).then((loss) => {
          if (ended.has(id)) ended.set(id, loss);
          return loss;
        }),
      );
    });
    if (release === null) return refuse('project-locked', LOCKED);
    const made: Held = {
      release,
      claim: {
        lost,
        release: () => {
          forget();
          release();
        },
      },
    };
    held.set(id, made);
    ended.delete(id);
    return made.claim;
  }

  return {
    claim,
    checkWritable(id) {
      const end = ended.get(id);
      if (end === 'taken') refuse('project-locked', TAKEN);
      if (end === 'erased') refuse('project-missing', ERASED);
    },
    holds: (id) => held.has(id),
    async retire(id, erase) {
      ended.set(id, 'erased');
      // Kept for as long as this page lives: a tab that sleeps may look for it late.
      await hold(erasureLock(scope, id), 'if-free', () => undefined);
      held.get(id)?.claim.release();
      const release = await hold(projectLockName(scope, id), 'take-over', () => undefined);
      await erase().finally(() => release?.());
    },
    async listHeld() {
      const { held: locks = [] } = await navigator.locks.query();
      const prefix = projectLockName(scope, '');
      return locks.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
    },
  };
}

async function whyLost(
  scope: string,
  id: string,
  exists: (id: string) => Promise<boolean>,
): Promise<ClaimLoss> {
  const { held: locks = [] } = await navigator.locks.query();
  const erased = locks.some(({ name }) => name === erasureLock(scope, id));
  return erased || !(await exists(id).catch(() => true)) ? 'erased' : 'taken';
}

/** Held by the page that erased a project. */
function erasureLock(scope: string, id: string): string {
  return scopedName(scope, `erased/${id}`);
}

/** Holds a lock until the function answered is called; null when it is not free. `onStolen`: another tab took it. */
function hold(
  name: string,
  take: 'if-free' | 'take-over',
  onStolen: () => void,
): Promise<(() => void) | null> {
  const options = take === 'take-over' ? { steal: true } : { ifAvailable: true };
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'AbortError') onStolen();
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

const LOCKED =
  'This project is open in another tab of this browser. Go on there, or take it over here: the other tab then stops ' +
  'saving it.';
const TAKEN =
  'Another tab has taken this project over, so this tab no longer saves it. Take it back here, or go on in the other ' +
  'tab.';
const ERASED = 'This project was erased from this device; nothing more is saved of it.';
