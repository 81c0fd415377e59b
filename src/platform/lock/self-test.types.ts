/** Where a way out was tried. */
export type ProbeContext = 'page' | 'worker' | 'nested worker';

export interface SelfTestRow {
  readonly context: ProbeContext;
  /** Way out that was tried. */
  readonly channel: string;
  readonly expected: 'refused';
  /** `not-applicable` where this browser does not have the way out. */
  readonly result: 'refused' | 'escaped' | 'not-applicable';
  /** What refused it, in a few words. */
  readonly how: string;
}

/** What a probe found; the context is added by whoever ran it. */
export type ProbeOutcome = Pick<SelfTestRow, 'result' | 'how'>;

export interface Probe {
  readonly channel: string;
  readonly run: () => Promise<ProbeOutcome>;
}

/** Message to the self-test worker. */
export interface SelfTestOrder {
  /** True for the worker that a worker started. */
  readonly nested: boolean;
  /** Absolute address of a file on the own host. */
  readonly ownAddress: string;
}

/** What the self-test worker says: each row as it is known, then that it is done, or that it could not go on. */
export type SelfTestNews =
  | { readonly kind: 'row'; readonly row: SelfTestRow }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };
