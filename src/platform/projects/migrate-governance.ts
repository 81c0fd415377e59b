type Fields = Readonly<Record<string, unknown>>;

/** Version 6 keeps a policy and a log with a project. What was done before is not on record, so the log begins empty. */
export function beginGovernance(record: Fields): Fields {
  return { ...record, governance: { policy: null, lockedAt: null, log: [] } };
}
