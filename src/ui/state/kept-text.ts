/** One small text kept in this browser between visits, where the browser allows it. */
export interface KeptText {
  get(): string | null;
  set(value: string | null): void;
}

/** Where a text is kept: in this browser, or in this tab only. */
type Area = () => Storage;

/**
 * Keeps the text in localStorage (or another area) under that key; a browser that refuses storage simply forgets it.
 */
export function keepText(key: string, area: Area = () => localStorage): KeptText {
  return {
    get() {
      try {
        return area().getItem(key);
      } catch {
        return null;
      }
    },
    set(value) {
      try {
        if (value === null) area().removeItem(key);
        else area().setItem(key, value);
      } catch {
        return;
      }
    },
  };
}

/** Keeps nothing: for a page without its lock. */
export const forgetfulText: KeptText = { get: () => null, set: () => undefined };
