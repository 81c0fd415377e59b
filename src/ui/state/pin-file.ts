/**
 * The file as it is now: reading it fails once it was changed or removed on disk, where a File by itself would be read
 * as whatever stands there by then. Call before anything is awaited.
 */
export function pinFile(file: Blob): Blob {
  return file.slice(0, file.size, file.type);
}
