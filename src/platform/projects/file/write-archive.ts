import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { ZipInputFile } from 'fflate';
import { breathe } from '../breathe';

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `stored` for what does not shrink (arrays of weights), `deflated` for text. */
  readonly method: 'stored' | 'deflated';
}

/** Bytes compressed at a time, a few milliseconds of work, so that the page stays responsive. */
const SLICE_BYTES = 2 ** 18;
/** Written bytes handed to the browser at a time; it may keep them on disk. */
const FOLD_BYTES = 2 ** 25;

/** Zip file of the members in their order. Every entry bears the same date, so that equal members give equal bytes. */
export async function writeArchive(members: AsyncIterable<Member>): Promise<Blob> {
  let written: BlobPart[] = [];
  let nUnfolded = 0;
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    written.push(bytes);
    nUnfolded += bytes.length;
  });
  for await (const member of members) {
    const entry = startEntry(zip, member);
    for (let at = 0; at === 0 || at < member.bytes.length; at += SLICE_BYTES) {
      const slice = member.bytes.subarray(at, at + SLICE_BYTES);
      entry.push(slice, at + SLICE_BYTES >= member.bytes.length);
      if (nUnfolded > FOLD_BYTES) {
        written = [new Blob(written)];
        nUnfolded = 0;
      }
      await breathe();
    }
  }
  zip.end();
  return new Blob(written, { type: 'application/zip' });
}

function startEntry(zip: Zip, { name, method }: Member): ZipDeflate | ZipPassThrough {
  const entry = method === 'deflated' ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name);
  (entry as ZipInputFile).mtime = new Date(1980, 0, 1);
  zip.add(entry);
  return entry;
}
