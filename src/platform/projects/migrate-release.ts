type Fields = Readonly<Record<string, unknown>>;

/** Version 7 keeps what is stated for a dossier, and packages that were built. Before it there was neither. */
export function beginRelease(record: Fields): Fields {
  return { ...record, release: { statements: {}, packages: [] } };
}
