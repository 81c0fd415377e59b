import { defineProperty } from './originals';

/**
 * Constructors that our workers have no use for. The policy refuses their requests everywhere, but Firefox reports no
 * broken policy for two of them in a worker, so that a test from within could not tell the refusal from an escape.
 */
const removedGlobals = ['EventSource', 'WebTransport', 'WebSocket', 'WebSocketStream'] as const;

/** Takes away what could reach a server from a worker, for good: a second line behind the policy, as in the page. */
export function hardenWorker(scope: object = globalThis): void {
  for (const name of removedGlobals) {
    if (name in scope)
      defineProperty(scope, name, { value: undefined, writable: false, configurable: false });
  }
}
