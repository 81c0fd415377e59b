import * as tf from '@tensorflow/tfjs-core';
import type { NetsDevice } from '../../argn/nets-device';
import { discardWebgpu, openBackend, type BackendHost } from '../backends';
import type { BackendWish } from '../choose-backend';
import { groupTasks } from './block-sizes';
import { openNetsBlock } from './nets-block';

/** The graphics processor as a device for nets; null where a person wants them learnt by the processor. */
export function createNetsDevice(wish: BackendWish, host: BackendHost): NetsDevice | null {
  if (wish === 'wasm' || wish === 'cpu') return null;
  let watch = { lost: false };
  return {
    isDemanded: wish === 'webgpu',
    refuse: () => host.refuseWebgpu(),
    async open() {
      const isOpen = await openBackend('webgpu', host);
      if (isOpen) watch = host.watchDevice();
      return isOpen;
    },
    group: groupTasks,
    place: openNetsBlock,
    isLost: () => watch.lost,
    discard() {
      // Another model of this worker may still have tensors on it.
      if (watch.lost || tf.memory().numTensors === 0) discardWebgpu();
    },
  };
}
