import { expose, wrap } from 'comlink';
import type { PartService } from '../src/api/synthesize';
import { FailureError, type Outcome } from '../src/data/failure';
import type { Crew, PartJob } from '../src/models/synthesizer';

/** The workers behind ports as threads of a fit; null without any. Jobs go to them in turn. */
export function openCrew(ports: readonly MessagePort[]): Crew | null {
  if (ports.length === 0) return null;
  const services = ports.map((port) => wrap<PartService>(port));
  let next = 0;
  return {
    size: ports.length,
    async fit(job) {
      const service = services[next++ % services.length];
      if (service === undefined) throw new RangeError('a crew has a worker');
      const fitted = await service.fit(job);
      if (!fitted.ok) throw new FailureError(fitted.failure);
      return fitted.value;
    },
  };
}

/** Answers jobs that come through a port. */
export function serveParts(port: MessagePort, fit: (job: PartJob) => Promise<Outcome<unknown>>): void {
  expose({ fit } satisfies PartService, port);
}
