import { FailureError } from '../../data/failure';
import type { RngState } from '../../math/rng';
import type { Checkpoint, TrainingRun } from '../synthesizer';
import type { Learnt } from './boosted-target';
import type { NetMidway } from './train-net';

/** Version of the fitted model and of its checkpoints. */
export const VERSION = 3;

/** Models of version 2 had a net for the target as well, and are drawn from as before. */
export function isReadable(version: number): boolean {
  return version === 2 || version === VERSION;
}

/** Nets in the order of the table; null = still to be learnt. */
export type NetsSoFar = (Learnt | null)[];

/** Nets in the middle of learning, by column. */
export type NetsMidway = ReadonlyMap<number, NetMidway>;

interface SavedNets {
  /** The stream that the run began with: it says whether two runs are the same. */
  readonly stream: RngState;
  readonly nets: NetsSoFar;
  /** Those that a graphics processor had begun; absent where there were none. */
  readonly midway?: readonly (readonly [column: number, net: NetMidway])[];
}

/** Nets that are done or begun. */
interface Begun {
  readonly nets: NetsSoFar;
  readonly midway: NetsMidway;
}

/** What a run starts with: what its checkpoint holds, or nothing. Throws `project-corrupt` for one of another run. */
export function takeUpNets({ resumeFrom }: TrainingRun, stream: RngState, nColumns: number): Begun {
  if (resumeFrom === null) return { nets: Array.from({ length: nColumns }, () => null), midway: new Map() };
  if (resumeFrom.model !== 'argn' || resumeFrom.version !== VERSION)
    throw unusable('was made by another model or by another version of Understudy');
  const saved = resumeFrom.payload as SavedNets;
  const isSame =
    saved.stream.key === stream.key && saved.stream.words.every((word, i) => word === stream.words[i]);
  if (!isSame || saved.nets.length !== nColumns)
    throw unusable('was made with another seed or for another table');
  return { nets: [...saved.nets], midway: new Map(saved.midway ?? []) };
}

/** What goes into checkpoints, and when. */
export class NetsKeeper {
  private saved: number;
  private readonly midway: Map<number, NetMidway>;

  constructor(
    private readonly begun: Begun,
    private readonly stream: RngState,
    private readonly run: TrainingRun,
  ) {
    this.midway = new Map(begun.midway);
    this.saved = run.now();
  }

  /** Takes a net that is done; emits a checkpoint if one is due. */
  finish(column: number, net: Learnt): void {
    this.begun.nets[column] = net;
    this.midway.delete(column);
    if (this.isDue()) this.save();
  }

  /** True when the last checkpoint is as old as the run wishes. */
  isDue(): boolean {
    return this.run.now() - this.saved >= this.run.checkpointEveryMs;
  }

  /** Emits a checkpoint with these nets as they are in the middle of learning. */
  saveMidway(nets: NetsMidway): void {
    nets.forEach((net, column) => this.midway.set(column, net));
    this.save();
  }

  private save(): void {
    this.saved = this.run.now();
    const { nets } = this.begun;
    const step = nets.filter((net) => net !== null).length;
    const midway = this.midway.size === 0 ? {} : { midway: [...this.midway] };
    const payload: SavedNets = { stream: this.stream, nets: [...nets], ...midway };
    const checkpoint: Checkpoint = { model: 'argn', version: VERSION, step, epoch: 0, payload };
    this.run.emit({ kind: 'checkpoint', checkpoint });
  }
}

function unusable(why: string): FailureError {
  return new FailureError({
    code: 'project-corrupt',
    message: `The saved training state ${why} and cannot be continued; start the training again.`,
  });
}
