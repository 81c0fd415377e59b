import type { Asking } from './neighbours/near-rows';

/** What is computed on top of a figure. */
export type Extra = 'interval' | 'floor' | 'ceiling';

/** Told when work on an extra begins; what it answers is called when that work ends. No figure depends on it. */
export type Watch = (extra: Extra) => () => void;

/** Whatever knows who watches the measures, if anybody does. */
export interface Watched {
  readonly watch?: Watch | undefined;
}

/** Does the work that an extra takes, so that whoever watches can tell it from that of the figure. */
export function apart<T>({ watch }: Watched, extra: Extra, work: () => T): T {
  const end = watch?.(extra);
  try {
    return work();
  } finally {
    end?.();
  }
}

/** {@link apart}, where others may be asked which rows lie near. */
export function* askApart<T>({ watch }: Watched, extra: Extra, work: Asking<T>): Asking<T> {
  const end = watch?.(extra);
  try {
    return yield* work;
  } finally {
    end?.();
  }
}
