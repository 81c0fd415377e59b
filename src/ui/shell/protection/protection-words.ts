import type { IdleMinutes } from '../../state/idle-lock.svelte';

export const NO_RECOVERY =
  'Nobody can reset or recover it: without the passphrase the project is lost. Write it down, or keep it in a password manager.';

export const WHAT_IS_READABLE =
  'Without the passphrase this device shows that there is a protected project, when it was last changed, how large it is, and how many runs it has; not its name, columns, records, models or results.';

export function nameIdle(minutes: IdleMinutes): string {
  if (minutes === null) return 'Never';
  return minutes === 60 ? 'After an hour without use' : `After ${minutes} minutes without use`;
}
