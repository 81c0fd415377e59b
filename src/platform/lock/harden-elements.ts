/** Elements that load, frame or navigate, none of which the page makes. */
const refusedElements = new Set([
  'iframe',
  'frame',
  'frameset',
  'fencedframe',
  'portal',
  'object',
  'embed',
  'applet',
  'link',
  'meta',
  'base',
  'area',
  'script',
]);

const refusedAttributes = new Set([
  'ping',
  'target',
  'formaction',
  'formtarget',
  'is',
  'srcdoc',
  'http-equiv',
]);
const linkAttributes = new Set(['href', 'xlink:href', 'action']);

/** True for an address that stays inside the page: a fragment of it or a blob: of its own. */
export function staysInside(address: string): boolean {
  return address === '' || address.startsWith('#') || address.startsWith('blob:');
}

function localName(name: string): string {
  const lower = name.toLowerCase();
  return lower.slice(lower.indexOf(':') + 1);
}

function refuse(what: string): never {
  throw new TypeError(`Understudy does not use ${what}: it could reach a server.`);
}

function checkElement(name: string): void {
  if (refusedElements.has(localName(name))) refuse(`<${localName(name)}>`);
}

function checkAttribute(name: string, value: string): void {
  const lower = name.toLowerCase();
  if (refusedAttributes.has(lower)) refuse(`the attribute ${lower}`);
  if (linkAttributes.has(lower) && !staysInside(value)) refuse('links to other addresses');
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Text as the browser will read it, taken once: an object could answer differently to the check and to the browser. */
function takeText(value: unknown): unknown {
  return value === null || value === undefined ? value : String(value);
}

/** Puts a check before a method of an interface, for good; arguments after the first `nArgs` are dropped. */
function guardMethod(
  owner: object,
  name: string,
  nArgs: number,
  check: (args: readonly string[]) => void,
): void {
  const original: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
  if (typeof original !== 'function') return;
  const guarded: Method = function (...args) {
    const texts = args.slice(0, nArgs).map(takeText);
    check(texts.map(String));
    return Reflect.apply(original, this, texts);
  };
  Object.defineProperty(owner, name, { value: guarded, writable: false, configurable: false });
}

/** Puts a check before the setter of a property, for good. */
function guardSetter(owner: object | undefined, name: string, check: (value: string) => void): void {
  const descriptor = owner && Object.getOwnPropertyDescriptor(owner, name);
  const set: unknown = descriptor?.set;
  if (!owner || !descriptor || typeof set !== 'function') return;
  Object.defineProperty(owner, name, {
    ...descriptor,
    configurable: false,
    set(this: unknown, value: unknown) {
      const text = String(value);
      check(text);
      Reflect.apply(set, this, [text]);
    },
  });
}

/** Refuses elements and attributes that could load from, or lead to, another address. */
export function guardElements(): void {
  const first = ([name = '']: readonly string[]) => checkElement(name);
  const second = ([, name = '']: readonly string[]) => checkElement(name);
  guardMethod(Document.prototype, 'createElement', 1, first);
  guardMethod(Document.prototype, 'createElementNS', 2, second);
  guardMethod(Document.prototype, 'createAttribute', 1, ([name = '']) => checkAttribute(name, 'https:'));
  guardMethod(Document.prototype, 'createAttributeNS', 2, ([, name = '']) => checkAttribute(name, 'https:'));
  guardMethod(Element.prototype, 'setAttribute', 2, ([name = '', value = '']) => checkAttribute(name, value));
  guardMethod(Element.prototype, 'setAttributeNS', 3, ([, name = '', value = '']) =>
    checkAttribute(name, value),
  );
  const link = (value: string) => checkAttribute('href', value);
  for (const part of ['href', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search']) {
    guardSetter(
      HTMLAnchorElement.prototype,
      part,
      part === 'href' ? link : () => refuse('links to other addresses'),
    );
  }
  for (const name of ['target', 'ping']) guardSetter(HTMLAnchorElement.prototype, name, () => refuse(name));
  guardSetter(HTMLLinkElement.prototype, 'href', () => refuse('<link>'));
  guardSetter(HTMLMetaElement.prototype, 'content', () => refuse('<meta>'));
  guardSetter(HTMLFormElement.prototype, 'action', () => refuse('form addresses'));
}
