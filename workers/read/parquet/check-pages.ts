import { parquetHeader } from 'hyparquet/src/column.js';
import { crc32 } from '../../../src/data/crc32';

/**
 * Checks the pages of a column chunk against the sums their headers state, where they state any. Throws Error naming
 * the page that does not match. Source: Apache Parquet, parquet.thrift, PageHeader.crc.
 */
export function checkPages(chunk: ArrayBuffer): void {
  const reader = { view: new DataView(chunk), offset: 0 };
  for (let page = 1; reader.offset < chunk.byteLength; page++) {
    const header = parquetHeader(reader);
    if (header.crc === undefined) return;
    const size = header.compressed_page_size;
    if (!(size >= 0) || reader.offset + size > chunk.byteLength) throw new Error(`page ${page} is cut off`);
    const sum = crc32(new Uint8Array(chunk, reader.offset, size));
    if (sum !== header.crc >>> 0) throw new Error(`page ${page} does not match its checksum`);
    reader.offset += size;
  }
}
