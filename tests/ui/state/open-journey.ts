import type { IngestClient } from '../../../src/client/ingest';
import { createMemoryStore } from '../../../src/platform/projects/memory-store';
import type { ProjectStore } from '../../../src/platform/projects/store.types';
import type { ProjectRecord } from '../../../src/platform/projects/types';
import { Journey, newProject } from '../../../src/ui/state/journey.svelte';
import { Saver } from '../../../src/ui/state/saver.svelte';
import type { Workbench } from '../../../src/ui/state/workbench';
import { createIngestService } from '../../../workers/ingest-service';

export interface OpenJourney {
  readonly journey: Journey;
  readonly store: ProjectStore;
  /** How often the file was read and a schema checked. */
  readonly calls: { open: number; revise: number };
}

/** A project in memory whose ingest worker runs in this thread; models and measures are not there but for what is `lent`. */
export function openJourney(
  record: ProjectRecord = newProject('p1', 'Test', 'file', 0),
  store: ProjectStore = createMemoryStore(),
  budgetBytes = Infinity,
  lent: Partial<Workbench> = {},
): OpenJourney {
  const calls = { open: 0, revise: 0 };
  const service = createIngestService({ nowMs: () => 0 });
  const ingest = {
    ...service,
    open: (...[file, choice, onProgress]: Parameters<typeof service.open>) => (
      calls.open++,
      service.open(file, choice, onProgress, budgetBytes)
    ),
    revise: (...given: Parameters<typeof service.revise>) => (calls.revise++, service.revise(...given)),
    end: () => undefined,
  } as unknown as IngestClient;
  const bench = {
    ingest,
    newIngest: () => ingest,
    store,
    now: () => 0,
    elapsed: () => 0,
    build: '0.2 abc',
    ...lent,
  } as unknown as Workbench;
  const claim = { release: () => undefined, lost: new Promise<never>(() => undefined) };
  const journey = new Journey(record, bench, new Saver(store, false), claim);
  return { journey, store, calls };
}
