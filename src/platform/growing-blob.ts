/** Bytes gathered before they are handed to the browser, which may keep them on disk. */
const FOLD_BYTES = 2 ** 24;

/** A Blob that grows piece by piece; the page itself holds no more than its latest pieces. */
export class GrowingBlob {
  private folded: Blob;
  private loose: BlobPart[] = [];
  private nLooseBytes = 0;

  /** @param type media type, empty for none */
  constructor(private readonly type = '') {
    this.folded = new Blob([], { type });
  }

  push(bytes: Uint8Array): void {
    this.loose.push(ownBytes(bytes));
    this.nLooseBytes += bytes.length;
    if (this.nLooseBytes >= FOLD_BYTES) this.fold();
  }

  /** Everything pushed so far. */
  finish(): Blob {
    this.fold();
    return this.folded;
  }

  private fold(): void {
    this.folded = new Blob([this.folded, ...this.loose], { type: this.type });
    this.loose = [];
    this.nLooseBytes = 0;
  }
}

/** The bytes in a buffer of their own that is not shared between threads, as Blobs and files demand. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
