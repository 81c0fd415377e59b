/** One line of a bar list. */
export interface Bar {
  readonly label: string;
  /** 0–1; null when it could not be computed or does not count. */
  readonly value: number | null;
  readonly note: string | null;
}
