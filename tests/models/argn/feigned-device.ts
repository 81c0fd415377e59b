import type { NetsBlock, NetsDevice } from '../../../src/models/argn/nets-device';
import { openBackend } from '../../../src/models/neural/backends';
import { groupTasks } from '../../../src/models/neural/nets/block-sizes';
import { openNetsBlock } from '../../../src/models/neural/nets/nets-block';
import { host } from '../neural/fixtures';

/** What becomes of a device in a test. */
export interface Fate {
  readonly isDemanded?: boolean;
  readonly refusal?: string | null;
  readonly opens?: boolean;
  /** Called before each advance, with the steps that it takes. */
  readonly onSteps?: (n: number) => void;
  readonly isLost?: () => boolean;
  /** What comes back instead of a net's parameters. */
  readonly alter?: (params: Float32Array) => Float32Array;
  readonly group?: NetsDevice['group'];
}

/** The tensors of a graphics processor on tfjs' plain backend, with the troubles that a test asks for, and what was asked of it. */
export function feignDevice(fate: Fate = {}): NetsDevice & { readonly asked: string[] } {
  const asked: string[] = [];
  const { alter = (params) => params, opens = true } = fate;
  const wrap = (block: NetsBlock): NetsBlock => ({
    nSteps: block.nSteps,
    get step() {
      return block.step;
    },
    advance(n) {
      fate.onSteps?.(n);
      return block.advance(n);
    },
    read: async () => (await block.read()).map((net) => ({ ...net, params: alter(net.params) })),
    dispose: () => block.dispose(),
  });
  return {
    asked,
    isDemanded: fate.isDemanded ?? true,
    refuse() {
      asked.push('refuse');
      return Promise.resolve(fate.refusal ?? null);
    },
    open() {
      asked.push('open');
      return opens ? openBackend('cpu', host) : Promise.resolve(false);
    },
    group: fate.group ?? groupTasks,
    place(tasks) {
      asked.push(`place ${tasks.length}`);
      return wrap(openNetsBlock(tasks));
    },
    isLost: fate.isLost ?? (() => false),
    discard: () => void asked.push('discard'),
  };
}
