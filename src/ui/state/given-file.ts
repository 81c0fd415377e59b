import type { OpenedSource, Profile } from '../../api/ingest';
import type { ProjectOrigin, SourceNote } from '../../platform/projects/types';

/** A file as a person gave it. */
export interface GivenFile {
  readonly file: Blob;
  readonly name: string;
  readonly origin: ProjectOrigin;
}

/** Where a reading came from. */
export type ReadingNote = Pick<SourceNote, 'id' | 'name' | 'nBytes' | 'readMs'> & {
  readonly origin: ProjectOrigin;
};

/** The identifier by which the alerts of a reading advise to keep rows together, or null. */
export function findSuggestedGroup(profile: Profile | null): string | null {
  const repeating = profile?.alerts.find(
    (alert) => alert.kind === 'identifier' && alert.severity === 'warning',
  );
  return repeating?.column ?? null;
}

/** The account of a reading that the project keeps. */
export function describeReading(
  file: Omit<ReadingNote, 'origin'>,
  { nRows, headers, dialect }: OpenedSource,
  suggestedGroup: string | null,
): SourceNote {
  return { ...file, nRows, nColumns: headers.length, encoding: dialect.encoding.value, suggestedGroup };
}
