import type { Profile } from '../../api/ingest';
import type { ProjectOrigin, SourceNote } from '../../platform/projects/types';

/** A file as a person gave it. */
export interface GivenFile {
  readonly file: Blob;
  readonly name: string;
  readonly origin: ProjectOrigin;
}

/** Where a reading came from. */
export type ReadingNote = Pick<SourceNote, 'id' | 'name' | 'nBytes' | 'readMs'> & { readonly origin: ProjectOrigin };

/** The identifier by which the alerts of a reading advise to keep rows together, or null. */
export function findSuggestedGroup(profile: Profile | null): string | null {
  const repeating = profile?.alerts.find(
    (alert) => alert.kind === 'identifier' && alert.severity === 'warning',
  );
  return repeating?.column ?? null;
}
