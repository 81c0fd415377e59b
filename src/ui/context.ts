import { getContext, setContext } from 'svelte';
import type { Booted } from '../platform/lock/types';
import type { Definitions } from './parts/definitions.svelte';
import type { AppState } from './state/app.svelte';
import type { KeysState } from './state/keys.svelte';
import type { ThemeState } from './state/theme.svelte';
import type { UpdateOffer } from './state/update.svelte';

/** What every part of the page may reach once the boot is over. */
export interface Workplace {
  readonly app: AppState;
  /** Lock report, loaded assets, worker starter. */
  readonly boot: Booted;
  /** True when records of a person's own may be opened: only behind the lock. */
  readonly mayOpenRecords: boolean;
  readonly theme: ThemeState;
  /** What the numbers on the screen mean; `definitions.show(id)` opens the panel. */
  readonly definitions: Definitions;
  /** Keys that this browser signs releases with. */
  readonly keys: KeysState;
  /** A new build waiting for consent. */
  readonly update: UpdateOffer;
}

const key = Symbol('workplace');

export function setWorkplace(workplace: Workplace): Workplace {
  return setContext(key, workplace);
}

/** Call while a component is being set up, not in a handler. */
export function getWorkplace(): Workplace {
  return getContext<Workplace>(key);
}
