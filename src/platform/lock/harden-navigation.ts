import { staysInside } from './harden-rules';
import { apply, captureGetter } from './originals';

/** What the guard needs to know of a navigation. */
export interface Journey {
  readonly navigationType: string;
  readonly hashChange: boolean;
  readonly downloadRequest: string | null;
  readonly destination: { readonly url: string };
  /** The link that was followed, null for everything else. */
  readonly link: object | null;
  /** Whether that link now has a name to save under. */
  readonly saves: boolean;
}

/** True for what the page does itself: fragments, downloads of its own blobs, a reload (answered from the cache). */
export function mayGo(event: Journey): boolean {
  if (event.hashChange || event.navigationType === 'reload') return true;
  return event.downloadRequest !== null && staysInside(event.destination.url);
}

/**
 * Judges navigations in the order in which they come. Firefox announces a download twice, the second time as if the
 * link were followed: that goes through once for each first one, and for the very link and address of it only. A link
 * with a name to save under cannot be followed in any other way, so nothing else can pass in its place.
 */
export function makeGate(): (event: Journey) => boolean {
  let begun: Journey | null = null;
  return (event) => {
    if (mayGo(event)) {
      if (event.downloadRequest !== null) begun = event.link === null ? null : event;
      return true;
    }
    const repeats =
      begun !== null &&
      event.saves &&
      event.link === begun.link &&
      event.destination.url === begun.destination.url;
    if (repeats) begun = null;
    return repeats;
  };
}

/** Reads an event by the getters the browser has now; what is missing counts as leading away. */
function makeReader(): (event: Event) => Journey {
  const read = (name: string) => captureGetter('NavigateEvent', name);
  const [type, hash, download, destination, source] = [
    read('navigationType'),
    read('hashChange'),
    read('downloadRequest'),
    read('destination'),
    read('sourceElement'),
  ];
  const url = captureGetter('NavigationDestination', 'url');
  const saveName = captureGetter('HTMLAnchorElement', 'download');
  return (event) => {
    const request = download(event);
    const address = url(destination(event));
    const element = source(event);
    const name = saveName(element);
    return {
      navigationType: `${type(event) as string}`,
      hashChange: hash(event) === true,
      downloadRequest: typeof request === 'string' ? request : null,
      destination: { url: typeof address === 'string' ? address : 'unknown:' },
      link: typeof element === 'object' && name !== undefined ? element : null,
      saves: typeof name === 'string' && name !== '',
    };
  };
}

/** Stops the page from being led away; first and in the capture phase, since a later listener could stop this one. */
export function guardNavigation(): void {
  const { navigation } = globalThis as unknown as { navigation?: EventTarget };
  const read = makeReader();
  const mayPass = makeGate();
  const { preventDefault } = Event.prototype;
  navigation?.addEventListener(
    'navigate',
    (event) => {
      // An event that script made leads nowhere, and must not open the way for one that does.
      if (event.isTrusted && !mayPass(read(event))) apply(preventDefault, event, []);
    },
    { capture: true },
  );
}
