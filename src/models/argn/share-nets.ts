import type { Crew } from '../synthesizer';
import type { Learnt } from './boosted-target';
import type { ColumnTask } from './train-nets';

/** Nets that other threads learn. Each thread has one at a time, so that none waits while another is idle. */
export class SharedNets {
  private readonly underWay = new Set<Promise<void>>();
  private failure: { readonly thrown: unknown } | null = null;

  /**
   * @param queue columns whose nets no thread has begun; taken from its start
   * @param finish called with each net as it comes back
   */
  constructor(
    private readonly crew: Crew | null,
    private readonly tasks: readonly ColumnTask[],
    private readonly queue: number[],
    private readonly finish: (index: number, net: Learnt) => void,
  ) {}

  /** Gives each idle thread a net. Throws what a thread has thrown. */
  handOut(): void {
    if (this.failure !== null) throw this.failure.thrown;
    while (this.crew !== null && this.underWay.size < this.crew.size) {
      const index = this.queue.shift();
      const task = index === undefined ? undefined : this.tasks[index];
      if (index === undefined || task === undefined) return;
      this.start(this.crew, index, task);
    }
  }

  get isBusy(): boolean {
    return this.underWay.size > 0;
  }

  /** Until one of the nets under way has come back or failed. */
  waitForOne(): Promise<void> {
    return Promise.race(this.underWay);
  }

  private start(crew: Crew, index: number, payload: ColumnTask): void {
    const part = crew
      .fit({ model: 'argn', payload })
      .then((net) => this.finish(index, net as Learnt))
      .catch((thrown: unknown) => {
        this.failure ??= { thrown };
      })
      .finally(() => this.underWay.delete(part));
    this.underWay.add(part);
  }
}
