import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Signer, Verify } from '../../src/release/sign-off';

/** A signer with a new key pair. */
export function makeSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (bytes) => Promise.resolve(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
  };
}

/** Verification by Node, a key that is none being no signer. */
export const verifyByNode: Verify = (publicKey, bytes, signature) => {
  const key = readKey(Buffer.from(publicKey));
  return Promise.resolve(
    key !== null && verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature),
  );
};

function readKey(key: Buffer): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}
