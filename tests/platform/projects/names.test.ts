import { describe, expect, it } from 'vitest';
import {
  databaseName,
  folderName,
  isScopedName,
  projectLockName,
  scopedName,
} from '../../../src/platform/projects/names';

describe('names in shared storage', () => {
  it('hold the scope', () => {
    expect(databaseName('/a/b/')).toBe('understudy:/a/b/');
    expect(scopedName('/a/b/', 'theme')).toBe('understudy:/a/b/#theme');
    expect(projectLockName('/', 'x')).toBe('understudy:/#project/x');
    expect(folderName('/a/b/')).toBe('understudy%3A%2Fa%2Fb%2F');
  });

  it('tell one scope from another below it', () => {
    expect(isScopedName('/a/', databaseName('/a/'))).toBe(true);
    expect(isScopedName('/a/', scopedName('/a/', 'theme'))).toBe(true);
    expect(isScopedName('/a/', databaseName('/a/b/'))).toBe(false);
    expect(isScopedName('/', scopedName('/a/', 'theme'))).toBe(false);
    expect(isScopedName('/a/', 'theme')).toBe(false);
  });
});
