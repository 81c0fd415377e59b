import type { Booted } from '../../platform/lock/types';

/** A new build that waits for consent. */
export class UpdateOffer {
  ready = $state(false);
  taking = $state(false);

  constructor(private readonly boot: Pick<Booted, 'offerUpdate' | 'acceptUpdate'>) {
    boot.offerUpdate(() => (this.ready = true));
  }

  /** Lets `before` finish what must be saved, then reloads into the new build. */
  async take(before: () => Promise<void>): Promise<void> {
    this.taking = true;
    await before();
    await this.boot.acceptUpdate();
    this.taking = false;
  }
}
