import type { PartName } from '../types';
import type { PlainPart, SealedPart } from '../parts';
import { newStream, openBlob, sealBlob } from './stream';
import type { Address } from './stream';

/** A part under the key of its project. */
export async function sealPart(
  key: CryptoKey,
  id: string,
  name: PartName,
  part: PlainPart,
): Promise<SealedPart> {
  const stream = newStream();
  const type = part.kind === 'bytes' ? part.bytes.type : '';
  const plain = part.kind === 'bytes' ? [part.bytes] : [part.json, part.arrays];
  const boxes: Blob[] = [];
  for (const [index, box] of plain.entries())
    boxes.push(await sealBlob(key, addressOf(id, name, { of: part.kind, type, stream }, index), box));
  return { kind: 'sealed', of: part.kind, type, stream, boxes };
}

/** The part as it was. Throws `project-altered` for one that was changed, cut, or taken from elsewhere. */
export async function openPart(
  key: CryptoKey,
  id: string,
  name: PartName,
  part: SealedPart,
): Promise<PlainPart> {
  const { of, type, boxes } = part;
  const open = (index: number, media: string): Promise<Blob> =>
    openBlob(key, addressOf(id, name, part, index), boxes[index] ?? new Blob(), media, describeAltered(name));
  if (of === 'bytes') return { kind: 'bytes', bytes: await open(0, type) };
  return { kind: 'value', json: await open(0, ''), arrays: await open(1, '') };
}

function addressOf(
  id: string,
  name: PartName,
  { of, type, stream }: Pick<SealedPart, 'of' | 'type' | 'stream'>,
  index: number,
): Address {
  return { owner: `project/${id}`, part: `${name} ${of} ${type} ${index}`, stream };
}

/** What is lost with a part, in a person's words. */
const LOSS: Readonly<Record<string, string>> = {
  source: 'source table of this project',
  checkpoint: 'checkpoint of this run',
  model: 'fitted model of this run',
  synthetic: 'synthetic records of this run',
  evaluation: 'evidence of this run',
};

function describeAltered(name: PartName): string {
  const what = LOSS[name.split('/')[0] ?? ''] ?? 'part of this project';
  return `The ${what} was changed or damaged in this browser’s storage after it was protected, so it is not used. Open the project from a project file, or make it anew.`;
}
