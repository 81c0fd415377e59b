/**
 * The exact strings that shut the page in. The build writes them into index.html, sw.js and `_headers`; the boot code
 * adds the last one at run time. docs/lock.md says what each closes.
 */

/** Name of the one Trusted Types policy, which mints the service worker's URL and our own blob: worker URLs. */
export const trustedTypesPolicy = 'understudy';

type Directives = Readonly<Record<string, string>>;

function joinDirectives(directives: Directives): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/**
 * Content-Security-Policy in force from the first byte of the page. It names `blob:` and `data:` for connections
 * because policies intersect: the lockdown could not allow them otherwise, and tfjs reads its wasm from a blob: URL.
 */
export const pagePolicy = joinDirectives({
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self' blob: data:",
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-src': "'none'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': trustedTypesPolicy,
});

/** Content-Security-Policy added once everything is loaded: no host is left in it, the own one included. */
export const lockdownPolicy = joinDirectives({
  'default-src': "'none'",
  'script-src': "'wasm-unsafe-eval'",
  'style-src': "'none'",
  'img-src': 'data: blob:',
  'font-src': "'none'",
  'connect-src': 'blob: data:',
  'worker-src': 'blob:',
  'manifest-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-src': "'none'",
  'object-src': "'none'",
});

const refusedFeatures = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'identity-credentials-get',
  'display-capture',
  'usb',
  'serial',
  'hid',
  'bluetooth',
  'web-share',
];

/** Headers on every response, from the service worker and from any host that can send them. */
export const lockHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${pagePolicy}; frame-ancestors 'none'`,
  'Connection-Allowlist': '(response-origin);webrtc=block',
  'Permissions-Policy': refusedFeatures.map((feature) => `${feature}=()`).join(', '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The `_headers` file that Netlify and Cloudflare Pages read. */
export function writeHeadersFile(): string {
  const lines = Object.entries(lockHeaders).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '  Cache-Control: no-cache', ''].join('\n');
}
