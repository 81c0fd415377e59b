import { untrack } from 'svelte';

/**
 * A value that follows `read` at most once in `everyMs`, so that pictures of a running training cost little. The last
 * value always arrives. Call while a component is being set up.
 */
export function pace<T>(read: () => T, everyMs: number): { readonly current: T } {
  let current = $state.raw<T>(untrack(read));
  let lastAt = performance.now();
  $effect(() => {
    const latest = read();
    const show = (): void => {
      current = latest;
      lastAt = performance.now();
    };
    const waitMs = lastAt + everyMs - performance.now();
    if (waitMs <= 0) return show();
    const timer = setTimeout(show, waitMs);
    return () => {
      clearTimeout(timer);
    };
  });
  return {
    get current() {
      return current;
    },
  };
}
