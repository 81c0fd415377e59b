/** A failure is a value: comlink keeps only message, name and stack of a thrown error. */
export type FailureCode =
  | 'file-unreadable'
  | 'file-empty'
  | 'file-too-large'
  | 'format-unknown'
  | 'encoding-wrong'
  | 'rows-ragged'
  | 'too-few-rows'
  | 'too-few-columns'
  | 'schema-invalid'
  | 'value-invalid'
  | 'option-invalid'
  | 'nothing-to-model'
  | 'backend-missing'
  | 'device-lost'
  | 'training-diverged'
  | 'cancelled'
  | 'storage-full'
  | 'storage-unavailable'
  | 'project-locked'
  | 'project-missing'
  | 'project-corrupt'
  | 'project-newer'
  | 'project-altered'
  | 'passphrase-needed'
  | 'passphrase-wrong'
  | 'not-locked'
  | 'internal';

export interface Failure {
  readonly code: FailureCode;
  /** Whose fault, what, where, what next; a full sentence for a person. Holds no cell values. */
  readonly message: string;
  /** Technical detail for a bug report; no cell values. */
  readonly detail?: string;
  /** A reading of the same file that would not fail: every n-th row. */
  readonly fittingNthRow?: number;
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fail(code: FailureCode, message: string, detail?: string): { ok: false; failure: Failure } {
  return { ok: false, failure: detail === undefined ? { code, message } : { code, message, detail } };
}

/** Thrown inside a worker, turned into a Failure at its boundary by {@link toFailure}. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Throws a Failure with that code and sentence. */
export function refuse(code: FailureCode, message: string, detail?: string): never {
  throw new FailureError(fail(code, message, detail).failure);
}

/** Any thrown thing as a Failure; what is not a FailureError is our own fault and says so. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const detail =
    thrown instanceof Error ? `${thrown.name}: ${thrown.message}\n${thrown.stack ?? ''}` : String(thrown);
  return {
    code: 'internal',
    message: 'Something went wrong inside Understudy. Your data is still here; please try again.',
    detail,
  };
}
