import { staysInside } from './harden-rules';
import { apply, captureGetter } from './originals';

/** What the guard needs to know of a navigation. */
export interface Journey {
  readonly navigationType: string;
  readonly hashChange: boolean;
  readonly downloadRequest: string | null;
  readonly destination: { readonly url: string };
}

/** True for what the page does itself: fragments, downloads of its own blobs, a reload (answered from the cache). */
export function mayGo(event: Journey): boolean {
  if (event.hashChange || event.navigationType === 'reload') return true;
  return event.downloadRequest !== null && staysInside(event.destination.url);
}

/** Reads an event by the getters the browser has now; what is missing counts as leading away. */
function makeReader(): (event: Event) => Journey {
  const read = (name: string) => captureGetter('NavigateEvent', name);
  const [type, hash, download, destination] = [
    read('navigationType'),
    read('hashChange'),
    read('downloadRequest'),
    read('destination'),
  ];
  const url = captureGetter('NavigationDestination', 'url');
  return (event) => {
    const request = download(event);
    const address = url(destination(event));
    return {
      navigationType: `${type(event) as string}`,
      hashChange: hash(event) === true,
      downloadRequest: typeof request === 'string' ? request : null,
      destination: { url: typeof address === 'string' ? address : 'unknown:' },
    };
  };
}

/** Stops the page from being led away; first and in the capture phase, since a later listener could stop this one. */
export function guardNavigation(): void {
  const { navigation } = globalThis as unknown as { navigation?: EventTarget };
  const read = makeReader();
  const { preventDefault } = Event.prototype;
  navigation?.addEventListener(
    'navigate',
    (event) => {
      if (!mayGo(read(event))) apply(preventDefault, event, []);
    },
    { capture: true },
  );
}
