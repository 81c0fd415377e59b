import { afterColon, beginsWith, makeWordSet, toLowerCase } from './originals';

/** Elements that load, frame or navigate, or change attributes of others (SMIL); the page makes none of them. */
const refusedElements = makeWordSet([
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
  'set',
  'animate',
]);

const refusedAttributes = makeWordSet([
  'ping',
  'target',
  'formaction',
  'formtarget',
  'is',
  'srcdoc',
  'http-equiv',
  'content',
  'attributionsrc',
]);
const linkAttributes = makeWordSet(['href', 'action']);

/** True for an address that stays inside the page: a fragment of it or a blob: of its own. */
export function staysInside(address: string): boolean {
  return address === '' || beginsWith(address, '#') || beginsWith(address, 'blob:');
}

/** Ends an attempt with a sentence for whoever reads the console. */
export function refuse(what: string): never {
  throw new TypeError(`Understudy does not use ${what}: it could reach a server.`);
}

/** Throws for the name of an element that could load from, or lead to, another address; a prefix does not hide it. */
export function checkElement(name: string): void {
  const local = afterColon(toLowerCase(name));
  if (refusedElements[local] === true) refuse(`<${local}>`);
}

/** Throws for an attribute that could do the same, by its name or by its value; a prefix does not hide it. */
export function checkAttribute(name: string, value: string): void {
  const local = afterColon(toLowerCase(name));
  if (refusedAttributes[local] === true) refuse(`the attribute ${local}`);
  if (linkAttributes[local] === true && !staysInside(value)) refuse('links to other addresses');
}
