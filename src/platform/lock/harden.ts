import { guardClicks } from './harden-clicks';
import { guardElements } from './harden-elements';
import { guardNavigation } from './harden-navigation';

/** Constructors and objects of the global scope that the page has no use for. */
const removedGlobals = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'WebTransport',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'XMLHttpRequest',
  'Worker',
  'SharedWorker',
  'sharedStorage',
  'PaymentRequest',
  'Notification',
  'FontFace',
  'FencedFrameConfig',
  'PresentationRequest',
  'XSLTProcessor',
  'documentPictureInPicture',
  'cookieStore',
  'CookieStore',
  'fetchLater',
  'open',
] as const;

/** Methods and accessors by the interface they live on. */
const removedMembers: Readonly<Record<string, readonly string[]>> = {
  Navigator: ['sendBeacon', 'share', 'registerProtocolHandler'],
  CredentialsContainer: ['get', 'create', 'store'],
  Worklet: ['addModule'],
  ServiceWorkerContainer: ['register'],
  ServiceWorkerRegistration: ['update', 'unregister', 'showNotification'],
  Worker: ['constructor'],
  CustomElementRegistry: ['define'],
  DocumentPictureInPicture: ['requestWindow'],
  DOMParser: ['parseFromString'],
  DOMImplementation: ['createHTMLDocument', 'createDocument'],
  Document: ['open', 'write', 'writeln', 'execCommand', 'parseHTMLUnsafe', 'parseHTML', 'cookie'],
  Element: [
    'setHTML',
    'setHTMLUnsafe',
    'insertAdjacentHTML',
    'innerHTML',
    'outerHTML',
    'setAttributeNode',
    'setAttributeNodeNS',
  ],
  ShadowRoot: ['setHTML', 'setHTMLUnsafe', 'innerHTML'],
  NamedNodeMap: ['setNamedItem', 'setNamedItemNS'],
  Range: ['createContextualFragment'],
  HTMLFormElement: ['submit', 'requestSubmit'],
};

/** Puts a value in place that no later script can change back. */
export function pin(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: false });
}

function removeMember(owner: object, name: string): void {
  if (!Object.hasOwn(owner, name)) return;
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (descriptor?.configurable === false) return;
  pin(owner, name, undefined);
}

function removeMembers(): void {
  for (const [interfaceName, names] of Object.entries(removedMembers)) {
    const owner = (globalThis as unknown as Record<string, { prototype?: object } | undefined>)[
      interfaceName
    ];
    if (owner?.prototype) for (const name of names) removeMember(owner.prototype, name);
    if (owner) for (const name of names) removeMember(owner, name);
  }
}

/**
 * Takes away what could reach a server by ways that no policy covers in every browser. A second line of defence: a
 * list of what is denied, which a new browser feature may outgrow.
 *
 * @returns true when everything named is gone
 */
export function hardenPage(): boolean {
  removeMembers();
  for (const name of removedGlobals) {
    if (name in globalThis) removeMember(globalThis, name);
  }
  guardElements();
  guardClicks();
  guardNavigation();
  const left = removedGlobals.filter(
    (name) => (globalThis as unknown as Record<string, unknown>)[name] !== undefined,
  );
  return left.length === 0;
}
