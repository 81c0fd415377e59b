import type { OutputColumn } from '../../src/data/output-columns';
import { NdjsonWriter } from '../../src/data/write-ndjson';
import type { FileWriter } from './types';

/** Newline-delimited JSON, UTF-8 as RFC 8259 asks for. */
export function writeNdjson(columns: readonly OutputColumn[]): FileWriter {
  const ndjson = new NdjsonWriter(columns);
  const encoder = new TextEncoder();
  return {
    encoding: 'utf-8',
    notes: [],
    begin: () => new Uint8Array(),
    rows: (modelled) => encoder.encode(ndjson.rows(modelled)),
    end: () => new Uint8Array(),
  };
}
