import type { NetMidway, NetTask } from './train-net';

/** A processor that learns many nets side by side: a graphics processor, where one is lent to a run. */
export interface NetsDevice {
  /** True where a person asked for it: then it is taken untimed, and it is an error when it is not there. */
  readonly isDemanded: boolean;
  /** Why it must not be taken; null where it may. */
  refuse(): Promise<string | null>;
  /** Starts it; false when it does not start. */
  open(): Promise<boolean>;
  /** Groups of tasks, by index, that are learnt side by side, the costliest first; what none holds does not fit. */
  group(tasks: readonly NetTask[]): readonly (readonly number[])[];
  /** Puts the nets of one group into its memory. Throws when there is no room. */
  place(tasks: readonly NetTask[]): NetsBlock;
  /** True once it is gone; what it answers then is nothing. */
  isLost(): boolean;
  /** Gives it up. */
  discard(): void;
}

/** Nets of one group in a device's memory. */
export interface NetsBlock {
  /** Steps of the longest of its nets. */
  readonly nSteps: number;
  /** Steps taken. */
  readonly step: number;
  /** Takes so many steps, or those that are left; answers the mean cross-entropy of the last in nats. Throws when the device fails. */
  advance(nSteps: number): Promise<number>;
  /** The nets as they are now, in the order of the tasks. Throws when the device fails. */
  read(): Promise<NetMidway[]>;
  dispose(): void;
}
