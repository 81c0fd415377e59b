import { trustedTypesPolicy } from './policy';

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypeFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

/** The hardening takes the global name away, so that no other code starts a worker. */
const StartedWorker = globalThis.Worker;

const minted = new Set<string>();

/** Address of the service worker: the only script the page ever names by its address. */
const serviceWorkerUrl = (): string => new URL('sw.js', document.baseURI).href;

function admit(url: string): string {
  if (url === serviceWorkerUrl() || minted.has(url)) return url;
  throw new TypeError('Understudy starts no script but its own.');
}

function createPolicy(): ScriptUrlPolicy {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypeFactory };
  if (trustedTypes === undefined) return { createScriptURL: admit };
  return trustedTypes.createPolicy(trustedTypesPolicy, { createScriptURL: admit });
}

/** Made when the page starts, so that nobody else can take the name. */
const policy = createPolicy();

/** The service worker's address in the form the browser asks for (a TrustedScriptURL where it knows them). */
export function trustServiceWorker(): string {
  return policy.createScriptURL(serviceWorkerUrl()) as string;
}

/** Starts a classic worker from its script by a blob: URL, so that it inherits the policies now in force. */
export function startFromBlob(script: Blob, name: string): Worker {
  const url = URL.createObjectURL(script);
  minted.add(url);
  try {
    return new StartedWorker(policy.createScriptURL(url) as string, { name });
  } finally {
    minted.delete(url);
  }
}
