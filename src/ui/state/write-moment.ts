/** Milliseconds since 1970 as ISO 8601 in UTC. */
export function writeMoment(ms: number): string {
  return new Date(ms).toISOString();
}
