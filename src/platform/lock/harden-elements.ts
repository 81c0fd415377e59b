import { guardMethod, guardSetter } from './harden-guards';
import { checkAttribute, checkElement, refuse } from './harden-rules';
import { captureGetter } from './originals';

/** Node.ATTRIBUTE_NODE, which could be changed. */
const attributeNode = 2;

function guardMaking(): void {
  guardMethod(Document.prototype, 'createElement', 1, (name) => checkElement(name));
  guardMethod(Document.prototype, 'createElementNS', 2, (_, name) => checkElement(name));
  guardMethod(Document.prototype, 'createAttribute', 1, (name) => checkAttribute(name, 'https:'));
  guardMethod(Document.prototype, 'createAttributeNS', 2, (_, name) => checkAttribute(name, 'https:'));
  guardMethod(Element.prototype, 'setAttribute', 2, (name, value) => checkAttribute(name, value));
  guardMethod(Element.prototype, 'setAttributeNS', 3, (_, name, value) => checkAttribute(name, value));
}

/** An attribute that is there already can be changed as a node of its own, and so can its copy. */
function guardAttributeNodes(): void {
  const kindOf = captureGetter('Node', 'nodeType');
  const nameOf = captureGetter('Attr', 'name');
  const check = (value: string, target: unknown) => {
    if (kindOf(target) === attributeNode) checkAttribute(`${nameOf(target) as string}`, value);
  };
  guardSetter(Attr.prototype, 'value', check);
  guardSetter(Node.prototype, 'nodeValue', check);
  guardSetter(Node.prototype, 'textContent', check);
}

function guardLinks(): void {
  guardSetter(HTMLAnchorElement.prototype, 'href', (value) => checkAttribute('href', value));
  const parts = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search'];
  for (const part of parts)
    guardSetter(HTMLAnchorElement.prototype, part, () => refuse('links to other addresses'));
  guardSetter(SVGAnimatedString.prototype, 'baseVal', () => refuse('texts of SVG by property'));
}

/** Setters by the interface they live on, none of which the page needs. */
const refusedSetters: Readonly<Record<string, readonly string[]>> = {
  HTMLAnchorElement: ['target', 'ping', 'attributionSrc'],
  HTMLImageElement: ['attributionSrc'],
  HTMLLinkElement: ['href', 'imageSrcset'],
  HTMLMetaElement: ['content', 'httpEquiv'],
  HTMLFormElement: ['action', 'target'],
  HTMLButtonElement: ['formAction', 'formTarget'],
  HTMLInputElement: ['formAction', 'formTarget'],
};

function guardSetters(): void {
  for (const [interfaceName, names] of Object.entries(refusedSetters)) {
    const owner = (globalThis as unknown as Record<string, { prototype: object } | undefined>)[interfaceName];
    for (const name of names)
      guardSetter(owner?.prototype, name, () => refuse(`${name} of ${interfaceName}`));
  }
}

/**
 * Refuses elements and attributes that could load from, or lead to, another address. The elements that index.html
 * brings stay, since the style sheet lives in one and a page without an icon asks its server for one; they cannot be
 * made to name another address.
 */
export function guardElements(): void {
  guardMaking();
  guardAttributeNodes();
  guardLinks();
  guardSetters();
}
