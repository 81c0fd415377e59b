import type { ServeOptions } from '../../../../src/headless/serve.mjs';
import type { Arrivals } from './sinks.mjs';

/** What crosses between the tests and the process in the namespace. */
export interface OwnRequest {
  /** `METHOD PATH`. */
  readonly line: string;
  readonly cookie: string | null;
}

/** Everything that has been seen in the namespace so far. */
export interface Sight {
  /** Names that were looked up, in order. */
  readonly names: readonly string[];
  readonly sinks: Readonly<Record<string, Arrivals>>;
  /** Requests by the port of our own server. */
  readonly requests: Readonly<Record<string, readonly OwnRequest[]>>;
  /** Bytes of the packet file; whatever comes later lies behind. */
  readonly nBytes: number;
  /** Packets that were not written because the kernel ran out of room, since the last look. */
  readonly nDropped: number;
}

export interface Orders {
  /** Makes interfaces, names and the packet file when it is alone in a namespace, else nothing. */
  start(isolated: boolean): Promise<void>;
  serve(options: Omit<ServeOptions, 'onRequest'>): Promise<{ url: string; port: number }>;
  stopServer(port: number): Promise<void>;
  /** Answers the ports of all sinks by name. */
  openSinks(names: readonly string[]): Promise<Record<string, number>>;
  look(): Promise<Sight>;
}

export interface Order {
  readonly id: number;
  readonly name: keyof Orders;
  readonly parameter: unknown;
}
