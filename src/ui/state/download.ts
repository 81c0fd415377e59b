/** Lets the browser save a Blob under that name. */
export function downloadBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A file name that every system takes: letters, digits, dots and hyphens. */
export function fileName(stem: string, extension: string): string {
  const safe = stem.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${safe === '' ? 'project' : safe}${extension}`;
}
