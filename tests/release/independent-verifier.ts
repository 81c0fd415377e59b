/** A verifier written from docs/release-package.md alone: it shares no line with the program, and needs only Node. */
import { createHash, createPublicKey, verify } from 'node:crypto';

type Value = ReturnType<typeof JSON.parse>;
const sha = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

function canon(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canon).join(',')}]`;
  const object = value as Record<string, unknown>;
  return `{${Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canon(object[key])}`)
    .join(',')}}`;
}

function unzip(file: Buffer): Map<string, Buffer> {
  const members = new Map<string, Buffer>();
  let at = file.readUInt32LE(file.length - 6);
  for (let n = file.readUInt16LE(file.length - 12); n > 0; n--) {
    const [size, nName, local] = [
      file.readUInt32LE(at + 20),
      file.readUInt16LE(at + 28),
      file.readUInt32LE(at + 42),
    ];
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    members.set(file.toString('latin1', at + 46, at + 46 + nName), file.subarray(start, start + size));
    at += 46 + nName;
  }
  return members;
}

/** Columns that went in as they are and that nobody said to hold no identifier. */
function countOpen({ run: { identifiers } }: Value): { low: number; high: number } {
  const said = identifiers.saidToBeNone.map(canon);
  const n = identifiers.found.filter(
    ({ column, kind, fate }: Value) => fate === 'as-it-is' && !said.includes(canon({ column, kind })),
  ).length;
  return { low: n, high: n };
}

/** Names of what does not hold; empty for a release that does. */
export function verifyIndependently(file: Buffer): string[] {
  const members = unzip(file);
  const wrong = new Set<string>();
  const check = (holds: boolean, what: string) => void (holds || wrong.add(what));
  const read = (name: string): Value => {
    const bytes = members.get(name) ?? Buffer.alloc(0);
    const value = JSON.parse(bytes.toString('utf8'));
    check(Buffer.from(canon(value)).equals(bytes), name);
    return value;
  };
  const [manifest, dossier, policy] = [read('manifest.json'), read('dossier.json'), read('policy.json')];
  const [{ entries }, { signOffs }] = [read('audit-log.json'), read('sign-offs.json')];
  const listed = [...members]
    .filter(([name]) => name !== 'manifest.json')
    .map(([name, bytes]) => ({ name, nBytes: bytes.length, sha256: sha(bytes) }));
  check(canon(manifest.members) === canon(listed), 'manifest.json');
  const sums = listed
    .filter(({ name }) => name !== 'SHA256SUMS')
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`);
  check(members.get('SHA256SUMS')?.toString('utf8') === sums.join(''), 'SHA256SUMS');
  for (const [i, { hash, ...body }] of entries.entries())
    check(
      sha(canon(body)) === hash && body.index === i && body.previous === (entries[i - 1]?.hash ?? null),
      'audit-log.json',
    );
  const signed = listed.filter(
    ({ name }) => !['SHA256SUMS', 'audit-log.json', 'sign-offs.json'].includes(name),
  );
  for (const { statement, publicKey, signature } of signOffs) {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const holds = verify(
      'sha256',
      Buffer.from(canon(statement)),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64'),
    );
    check(holds && statement.decision === 'approve', 'sign-offs.json');
    check(
      canon(statement.hashes) === canon(Object.fromEntries(signed.map(({ name, sha256 }) => [name, sha256]))),
      'signed files',
    );
    check(entries[statement.log.length - 1]?.hash === statement.log.hash, 'audit-log.json');
  }
  const keyOf = (role: string) => signOffs.find((each: Value) => each.statement.role === role)?.publicKey;
  const keys = ['author', 'reviewer', ...(policy.furtherRoles ?? [])].map(keyOf);
  check(keys.every(Boolean) && new Set(keys).size === keys.length, 'two persons');
  const lock = entries.findIndex(({ act }: Value) => act === 'policy-locked');
  const look = entries.findIndex(
    ({ act, detail }: Value) => ['look', 'evaluation'].includes(act) && detail?.results !== false,
  );
  check(lock >= 0 && (look < 0 || lock < look), 'order');
  check(canon(dossier.policy) === canon(policy), 'policy.json');
  let kept: Value = null;
  for (const { act, detail } of entries)
    if (act === 'evaluation' && detail.run === dossier.run.run.id)
      if (!kept?.isComplete || detail.isComplete || detail.nMeasures >= kept.nMeasures) kept = detail;
  check(kept?.evaluationHash === sha(canon(dossier.evidence)), 'evidence');
  check(
    dossier.evidence.measures.every(({ interval }: Value) => interval.low <= interval.high),
    'evidence',
  );
  const ofRun = (act: string) =>
    entries.filter((entry: Value) => entry.act === act && entry.detail?.run === dossier.run.run.id).at(-1);
  const told = ofRun('training')?.detail.directIdentifiers;
  check(canon(told ?? null) === canon(dossier.run.identifiers?.found ?? null), 'identifiers');
  for (const [i, { measure, threshold, bound }] of policy.criteria.entries()) {
    const found = dossier.evidence.measures.find(({ id }: Value) => id === measure);
    const limit =
      typeof threshold === 'object' && threshold
        ? threshold.times * found.ceiling + threshold.plus
        : threshold;
    const { low, high } = measure === 'direct-identifiers' ? countOpen(dossier) : found.interval;
    const passes = limit === null || (bound === 'at-most' ? high <= limit : low >= limit);
    check((dossier.findings[i].outcome === 'pass') === passes, 'findings');
  }
  return [...wrong];
}
