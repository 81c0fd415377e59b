/**
 * Names of everything kept in the browser. Two copies of the app under one origin (`/a/`, `/b/`) share its storage, so
 * every name holds the scope: the path the app is served from, with its final slash. What follows the scope comes
 * after `#`, which no URL path contains, so that one scope is never taken for the beginning of another.
 */
const PREFIX = 'understudy:';

/** The database of that scope, and the stem of every other name: `understudy:/a/b/`. */
export function databaseName(scope: string): string {
  return `${PREFIX}${scope}`;
}

/** A name of ours for a lock, a file, or a localStorage or sessionStorage key, e.g. `understudy:/a/b/#theme`. */
export function scopedName(scope: string, name: string): string {
  return `${PREFIX}${scope}#${name}`;
}

export function isScopedName(scope: string, name: string): boolean {
  return name === databaseName(scope) || name.startsWith(`${databaseName(scope)}#`);
}

/** The Web Lock that stands for the right to write a project. */
export function projectLockName(scope: string, id: string): string {
  return scopedName(scope, `project/${id}`);
}

/** The folder of that scope in the origin's private file system; a folder name cannot hold a slash. */
export function folderName(scope: string): string {
  return encodeURIComponent(databaseName(scope));
}
