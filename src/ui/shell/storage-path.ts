/** The path under which this copy of the app keeps its things. */
export function storagePath(scope: string): string {
  return new URL(scope).pathname;
}
