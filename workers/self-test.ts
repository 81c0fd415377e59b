/** Tries the ways out of a worker that is hardened like every other, then starts itself once more inside and lets that one try them too. */
import { hardenWorker } from '../src/platform/lock/harden-worker';
import { trustedTypesPolicy } from '../src/platform/lock/policy';
import { listCommonProbes, probePolicy } from '../src/platform/lock/probes';
import { runProbes } from '../src/platform/lock/run-probes';
import type { SelfTestAnswer, SelfTestOrder, SelfTestRow } from '../src/platform/lock/self-test.types';

interface TrustedTypeFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

const scriptDirectives = ['script-src', 'script-src-elem', 'require-trusted-types-for'];

/** Starts this very text again, by the blob: URL it was started from. */
function startNested(): Worker {
  const address = self.location.href;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypeFactory };
  const policy = trustedTypes?.createPolicy(trustedTypesPolicy, { createScriptURL: (url) => url });
  return new Worker((policy?.createScriptURL(address) ?? address) as string);
}

function askNested(ownAddress: string): Promise<readonly SelfTestRow[]> {
  const nested = startNested();
  return new Promise((resolve, reject) => {
    nested.onmessage = ({ data }: MessageEvent<SelfTestAnswer>) => resolve(data.rows);
    nested.onerror = () => reject(new Error('the nested worker did not start'));
    nested.postMessage({ nested: true, ownAddress } satisfies SelfTestOrder);
  });
}

async function answer({ nested, ownAddress }: SelfTestOrder): Promise<SelfTestAnswer> {
  const probes = [
    ...listCommonProbes(ownAddress),
    probePolicy('script from the own server', null, scriptDirectives, () => {
      importScripts(ownAddress);
    }),
  ];
  const rows = await runProbes(nested ? 'nested worker' : 'worker', probes);
  return { rows: nested ? rows : [...rows, ...(await askNested(ownAddress))] };
}

hardenWorker();
addEventListener('message', ({ data }: MessageEvent<SelfTestOrder>) => {
  void answer(data).then((reply) => postMessage(reply));
});
