import { apply, defineProperty, getOwnPropertyDescriptor } from './originals';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Text as the browser will read it, taken once: an object could answer differently to the check and to the browser. */
function takeText(value: unknown): unknown {
  return value === null || value === undefined ? value : `${value as string}`;
}

function asText(value: unknown): string {
  return `${value as string}`;
}

/** Checks the first two or three arguments of a method; the last is undefined where the method takes two. */
export type CheckTexts = (first: string, second: string, third: string) => void;

/** Puts a check before a method of an interface, for good; arguments after the first `nArgs` are dropped. */
export function guardMethod(owner: object, name: string, nArgs: number, check: CheckTexts): void {
  const original: unknown = getOwnPropertyDescriptor(owner, name)?.value;
  if (typeof original !== 'function') return;
  const guarded: Method = function (...args) {
    const texts: unknown[] = [];
    for (let i = 0; i < nArgs && i < args.length; i++) texts[i] = takeText(args[i]);
    check(asText(texts[0]), asText(texts[1]), asText(texts[2]));
    return apply(original, this, texts);
  };
  defineProperty(owner, name, { value: guarded, writable: false, configurable: false });
}

/** Puts a check before the setter of a property, for good; does nothing where the browser lacks it. */
export function guardSetter(
  owner: object | undefined,
  name: string,
  check: (value: string, target: unknown) => void,
): void {
  const descriptor = owner && getOwnPropertyDescriptor(owner, name);
  const set: unknown = descriptor?.set;
  if (!owner || !descriptor || typeof set !== 'function') return;
  defineProperty(owner, name, {
    ...descriptor,
    configurable: false,
    set(this: unknown, value: unknown) {
      const text = takeText(value);
      check(asText(text), this);
      apply(set, this, [text]);
    },
  });
}
