import { hasAllowlist } from './browser-note';
import type { LockLayer } from './types';

/** What the boot found out about itself. */
export interface Findings {
  readonly pagePolicy: boolean;
  readonly trustedTypes: boolean;
  /** Controlled by the service worker and isolated by its headers. */
  readonly served: boolean;
  readonly hashed: boolean;
  readonly lockedDown: boolean;
  readonly hardened: boolean;
  readonly userAgent: string;
}

const status = (on: boolean): 'on' | 'off' => (on ? 'on' : 'off');

/** The layers of the lock as a list for the page, in the order in which they close. */
export function listLayers(found: Findings): LockLayer[] {
  const allowlist = found.served && hasAllowlist(found.userAgent);
  return [
    {
      id: 'page-policy',
      name: 'Content policy in the page',
      status: status(found.pagePolicy),
      note: 'From its first byte the page may talk to its own server only, and run only its own files.',
    },
    {
      id: 'trusted-types',
      name: 'No text becomes code',
      status: status(found.trustedTypes),
      note: 'The browser refuses to turn text into markup or scripts (Trusted Types).',
    },
    {
      id: 'service-worker',
      name: 'Served from a fixed list',
      status: status(found.served),
      note: 'The service worker answers from stored files only, never from the network, and adds the protective headers.',
    },
    {
      id: 'checked-files',
      name: 'Every file checked',
      status: status(found.hashed),
      note: 'What the page loaded has the SHA-256 sums of this build.',
    },
    {
      id: 'connection-allowlist',
      name: 'Hidden ways closed by the browser',
      status: allowlist ? 'on' : 'off',
      note: 'WebRTC, DNS hints, navigation and pop-ups to other hosts (Connection-Allowlist, Chromium 152 and later). A page cannot see this header: it is taken as on when the service worker served the page.',
    },
    {
      id: 'lockdown',
      name: 'Network closed after loading',
      status: status(found.lockedDown),
      note: 'No server is left in the policy, the own one included; it cannot be undone without a reload.',
    },
    {
      id: 'hardening',
      name: 'Ways out removed by script',
      status: status(found.hardened),
      note: 'The page took away what it does not need (WebRTC, pop-ups, navigation); a second line, not a guarantee.',
    },
  ];
}
