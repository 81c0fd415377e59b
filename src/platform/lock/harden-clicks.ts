import { apply, captureGetter, defineProperty, getOwnPropertyDescriptor, makeWordSet } from './originals';
import { refuse } from './harden-rules';

/** Keys under which a click on a link opens another window, or saves what the link leads to. */
const modifiers = ['ctrlKey', 'metaKey', 'shiftKey', 'altKey'] as const;
const refusedTypes = makeWordSet(['auxclick']);

type Read = (from: unknown) => unknown;

/** Answers whether an event is a click, or a key pressed on a link, that would open another window. */
function makeWindowTest(): (event: unknown) => boolean {
  const typeOf = captureGetter('Event', 'type');
  const keyOf = captureGetter('KeyboardEvent', 'key');
  const getters: Read[] = [];
  for (const name of modifiers)
    getters.push(captureGetter('MouseEvent', name), captureGetter('KeyboardEvent', name));
  return (event) => {
    const type = typeOf(event);
    if (typeof type === 'string' && refusedTypes[type] === true) return true;
    if (type === 'keydown' && keyOf(event) !== 'Enter') return false;
    for (let i = 0; i < getters.length; i++) if (getters[i]?.(event) === true) return true;
    return false;
  };
}

/** Answers whether an event comes from inside a link. */
function makeLinkTest(): (event: Event) => boolean {
  const { composedPath } = Event.prototype;
  const linkNames = [captureGetter('HTMLAnchorElement', 'href'), captureGetter('SVGAElement', 'href')];
  return (event) => {
    const path = apply(composedPath, event, []) as readonly unknown[];
    for (let i = 0; i < path.length; i++)
      for (let j = 0; j < linkNames.length; j++) if (linkNames[j]?.(path[i]) !== undefined) return true;
    return false;
  };
}

/** Script may not send events that would open a window: another document has a script environment of its own. */
function guardDispatch(opensWindow: (event: unknown) => boolean): void {
  const original: unknown = getOwnPropertyDescriptor(EventTarget.prototype, 'dispatchEvent')?.value;
  if (typeof original !== 'function') return;
  const guarded = function (this: unknown, event: unknown): unknown {
    if (opensWindow(event)) refuse('made-up clicks that open a window');
    return apply(original, this, [event]);
  };
  defineProperty(EventTarget.prototype, 'dispatchEvent', {
    value: guarded,
    writable: false,
    configurable: false,
  });
}

/** Keeps links from opening other windows, whoever clicks. */
export function guardClicks(): void {
  const opensWindow = makeWindowTest();
  const isInLink = makeLinkTest();
  const { preventDefault } = Event.prototype;
  guardDispatch(opensWindow);
  const stop = (event: Event) => {
    if (opensWindow(event) && isInLink(event)) apply(preventDefault, event, []);
  };
  for (const type of ['click', 'auxclick', 'keydown']) addEventListener(type, stop, { capture: true });
}
