type Fields = Readonly<Record<string, unknown>>;

/** Version 5 keeps wishes for the records with a project; before, there were none. */
export function beginWishes(record: Fields): Fields {
  return { ...record, wishes: null };
}
