import { guardClicks } from './harden-clicks';
import { guardElements } from './harden-elements';
import { guardNavigation } from './harden-navigation';
import { removeGlobals, removeMembers, type Members } from './harden-remove';

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
const removedMembers: Members = {
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

/**
 * Takes away what could reach a server by ways that no policy covers in every browser. A second line of defence: a
 * list of what is denied, which a new browser feature may outgrow.
 *
 * @returns true when everything named is gone
 */
export function hardenPage(): boolean {
  removeMembers(removedMembers);
  const left = removeGlobals(removedGlobals);
  guardElements();
  guardClicks();
  guardNavigation();
  return left.length === 0;
}
