/** Tries the ways out of a worker that is hardened like every other, then starts itself once more inside and lets that one try them too. */
import { hardenWorker } from '../src/platform/lock/harden-worker';
import { trustedTypesPolicy } from '../src/platform/lock/policy';
import { listCommonProbes, probePolicy } from '../src/platform/lock/probes';
import { runProbes } from '../src/platform/lock/run-probes';
import type { SelfTestNews, SelfTestOrder } from '../src/platform/lock/self-test.types';

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

/** Rows of the nested worker as they come; rejects when it fails. Its silence is for the page to notice. */
function askNested(ownAddress: string): Promise<void> {
  const nested = startNested();
  return new Promise((resolve, reject) => {
    nested.onmessage = ({ data }: MessageEvent<SelfTestNews>) => {
      if (data.kind === 'row') tell(data);
      else if (data.kind === 'done') resolve();
      else reject(new Error(data.message));
    };
    nested.onerror = () => reject(new Error('could not start the nested worker'));
    nested.postMessage({ nested: true, ownAddress } satisfies SelfTestOrder);
  });
}

async function answer({ nested, ownAddress }: SelfTestOrder): Promise<void> {
  const probes = [
    ...listCommonProbes(ownAddress),
    probePolicy('script from the own server', null, scriptDirectives, () => {
      importScripts(ownAddress);
    }),
  ];
  const context = nested ? 'nested worker' : 'worker';
  await runProbes(context, probes, (row) => tell({ kind: 'row', row }));
  if (!nested) await askNested(ownAddress);
}

function tell(news: SelfTestNews): void {
  postMessage(news);
}

hardenWorker();
addEventListener('message', ({ data }: MessageEvent<SelfTestOrder>) => {
  answer(data).then(
    () => tell({ kind: 'done' }),
    (thrown: unknown) =>
      tell({ kind: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
});
