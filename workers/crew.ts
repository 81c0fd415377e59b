import { expose, wrap } from 'comlink';
import type { PartService } from '../src/api/synthesize';
import { FailureError, type Outcome } from '../src/data/failure';
import type { Crew, PartJob } from '../src/models/synthesizer';

/** The workers behind ports as threads of a fit; null without any. A job goes to the one that has the fewest. */
export function openCrew(ports: readonly MessagePort[]): Crew | null {
  if (ports.length === 0) return null;
  const threads = ports.map((port) => ({ service: wrap<PartService>(port), nJobs: 0 }));
  return {
    size: ports.length,
    async fit(job) {
      const thread = threads.reduce((least, other) => (other.nJobs < least.nJobs ? other : least));
      thread.nJobs++;
      try {
        const fitted = await thread.service.fit(job);
        if (!fitted.ok) throw new FailureError(fitted.failure);
        return fitted.value;
      } finally {
        thread.nJobs--;
      }
    },
  };
}

/** Answers jobs that come through a port. */
export function serveParts(port: MessagePort, fit: (job: PartJob) => Promise<Outcome<unknown>>): void {
  expose({ fit } satisfies PartService, port);
}
