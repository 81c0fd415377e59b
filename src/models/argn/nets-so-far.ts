import { FailureError } from '../../data/failure';
import type { RngState } from '../../math/rng';
import type { Checkpoint, TrainingRun } from '../synthesizer';
import type { Learnt } from './boosted-target';

/** Version of the fitted model and of its checkpoints. */
export const VERSION = 3;

/** Models of version 2 had a net for the target as well, and are drawn from as before. */
export function isReadable(version: number): boolean {
  return version === 2 || version === VERSION;
}

/** Nets in the order of the table; null = still to be learnt. */
export type NetsSoFar = (Learnt | null)[];

interface SavedNets {
  /** The stream that the run began with: it says whether two runs are the same. */
  readonly stream: RngState;
  readonly nets: NetsSoFar;
}

/** Nets that a run starts with: those of its checkpoint, or none. Throws `project-corrupt` for one of another run. */
export function takeUpNets({ resumeFrom }: TrainingRun, stream: RngState, nColumns: number): NetsSoFar {
  if (resumeFrom === null) return Array.from({ length: nColumns }, () => null);
  if (resumeFrom.model !== 'argn' || resumeFrom.version !== VERSION)
    throw unusable('was made by another model or by another version of Understudy');
  const saved = resumeFrom.payload as SavedNets;
  const isSame =
    saved.stream.key === stream.key && saved.stream.words.every((word, i) => word === stream.words[i]);
  if (!isSame || saved.nets.length !== nColumns)
    throw unusable('was made with another seed or for another table');
  return [...saved.nets];
}

/** Emits the nets that are done, not more often than the run wishes; to be called after each. */
export function keepCheckpoints(nets: NetsSoFar, stream: RngState, run: TrainingRun): () => void {
  let saved = run.now();
  return () => {
    const now = run.now();
    if (now - saved < run.checkpointEveryMs) return;
    saved = now;
    const step = nets.filter((net) => net !== null).length;
    const payload: SavedNets = { stream, nets: [...nets] };
    const checkpoint: Checkpoint = { model: 'argn', version: VERSION, step, epoch: 0, payload };
    run.emit({ kind: 'checkpoint', checkpoint });
  };
}

function unusable(why: string): FailureError {
  return new FailureError({
    code: 'project-corrupt',
    message: `The saved training state ${why} and cannot be continued; start the training again.`,
  });
}
