/** A value and the sentence that justifies it. */
export interface Reasoned<T> {
  readonly value: T;
  readonly reason: string;
}

/** A value that a person set. */
export function chosen<T>(value: T): Reasoned<T> {
  return { value, reason: 'Chosen by you.' };
}
