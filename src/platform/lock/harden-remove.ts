/** Members by the interface they live on. */
export type Members = Readonly<Record<string, readonly string[]>>;

/** Puts a value in place that no later script can change back. */
function pin(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: false });
}

function removeMember(owner: object, name: string): void {
  if (!Object.hasOwn(owner, name)) return;
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (descriptor?.configurable === false) return;
  pin(owner, name, undefined);
}

/** Takes methods and accessors away for good, from prototypes and from the interfaces themselves. */
export function removeMembers(members: Members): void {
  for (const [interfaceName, names] of Object.entries(members)) {
    const owner = (globalThis as unknown as Record<string, { prototype?: object } | undefined>)[
      interfaceName
    ];
    if (owner?.prototype) for (const name of names) removeMember(owner.prototype, name);
    if (owner) for (const name of names) removeMember(owner, name);
  }
}

/**
 * Takes global names away for good, wherever on the scope or its prototypes they live.
 *
 * @returns the names that are still there
 */
export function removeGlobals(names: readonly string[]): string[] {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of names) {
    for (let at: object | null = scope; at !== null; at = Object.getPrototypeOf(at) as object | null)
      removeMember(at, name);
  }
  return names.filter((name) => scope[name] !== undefined);
}
