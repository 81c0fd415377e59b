import { staysInside } from './harden-elements';

interface NavigateEvent extends Event {
  readonly navigationType: string;
  readonly hashChange: boolean;
  readonly downloadRequest: string | null;
  readonly destination: { readonly url: string };
}

/** What the guard needs to know of a navigation. */
export type Journey = Pick<
  NavigateEvent,
  'navigationType' | 'hashChange' | 'downloadRequest' | 'destination'
>;

/** True for what the page does itself: fragments, downloads of its own blobs, a reload (answered from the cache). */
export function mayGo(event: Journey): boolean {
  if (event.hashChange || event.navigationType === 'reload') return true;
  return event.downloadRequest !== null && staysInside(event.destination.url);
}

/** Stops the page from being led away; first and in the capture phase, since a later listener could stop this one. */
export function guardNavigation(): void {
  const { navigation } = globalThis as unknown as { navigation?: EventTarget };
  navigation?.addEventListener(
    'navigate',
    (event) => {
      if (!mayGo(event as NavigateEvent) && event.cancelable) event.preventDefault();
    },
    { capture: true },
  );
}
