import {
  parquetRead,
  type AsyncBuffer,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  type RowGroup,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FailureError } from '../../../src/data/failure';
import { checkPages } from './check-pages';

/** A page that claims to unpack to more than this is refused; writers make pages of about a mebibyte. */
const MAX_PAGE_BYTES = 1 << 29;

/**
 * Stored values of one top-level column in one row group, a value a row; a struct is an object by key, a list an array.
 * Throws Error when the bytes are damaged, or are not as many rows as the group states.
 */
export async function readColumnOfGroup(
  file: Blob,
  metadata: FileMetaData,
  group: RowGroup,
  key: string,
): Promise<readonly DecodedArray[]> {
  const nRows = Number(group.num_rows);
  const chunks = await fetchChunks(file, group, key);
  const parts: { readonly start: number; readonly data: DecodedArray }[] = [];
  await parquetRead({
    file: serve(file, chunks),
    metadata: { ...metadata, row_groups: [group], num_rows: group.num_rows },
    columns: [key],
    compressors: guarded,
    utf8: false,
    geoparquet: false,
    parsers: { timestampFromNanoseconds: (nanos) => nanos },
    onChunk: ({ columnData, rowStart }) => void parts.push({ start: rowStart, data: columnData }),
  });
  parts.sort((a, b) => a.start - b.start);
  const arrays = parts.map(({ data }) => data);
  const n = arrays.reduce((sum, array) => sum + array.length, 0);
  if (n !== nRows) throw new Error(`${n} values in a row group of ${nRows} rows`);
  return arrays;
}

interface Chunk {
  readonly start: number;
  readonly bytes: ArrayBuffer;
}

async function fetchChunks(file: Blob, group: RowGroup, key: string): Promise<readonly Chunk[]> {
  const chunks: Chunk[] = [];
  for (const { meta_data: meta } of group.columns) {
    if (meta?.path_in_schema[0] !== key) continue;
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const end = start + Number(meta.total_compressed_size);
    if (!(start >= 0 && end >= start && end <= file.size)) throw new Error('column chunk outside the file');
    const bytes = await file.slice(start, end).arrayBuffer();
    checkPages(bytes);
    chunks.push({ start, bytes });
  }
  return chunks;
}

/** The file for the reader, with the chunks that are in memory already served from there. */
function serve(file: Blob, chunks: readonly Chunk[]): AsyncBuffer {
  return {
    byteLength: file.size,
    slice: (start, end = file.size) => {
      const held = chunks.find(
        (chunk) => chunk.start <= start && end <= chunk.start + chunk.bytes.byteLength,
      );
      if (held === undefined) return file.slice(start, end).arrayBuffer();
      if (start === held.start && end - start === held.bytes.byteLength) return held.bytes;
      return held.bytes.slice(start - held.start, end - held.start);
    },
  };
}

const guarded: Compressors = Object.fromEntries(
  Object.entries(compressors).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, outputLength: number) => {
      if (!(outputLength >= 0 && outputLength <= MAX_PAGE_BYTES)) {
        throw new FailureError({
          code: 'file-too-large',
          message:
            'A page of the Parquet file unpacks to more than 512 MiB; write the file again with pages of the usual size (1 MiB) and open that.',
        });
      }
      // A page of nulls only has nothing packed.
      return outputLength === 0 ? new Uint8Array() : unpack(input, outputLength);
    },
  ]),
);
