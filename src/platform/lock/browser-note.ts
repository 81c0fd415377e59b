/** First Chromium release that obeys `Connection-Allowlist`. */
const firstWithAllowlist = 152;

/** Major version of Chromium in a user agent text, null for other browsers. */
export function readChromiumVersion(userAgent: string): number | null {
  const match = /Chrom(?:e|ium)\/(\d+)/.exec(userAgent);
  return match ? Number(match[1]) : null;
}

/** True where the browser itself closes WebRTC, DNS hints, navigation and pop-ups by `Connection-Allowlist`. */
export function hasAllowlist(userAgent: string): boolean {
  return (readChromiumVersion(userAgent) ?? 0) >= firstWithAllowlist;
}

/** What this browser refuses by itself and what it leaves to our script, in plain words. */
export function describeBrowser(userAgent: string): string {
  if (hasAllowlist(userAgent)) {
    return 'This browser itself refuses every connection of this page, hidden ways such as WebRTC, DNS hints, navigation and pop-ups included.';
  }
  const remedy =
    'For certainty, switch the network off after the page says it is locked, and close the tab before you switch it on again.';
  if (readChromiumVersion(userAgent) !== null) {
    return `This version of Chromium refuses ordinary requests, but WebRTC, DNS hints, navigation and pop-ups are blocked by the page's own script only; version ${String(firstWithAllowlist)} and later block them too. ${remedy}`;
  }
  return `This browser refuses ordinary requests, but WebRTC, DNS hints, navigation and pop-ups are blocked by the page's own script only, which is tested but is not the browser's guarantee. ${remedy}`;
}
