/** A verifier written from docs/release-package.md alone: it shares no line with the program, and needs only Node. */
import { createHash, createPublicKey, verify } from 'node:crypto';

export type Value = ReturnType<typeof JSON.parse>;
const sha = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

export function canon(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(canon).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((key) => `${JSON.stringify(key)}:${canon(value[key])}`).join(',')}}`;
}

export function* unzip(file: Buffer): Iterable<[string, Buffer]> {
  for (let at = file.readUInt32LE(file.length - 6), next; file.readUInt32LE(at) === 0x02014b50; at = next) {
    next = at + 46 + file.readUInt16LE(at + 28);
    const from = file.readUInt32LE(at + 42) + 30 + file.readUInt16LE(at + 28);
    yield [file.toString('latin1', at + 46, next), file.subarray(from, from + file.readUInt32LE(at + 20))];
  }
}

/** What does not hold of files, log, signatures and their order; nothing for a release that does. Throws for what is no package. */
export function verifyIndependently(file: Buffer): string[] {
  const [members, wrong] = [new Map(unzip(file)), new Set<string>()];
  const check = (what: string, holds: boolean) => void (holds || wrong.add(what));
  const text = (name: string) => String(members.get(name));
  const is = (name: string, wanted: string) => check(name, text(name) === wanted);
  const [log, signed] = ['audit-log.json', 'sign-offs.json'];
  const { statement, policy, marks } = JSON.parse(text('dossier.json'));
  const [entries, signOffs] = [JSON.parse(text(log)).entries, JSON.parse(text(signed)).signOffs];
  const sums = [...members].map(([name, data]) => ({ name, nBytes: data.length, sha256: sha(data) }));
  sums.pop(); // the manifest
  is('manifest.json', canon({ format: 'understudy-package', version: 1, statement, members: sums }));
  is(log, canon({ format: 'understudy-audit-log', version: 1, entries }));
  is(signed, canon({ format: 'understudy-sign-offs', version: 1, signOffs }));
  is('policy.json', canon({ ...policy, statement, ...(marks && { marks }) }));
  const files = sums.filter(({ name }) => !['SHA256SUMS', log, signed].includes(name));
  const hashes = canon(Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])));
  for (const [i, { hash, ...entry }] of entries.entries())
    check('log', hash === sha(canon(entry)) && entry.previous === (entries[i - 1]?.hash ?? null));
  for (const { statement: said, publicKey, signature, ...rest } of signOffs) {
    const [der, raw] = [Buffer.from(publicKey, 'base64'), Buffer.from(signature, 'base64')];
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const holds = verify('sha256', Buffer.from(canon(said)), { key, dsaEncoding: 'ieee-p1363' }, raw);
    const isPlain = der.toString('base64') === publicKey && raw.toString('base64') === signature;
    check('signatures', holds && isPlain && der.length === 91 && canon([rest]) === '[{}]');
    check('approval', said.decision === 'approve' && canon(said.hashes) === hashes);
    check('log', entries[said.log.length - 1]?.hash === said.log.hash);
  }
  const keyOf = (role: string) => signOffs.find((each: Value) => each.statement.role === role)?.publicKey;
  const keys = ['author', 'reviewer', ...(policy.furtherRoles ?? [])].map(keyOf);
  check('two persons', keys.every(Boolean) && new Set(keys).size === keys.length);
  const later = entries.slice(Math.max(0, ...signOffs.map((each: Value) => each.statement.log.length)));
  check('log', !later.some(({ act }: Value) => !/^(look|sign-off|export)$/.test(act)));
  const isLook = ({ act, detail }: Value) => /^(look|evaluation)$/.test(act) && detail?.results !== false;
  const lock = entries.findIndex(({ act }: Value) => act === 'policy-locked');
  const { hash } = entries.findLast(({ act }: Value) => act.startsWith('policy-'))?.detail ?? {};
  check('order', lock >= 0 && !entries.slice(0, lock).some(isLook) && hash === sha(canon(policy)));
  return [...wrong];
}
