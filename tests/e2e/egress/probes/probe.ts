/** Where hostile script is tried: each is a script environment of its own. */
export type ProbeContext = 'page' | 'worker' | 'nested worker' | 'service worker';

/** What the driver does by hand once the script has run. */
export type Hand = 'click' | 'control-click' | 'middle-click' | 'reload' | 'close' | null;

/**
 * One way out, as the text of an async function body. In scope: `url`, `origin`, `host` and `port` of a sink that this
 * probe alone knows, `ip` of all sinks, `own(path)` for an address of the own server, `canary`, and `k` (see
 * {@link toolText}). Constructors that a page may have lost are in scope by their names.
 */
export interface Probe {
  readonly name: string;
  readonly text: string;
  /** True for what may lead the page away, open another or end it: it gets a page of its own. */
  readonly alone: boolean;
  readonly hand: Hand;
  /** True when the own server is the judge, not a sink. */
  readonly own: boolean;
}

type Texts = Readonly<Record<string, string>>;

/** Probes that can share one page. */
export function quiet(texts: Texts): Probe[] {
  return Object.entries(texts).map(([name, text]) => ({ name, text, alone: false, hand: null, own: false }));
}

/** Probes that need a page of their own. */
export function loud(texts: Texts, hand: Hand = null): Probe[] {
  return Object.entries(texts).map(([name, text]) => ({ name, text, alone: true, hand, own: false }));
}

/** Probes whose packets would go to the own server. */
export function toOwnServer(probes: readonly Probe[]): Probe[] {
  return probes.map((probe) => ({ ...probe, own: true }));
}
