import { beforeEach, describe, expect, it, vi } from 'vitest';
import { canChooseFile, openOutputFile, saveBlob } from '../../../src/platform/download';
import { listFolder } from '../../../src/platform/projects/opfs';
import { codeOf, scratchScope, take } from './scratch-store';

interface Click {
  readonly href: string;
  readonly download: string;
}

let clicks: Click[] = [];

beforeEach(() => {
  clicks = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicks.push({ href: this.href, download: this.download });
  });
});

async function clicked(): Promise<string> {
  const response = await fetch(clicks[0]?.href ?? '');
  return response.text();
}

describe('saving a file', () => {
  it('clicks an anchor to a blob of this page under the file name', async () => {
    saveBlob(new Blob(['a,b\n']), 'synthetic.csv');
    expect(clicks.map(({ download }) => download)).toEqual(['synthetic.csv']);
    expect(clicks[0]?.href).toMatch(/^blob:/);
    expect(await clicked()).toBe('a,b\n');
  });
});

describe('a large output', () => {
  it('is written piece by piece to disk and saved once', async () => {
    const scope = scratchScope();
    const output = take(await openOutputFile('synthetic.csv', scope, 'download'));
    const piece = new Uint8Array(2 ** 20).fill(97);
    for (let i = 0; i < 20; i++) take(await output.write(piece));
    take(await output.write(new TextEncoder().encode('end')));
    expect(clicks).toEqual([]);
    const file = take(await output.finish());
    expect(file.size).toBe(20 * 2 ** 20 + 3);
    expect(clicks.map(({ download }) => download)).toEqual(['synthetic.csv']);
    expect((await clicked()).endsWith('aend')).toBe(true);
  });

  it('leaves nothing when it is discarded', async () => {
    const scope = scratchScope();
    const output = take(await openOutputFile('synthetic.csv', scope, 'download'));
    take(await output.write(new Uint8Array(10)));
    await output.discard();
    expect(await listFolder(scope)).toEqual([]);
    expect(clicks).toEqual([]);
  });

  it('clears away files of pages that are gone, not those of this one', async () => {
    const scope = scratchScope();
    const first = take(await openOutputFile('first.csv', scope, 'download'));
    take(await first.write(new Uint8Array([98])));
    const kept = take(await first.finish());
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(encodeURIComponent(`understudy:${scope}`));
    await folder.getFileHandle('of-a-page-that-is-gone', { create: true });
    const second = take(await openOutputFile('second.csv', scope, 'download'));
    expect(await listFolder(scope)).not.toContain('of-a-page-that-is-gone');
    expect(await kept.text()).toBe('b');
    await second.discard();
  });

  it('goes to Blobs where there is no file system', async () => {
    vi.spyOn(StorageManager.prototype, 'getDirectory').mockRejectedValue(
      new DOMException('no', 'SecurityError'),
    );
    const output = take(await openOutputFile('synthetic.csv', scratchScope(), 'download'));
    const piece = new Uint8Array(9 * 2 ** 20).fill(97);
    for (let i = 0; i < 4; i++) take(await output.write(piece));
    const file = take(await output.finish());
    expect(file.size).toBe(36 * 2 ** 20);
    expect(clicks).toHaveLength(1);
  });

  it('goes where the person chose, and a closed dialog is a cancellation', async () => {
    expect(canChooseFile()).toBe(true);
    const scope = scratchScope();
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('chosen.csv', { create: true });
    const pick = vi
      .fn()
      .mockResolvedValueOnce(handle)
      .mockRejectedValueOnce(new DOMException('', 'AbortError'));
    vi.stubGlobal('showSaveFilePicker', pick);
    const output = take(await openOutputFile('synthetic.csv', scope, 'choose'));
    expect(pick).toHaveBeenCalledWith({ suggestedName: 'synthetic.csv' });
    take(await output.write(new TextEncoder().encode('chosen')));
    expect(await take(await output.finish()).text()).toBe('chosen');
    expect(clicks).toEqual([]);
    expect(codeOf(await openOutputFile('synthetic.csv', scope, 'choose'))).toBe('cancelled');
    vi.unstubAllGlobals();
    await root.removeEntry('chosen.csv');
  });
});
