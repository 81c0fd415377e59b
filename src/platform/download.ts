import { refuse } from '../data/failure';
import type { Outcome } from '../data/failure';
import { GrowingBlob, ownBytes } from './growing-blob';
import { attempt } from './projects/failures';
import { openFolder } from './projects/opfs';
import { outputLock, removeLeftovers } from './projects/outputs';

/** How long a download may take to start before its address is withdrawn. */
const REVOKE_MS = 60_000;

/** Saves a Blob under that name into the person's download folder. No network: the address is a `blob:` of this page. */
export function saveBlob(blob: Blob, fileName: string): void {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = fileName;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), REVOKE_MS);
}

/** A file that grows piece by piece, with memory use that does not grow with it. */
export interface OutputFile {
  write(bytes: Uint8Array): Promise<Outcome<null>>;
  /** Ends the file and saves it; answers the written file, to be kept or shown. */
  finish(): Promise<Outcome<Blob>>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** True where the browser can ask for a place on disk and write there directly. */
export function canChooseFile(): boolean {
  return typeof (globalThis as PickerWindow).showSaveFilePicker === 'function';
}

/**
 * Begins a large output. `choose` asks the person for a place on disk (call it from a click, where
 * {@link canChooseFile}); `download` writes to the origin's private file system and saves from there in one download.
 * Without such a file system, and with `hold`, pieces go to Blobs, which the browser may keep on disk for as long as the
 * page lives.
 *
 * @param scope path the app is served from, with its final slash.
 * Fails with `cancelled` when the person closed the dialog, `storage-full`, or `storage-unavailable`.
 */
export async function openOutputFile(
  fileName: string,
  scope: string,
  destination: 'download' | 'choose' | 'hold',
): Promise<Outcome<OutputFile>> {
  return attempt('begin the file', async () => {
    if (destination === 'choose') return openChosenFile(fileName);
    const folder = destination === 'download' && canStream() ? await openFolder(scope) : null;
    if (folder === null) return openBlobFile(fileName);
    await removeLeftovers(scope);
    return openPrivateFile(folder, fileName, scope);
  });
}

/** Safari before 26 has the file system but writes to it from workers only. */
function canStream(): boolean {
  return typeof FileSystemFileHandle === 'function' && 'createWritable' in FileSystemFileHandle.prototype;
}

interface PickerWindow {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

async function openChosenFile(fileName: string): Promise<OutputFile> {
  const { showSaveFilePicker: pick } = globalThis as PickerWindow;
  if (pick === undefined)
    return refuse('option-invalid', 'This browser cannot ask for a place on disk; use the download instead.');
  const handle = await pick.call(globalThis, { suggestedName: fileName }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError')
      refuse('cancelled', 'No file was chosen.');
    throw error;
  });
  return writeTo(handle, await handle.createWritable(), {
    saved: () => undefined,
    discarded: async () => undefined,
  });
}

/**
 * A file in our folder, named after a lock that this page holds while it lives: the browser may read the file for as
 * long as the download takes, and no event says when that ends.
 */
async function openPrivateFile(
  folder: FileSystemDirectoryHandle,
  fileName: string,
  scope: string,
): Promise<OutputFile> {
  const name = crypto.randomUUID();
  const release = await hold(outputLock(scope, name));
  const handle = await folder.getFileHandle(name, { create: true });
  return writeTo(handle, await handle.createWritable(), {
    saved: (file) => {
      finished.add(release);
      saveBlob(file, fileName);
    },
    discarded: () => folder.removeEntry(name),
  });
}

interface Ending {
  readonly saved: (file: File) => void;
  readonly discarded: () => Promise<void>;
}

function writeTo(
  handle: FileSystemFileHandle,
  stream: FileSystemWritableFileStream,
  ending: Ending,
): OutputFile {
  return {
    write: (bytes) =>
      attempt('write the file', async () => {
        await stream.write(ownBytes(bytes));
        return null;
      }),
    finish: () =>
      attempt('save the file', async () => {
        await stream.close();
        const file = await handle.getFile();
        ending.saved(file);
        return file;
      }),
    async discard() {
      await stream.abort().catch(() => undefined);
      await ending.discarded().catch(() => undefined);
    },
  };
}

function openBlobFile(fileName: string): OutputFile {
  let growing = new GrowingBlob();
  return {
    write: (bytes) =>
      attempt('hold the file', async () => {
        growing.push(bytes);
        return null;
      }),
    finish: () =>
      attempt('save the file', async () => {
        const blob = growing.finish();
        saveBlob(blob, fileName);
        return blob;
      }),
    async discard() {
      growing = new GrowingBlob();
    },
  };
}

/** Lets go of the outputs this page has finished; each holds its lock until then. */
const finished = new Set<() => void>();

/**
 * Removes the finished outputs of this page from the origin's private file system, where they lie until it closes for a
 * download to read. What was saved from them stays where the person put it.
 */
export async function removeFinishedOutputs(scope: string): Promise<void> {
  for (const release of finished) release();
  finished.clear();
  await removeLeftovers(scope);
}

/** Holds a lock until the function answered is called, or the page is gone. */
function hold(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => new Promise<void>((release) => resolve(() => release())))
      .catch(reject);
  });
}
