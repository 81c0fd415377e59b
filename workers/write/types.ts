import type { Encoding } from '../../src/api/ingest';
import type { Table } from '../../src/data/table';

/** A file of synthetic rows that grows chunk by chunk; what is held does not grow with it. */
export interface FileWriter {
  readonly encoding: Encoding;
  /** What could not be written as in the source, a sentence each. */
  readonly notes: readonly string[];
  /** First bytes: byte order mark, header line, magic number. */
  begin(): Uint8Array<ArrayBuffer>;
  /** Bytes that are ready after these rows, perhaps none. */
  rows(modelled: Table): Uint8Array<ArrayBuffer>;
  /** Last bytes. */
  end(): Uint8Array<ArrayBuffer>;
}
