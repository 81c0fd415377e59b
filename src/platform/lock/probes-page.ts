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

function makeLink(): HTMLAnchorElement {
  const link = document.createElement('a');
  link.setAttribute('href', '#');
  return link;
}

/** Ways round the script's own guards that were found by trying; tests/e2e/egress/probes has them all. */
function listDetours(foreign: string): Probe[] {
  const svg = 'http://www.w3.org/2000/svg';
  return [
    probeScript('link by its attribute node', () => {
      for (const attribute of makeLink().attributes) attribute.value = foreign;
    }),
    probeScript('link in a drawing', () => {
      const link = document.createElementNS(svg, 'a') as SVGAElement;
      link.href.baseVal = foreign;
    }),
    probeScript('link changed by animation', () => document.createElementNS(svg, 'set')),
    probeScript('address of a button', () => {
      document.createElement('button').formAction = foreign;
    }),
    probeScript('click that opens a window', () =>
      document.createElement('a').dispatchEvent(new MouseEvent('click', { ctrlKey: true })),
    ),
    probeScript('text that becomes markup', () => {
      document.createElement('p').innerHTML = '<b></b>';
    }),
  ];
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
    ...listDetours(foreign),
  ];
}
