/** One small text kept in this browser between visits, where the browser allows it. */
export interface KeptText {
  get(): string | null;
  set(value: string | null): void;
}

/** Keeps the text in localStorage under that key; a browser that refuses storage simply forgets it. */
export function keepText(key: string): KeptText {
  return {
    get() {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(value) {
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch {
        return;
      }
    },
  };
}

/** Keeps nothing: for a page without its lock. */
export const forgetfulText: KeptText = { get: () => null, set: () => undefined };
