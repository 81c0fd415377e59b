/**
 * Built-ins as they were before anything else ran in the page. The guards use these and the syntax of the language
 * only: what a guard calls by name, hostile code could replace, and the guard would then ask its enemy.
 */
export const { apply } = Reflect;

const { getOwnPropertyDescriptor, defineProperty } = Object;
const { toLowerCase: lower } = String.prototype;

export { defineProperty, getOwnPropertyDescriptor };

/** Set of words that no change of a prototype can alter. */
export type WordSet = Readonly<Record<string, true | undefined>>;

/** A set of words; test with `set[word] === true`. */
export function makeWordSet(words: readonly string[]): WordSet {
  const set = Object.create(null) as Record<string, true>;
  for (const word of words) set[word] = true;
  return Object.freeze(set);
}

/** The text in small letters. */
export function toLowerCase(text: string): string {
  return apply(lower, text, []) as string;
}

/** True when a text begins with another. */
export function beginsWith(text: string, start: string): boolean {
  for (let i = 0; i < start.length; i++) if (text[i] !== start[i]) return false;
  return true;
}

/** What follows the first colon, or the whole text. */
export function afterColon(text: string): string {
  let rest = '';
  let passed = false;
  for (let i = 0; i < text.length; i++) {
    if (passed) rest += text[i] ?? '';
    if (text[i] === ':') passed = true;
  }
  return passed ? rest : text;
}

/**
 * A function that reads a property of an object by the getter its interface has now, whatever is put over it later;
 * undefined for other objects and where the browser lacks the property.
 */
export function captureGetter(interfaceName: string, property: string): (from: unknown) => unknown {
  const owner = (globalThis as unknown as Record<string, { prototype?: object } | undefined>)[interfaceName];
  const get: unknown = owner?.prototype && getOwnPropertyDescriptor(owner.prototype, property)?.get;
  return (from) => {
    if (typeof get !== 'function') return undefined;
    try {
      return apply(get, from, []);
    } catch {
      return undefined;
    }
  };
}
