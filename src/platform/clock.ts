/** The two clocks of a browser; passed to code below the page so that tests can hold the time. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC as the computer says; may jump. */
  now(): number;
  /** Milliseconds since the page was opened; never runs backwards. */
  elapsed(): number;
}

export const browserClock: Clock = {
  // eslint-disable-next-line no-restricted-properties -- the one place that reads the computer's clock
  now: () => Date.now(),
  elapsed: () => performance.now(),
};
