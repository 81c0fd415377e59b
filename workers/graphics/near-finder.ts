import type { NearQuestion, NearRows } from '../../src/measure/neighbours/near-rows';
import { openNearDevice, type NearDevice } from './near-device';

/** Cells from which on a graphics processor is worth its start: the processor takes about a second for so many. */
export const MIN_CELLS = 1e9;

export interface FinderOptions {
  /** Cells (queries × rows × columns) of the smallest question that is asked; {@link MIN_CELLS} by default. */
  readonly minCells?: number;
  /** Takes an adapter, too, that is only software: slower than the processor itself, for tests. */
  readonly allowsSoftware?: boolean;
}

/** Answers which rows lie near, or null: then the processor finds out. */
export type FindNear = (question: NearQuestion) => Promise<NearRows | null>;

/**
 * Asks a graphics processor where there is one and the question is large enough. It is opened for the first such question;
 * once it has failed it is asked no more, but for one that was lost, which is opened once again.
 */
export function openFinder(
  gpu: GPU | undefined,
  { minCells = MIN_CELLS, allowsSoftware = false }: FinderOptions = {},
): FindNear {
  let opened: Promise<NearDevice | null> | null = null;
  let nOpenings = 0;
  return async (question) => {
    const { points, queries } = question;
    const nCells = points.nRows * queries.nRows * (points.nNumbers + points.nLevels);
    if (gpu === undefined || nCells < minCells) return null;
    if (opened !== null && (await opened)?.isFit === false && nOpenings < MAX_OPENINGS) opened = null;
    if (opened === null) {
      nOpenings++;
      opened = openDevice(gpu, allowsSoftware).catch(() => null);
    }
    const device = await opened;
    return device === null || !device.isFit ? null : device.answer(question);
  };
}

const MAX_OPENINGS = 2;

async function openDevice(gpu: GPU, allowsSoftware: boolean): Promise<NearDevice | null> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null || (isSoftware(adapter) && !allowsSoftware)) return null;
  return openNearDevice(adapter);
}

/** Older browsers say it of the adapter, newer ones in its info. */
function isSoftware(adapter: GPUAdapter): boolean {
  const { isFallbackAdapter } = adapter as unknown as { readonly isFallbackAdapter?: boolean };
  const info = adapter.info as { readonly isFallbackAdapter?: boolean } | undefined;
  return isFallbackAdapter === true || info?.isFallbackAdapter === true;
}
