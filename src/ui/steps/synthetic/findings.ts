import type { ColumnOverlay } from '../../../models/synthesizer';
import type { Evidence, Measure, MeasurePart } from '../../../measure/measure';
import type { Bar } from '../../charts/bar';
import { formatScore } from '../../parts/NumberText';

/** The measure of that id; null when it was skipped. */
export function findMeasure(evidence: Evidence, id: string): Measure | null {
  return evidence.measures.find((measure) => measure.id === id) ?? null;
}

/** The parts furthest from train, worst first, as bars; parts that do not count are left out. */
export function worstParts(measure: Measure | null, n: number): readonly Bar[] {
  return (measure?.parts ?? [])
    .filter((part) => part.value !== null)
    .slice(0, n)
    .map((part) => ({ label: namePart(part), value: part.value, note: part.note }));
}

function namePart(part: MeasurePart): string {
  return part.columns.join(' with ');
}

/** What came out, in at most three sentences: the figure between its yardsticks (withheld: without the holdout), then where it is weakest. */
export function describeFinding(evidence: Evidence, isWithheld = false): string {
  const overall = findMeasure(evidence, 'sdmetrics-overall');
  if (overall === null)
    return isWithheld
      ? 'How far the synthetic records agree with train is one of the criteria, and is shown once they are locked.'
      : 'The synthetic records could not be compared with train; the reasons are listed below.';
  const compared = isWithheld
    ? `${compareWithFloor(overall.value, floorOf(overall))}. The holdout is set beside it once the criteria are locked.`
    : compareWithYardsticks(overall);
  return `${compared}${nameWeakest(evidence)}`;
}

/** Shuffling columns apart costs nothing where no related pairs were measured; such a floor is no yardstick. */
const COSTS_NOTHING = 1 - 1e-9;

function floorOf({ floor }: Measure): number | null {
  return floor !== null && floor < COSTS_NOTHING ? floor : null;
}

function compareWithYardsticks(measure: Measure): string {
  const { value, ceiling } = measure;
  const floor = floorOf(measure);
  if (ceiling === null) return `${compareWithFloor(value, floor)}. There is no holdout to compare with.`;
  if (floor !== null && ceiling < floor) {
    return `${HEAD} to ${formatScore(value)}. Floor and ceiling cannot tell good from bad here: ${SHUFFLED} (${formatScore(floor)}) agrees better than the holdout does (${formatScore(ceiling)}), as with columns of many levels or a small holdout.`;
  }
  if (floor !== null && value <= floor)
    return `${compareWithFloor(value, floor)} and ${formatScore(ceiling)} for the holdout.`;
  const floorPart = floor === null ? '' : ` and ${formatScore(floor)} for ${SHUFFLED}`;
  return `${HEAD} to ${formatScore(value)}, against ${formatScore(ceiling)} for the holdout${floorPart}: ${placeBetween(value, ceiling, floor)}.`;
}

const HEAD = 'The synthetic records agree with train';
const SHUFFLED = 'train with its columns shuffled apart';

/** The value beside the floor, without its full stop; a value that does not exceed the floor is told by that first. */
function compareWithFloor(value: number, floor: number | null): string {
  if (floor === null) return `${HEAD} to ${formatScore(value)}`;
  const figures = `${formatScore(value)}, against ${formatScore(floor)} for ${SHUFFLED}`;
  return value <= floor
    ? `${HEAD} no better than columns drawn on their own: ${figures}`
    : `${HEAD} to ${figures}`;
}

/** Where a value above the floor lies. */
function placeBetween(value: number, ceiling: number, floor: number | null): string {
  if (value > ceiling) return 'closer to train than the holdout is, as with a small holdout or with copying';
  if (floor === null) return `${formatScore(ceiling - value)} below fresh records of the same source`;
  return ceiling - value < value - floor ? 'nearer to the holdout' : 'nearer to the shuffled columns';
}

function nameWeakest(evidence: Evidence): string {
  const [column] = worstParts(findMeasure(evidence, 'sdmetrics-column-shapes'), 1);
  const [pair] = worstParts(findMeasure(evidence, 'pair-trends-train-edges'), 1);
  const tell = (bar: Bar | undefined, how: string): readonly string[] =>
    bar === undefined || bar.value === null ? [] : [`${bar.label} (${formatScore(bar.value)}${how})`];
  const names = [...tell(column, ''), ...tell(pair, ', numbers cut at train’s edges')];
  return names.length === 0 ? '' : ` Furthest off: ${names.join(' and ')}.`;
}

/** Agreement of each column, for the titles of the pictures. */
export function columnScores(evidence: Evidence | null): ReadonlyMap<string, number> {
  const parts = evidence === null ? [] : (findMeasure(evidence, 'sdmetrics-column-shapes')?.parts ?? []);
  return new Map(
    parts.flatMap(({ columns: [name], value }) =>
      name === undefined || value === null ? [] : [[name, value]],
    ),
  );
}

/** Overlays with the least agreeing column first; columns without a score last. */
export function orderWorstFirst(
  overlays: readonly ColumnOverlay[],
  scores: ReadonlyMap<string, number>,
): readonly ColumnOverlay[] {
  const score = (overlay: ColumnOverlay): number => scores.get(overlay.column) ?? 2;
  return [...overlays].sort((a, b) => score(a) - score(b));
}
