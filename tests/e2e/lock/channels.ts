import type { Sink } from './sink';

/** What the probes need of a page, whichever program drives its browser. */
export interface ProbedPage {
  evaluate(script: string): Promise<unknown>;
  evaluate<Given>(run: (given: Given) => unknown, given: Given): Promise<unknown>;
  close(): Promise<void>;
}

/** Ways out that leave the page where it is. */
export const quietChannels = [
  'fetch',
  'xhr',
  'beacon',
  'websocket',
  'eventsource',
  'image',
  'background',
  'import',
  'iframe',
  'preconnect',
  'webrtc',
  'url-worker',
  'blob-worker',
  'blob-worker-import',
  'nested-url-worker',
] as const;

/** Ways out that lead the page away or open another one. */
export const loudChannels = ['popup', 'navigation', 'download'] as const;

interface Target {
  readonly origin: string;
  readonly preconnectOrigin: string;
  readonly stun: string | null;
}

/** Runs inside the page, so it may use nothing from outside. */
function tryQuietChannels({ origin, preconnectOrigin, stun }: Target): Promise<void> {
  const own = new URL('probe-worker.js', document.baseURI).href;
  const to = (name: string) => `${origin}/${name}`;
  const blobWorker = (source: string) => new Worker(URL.createObjectURL(new Blob([source])));
  const append = (tag: string, attributes: Record<string, string>) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.head.append(element);
    if (tag === 'iframe') document.body.append(element);
  };
  const attempts: (() => unknown)[] = [
    () => fetch(to('fetch'), { mode: 'no-cors' }),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', to('xhr'));
      request.send();
    },
    () => navigator.sendBeacon(to('beacon'), 'x'),
    () => new WebSocket(to('websocket').replace('http', 'ws')),
    () => new EventSource(to('eventsource')),
    () => (new Image().src = to('image')),
    () => {
      const box = document.createElement('p');
      box.textContent = 'x';
      box.style.backgroundImage = `url("${to('background')}")`;
      document.body.append(box);
    },
    () => append('iframe', { src: to('iframe') }),
    () => append('link', { rel: 'preconnect', href: preconnectOrigin }),
    async () => {
      if (stun === null) return;
      const peer = new RTCPeerConnection({ iceServers: [{ urls: stun }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
    },
    () => new Worker(own).postMessage(to('url-worker')),
    () => blobWorker(`fetch('${to('blob-worker')}', { mode: 'no-cors' })`),
    () => blobWorker(`importScripts('${to('blob-worker-import')}')`),
    () => blobWorker(`new Worker('${own}').postMessage('${to('nested-url-worker')}')`),
  ];
  for (const attempt of attempts) {
    (async () => attempt())().catch(() => undefined);
  }
  return new Promise((resolve) => setTimeout(resolve, 2_000));
}

function tryLoudChannel({ origin, name }: { origin: string; name: string }): void {
  const address = `${origin}/${name}`;
  try {
    if (name === 'popup') window.open(address);
    if (name === 'navigation') location.href = address;
    if (name === 'download') {
      const link = document.createElement('a');
      link.href = address;
      link.download = 'x';
      document.body.append(link);
      link.click();
    }
  } catch {
    return;
  }
}

async function tryQuiet(sink: Sink, page: ProbedPage): Promise<void> {
  const { origin, preconnectOrigin, stun } = sink;
  await page.evaluate(`void import('${origin}/import').catch(() => undefined)`);
  await page.evaluate(tryQuietChannels, { origin, preconnectOrigin, stun });
  await page.close();
}

async function tryLoud(page: ProbedPage, origin: string, name: string): Promise<void> {
  await page.evaluate(tryLoudChannel, { origin, name }).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await page.close();
}

/** Tries all ways out and answers those whose packets arrived. `prepare` makes a fresh page in the state to test. */
export async function listOpenChannels(sink: Sink, prepare: () => Promise<ProbedPage>): Promise<string[]> {
  const pages: ProbedPage[] = [];
  for (let i = 0; i <= loudChannels.length; i++) pages.push(await prepare());
  sink.reset();
  await Promise.all(
    pages.map((page, i) => {
      const name = loudChannels[i];
      return name === undefined ? tryQuiet(sink, page) : tryLoud(page, sink.origin, name);
    }),
  );
  return sink.hits();
}
