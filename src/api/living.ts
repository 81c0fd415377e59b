/** What every worker offers besides its service. */
export interface Living {
  /** Holds the Web Lock of that name until the worker is gone; false where the browser has no locks. */
  holdLife(lockName: string): Promise<boolean>;
}
