import { describe, expect, it } from 'vitest';
import { describeStorageError } from '../../../src/platform/projects/failures';
import { warnAboutStorage } from '../../../src/platform/projects/quota';

const GB = 2 ** 30;

describe('the storage warning', () => {
  it('is silent with much room', () => expect(warnAboutStorage(GB, 100 * GB, false)).toBeNull());

  it('words a small quota as a possibility', () => {
    const warning = warnAboutStorage(0, GB, false);
    expect(warning).toContain('1.0 GB');
    expect(warning).toContain('may be a private window');
  });

  it('does not suspect storage that the browser promised to keep', () =>
    expect(warnAboutStorage(0, GB, true)).toBeNull());

  it('tells when it is nearly full', () =>
    expect(warnAboutStorage(95 * 2 ** 20, 100 * 2 ** 20, true)).toContain('nearly full (95 MB of 100 MB)'));

  it('tells when the browser does not say', () =>
    expect(warnAboutStorage(null, null, false)).toContain('does not say'));
});

describe('what the browser throws', () => {
  it.each([
    ['QuotaExceededError', 'storage-full'],
    ['SecurityError', 'storage-unavailable'],
    ['InvalidStateError', 'storage-unavailable'],
    ['UnknownError', 'storage-unavailable'],
    ['VersionError', 'project-newer'],
    ['NotReadableError', 'project-corrupt'],
    ['DataError', 'file-unreadable'],
    ['DataCloneError', 'internal'],
  ])('%s becomes %s', (name, code) => {
    const failure = describeStorageError(new DOMException('words of the browser', name), 'save the project');
    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain('words of the browser');
    expect(failure.detail).toContain('words of the browser');
  });

  it('says what to do when storage is full', () =>
    expect(describeStorageError(new DOMException('', 'QuotaExceededError'), 'save the project').message).toBe(
      'The browser could not save the project: its storage for this page is full. Nothing was changed. Erase a ' +
        'project you no longer need, or free space on this device, then try again.',
    ));
});
