import { foreignAddress, listCommonProbes, probePolicy, probeRemoved, probeScript } from './probes';
import type { Probe } from './self-test.types';

function loadPicture(address: string): Promise<void> {
  const picture = new Image();
  picture.src = address;
  return new Promise((resolve) => {
    picture.onload = picture.onerror = () => resolve();
  });
}

async function showBackground(address: string): Promise<void> {
  const box = document.createElement('div');
  box.style.cssText = `position:absolute;width:1px;height:1px;background-image:url("${address}")`;
  document.body.append(box);
  await new Promise((resolve) => setTimeout(resolve, 500));
  box.remove();
}

/**
 * Ways out of the page. Navigation is not tried, since a page that escaped would be gone with its answer; no second
 * window or frame is made, since a browser may close the tab when a child tries WebRTC.
 */
export function listPageProbes(ownAddress: string): Probe[] {
  const foreign = foreignAddress;
  return [
    ...listCommonProbes(ownAddress),
    probePolicy('picture from the own server', null, ['img-src'], () => loadPicture(ownAddress)),
    probePolicy('picture from another server', null, ['img-src'], () => loadPicture(foreign)),
    probePolicy('style that names another server', null, ['img-src'], () => showBackground(foreign)),
    probePolicy(
      'script from another server',
      null,
      ['script-src-elem', 'script-src'],
      () => import(/* @vite-ignore */ foreign),
    ),
    probePolicy('text run as a script', null, ['script-src', 'require-trusted-types-for'], () =>
      Reflect.construct(Function, ['return 1']),
    ),
    probeRemoved('WebRTC', globalThis, 'RTCPeerConnection'),
    probeRemoved('new window', globalThis, 'open'),
    probeRemoved('beacon', navigator, 'sendBeacon'),
    probeRemoved('cookie', document, 'cookie'),
    probeRemoved('another service worker', navigator.serviceWorker ?? {}, 'register'),
    probeScript('preconnect and DNS hints', () => document.createElement('link')),
    probeScript('frame', () => document.createElement('iframe')),
    probeScript('redirect by meta element', () => document.createElement('meta')),
    probeScript('link to another server', () => document.createElement('a').setAttribute('href', foreign)),
    probeScript('link by property', () => {
      document.createElement('a').href = foreign;
    }),
  ];
}
