import type { LockReport } from '../../platform/lock/types';

/** The state of the lock in the few words of the badge. */
export const lockWords: Readonly<Record<LockReport['state'], string>> = {
  locked: 'Locked: nothing can leave',
  'sample-only': 'Not locked: sample only',
  development: 'Development, unlocked',
};

/** The same, for narrow screens. */
export const shortLockWords: Readonly<Record<LockReport['state'], string>> = {
  locked: 'Locked',
  'sample-only': 'Sample only',
  development: 'Unlocked',
};

/** What no lock inside a page can promise, one sentence each. */
export const residualRisks: readonly string[] = [
  'The first load trusts the server. Whoever controls it could serve another program under this address; the build hash below tells builds apart, and a new build is never taken without your consent.',
  'Browser extensions with access to this page can read what it shows and can send it elsewhere. Use a window or profile without extensions for records that matter.',
  'The browser, the operating system and this device are trusted: a screen recorder, a synchronised folder or a cloud clipboard is outside the reach of a page.',
  'What you download leaves the lock. From then on the file is yours to protect.',
  'After the lock the browser may still check the service-worker file on this page’s own server. That request carries no data, no cookie and no query.',
];

/** How to check the lock without trusting the page. */
export const independentChecks: readonly string[] = [
  'Wait until the page says “Locked”, then switch the network off (flight mode, or unplug the cable). Everything goes on working. Close the tab before you switch the network on again.',
  'Open the developer tools (F12) at “Network” after the page says “Locked”, and work: the list shows blob: and data: entries, which never leave the browser, and at most two kinds more: requests marked as blocked, which the lock refused, and the browser’s own check of sw.js.',
  'Run the self-test on this panel: it tries every way out that is known to us, in the page and in workers, and shows what refused it.',
];
