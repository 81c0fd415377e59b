import * as comlink from 'comlink';
import type { SynthesizeService } from '../api/synthesize';
import type { Outcome } from '../data/failure';
import { connect, type StartWorker } from './connection';

/** Workers that fit parts for another one, which talks to them through `ports` without the page in between. */
export interface CrewOfWorkers {
  readonly ports: readonly MessagePort[];
  /** Answers when one of them could not be started or died; never after {@link end}. */
  readonly failed: Promise<Outcome<never>>;
  end(): void;
}

export function startCrew(size: number, startWorker: StartWorker): CrewOfWorkers {
  let fail: (outcome: Outcome<never>) => void = () => undefined;
  const failed = new Promise<Outcome<never>>((resolve) => (fail = resolve));
  let isEnded = false;
  const ports: MessagePort[] = [];
  const connections = Array.from({ length: size }, () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    const connection = connect<SynthesizeService>(startWorker('synthesize'));
    void connection
      .call((service) => service.lend(comlink.transfer(port2, [port2])))
      .then((lent) => {
        if (!lent.ok && !isEnded) fail(lent);
      });
    void connection.gone.then((outcome) => {
      if (!isEnded) fail(outcome);
    });
    return connection;
  });
  const end = () => {
    isEnded = true;
    for (const connection of connections) connection.end();
  };
  return { ports, failed, end };
}
