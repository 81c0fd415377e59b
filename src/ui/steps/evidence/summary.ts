import type { Evaluation } from '../../../measure/evaluate';
import type { Family, FinishedMeasure } from '../../../measure/measure';
import { joinNames } from './figure-text';
import { familyOf, nameMeasure } from '../../../release/measure-titles';
import { summariseFidelity } from './summarise-fidelity';
import { summarisePrivacy } from './summarise-privacy';
import { summariseUtility } from './summarise-utility';

export const FAMILY_TITLES: Readonly<Record<Family, string>> = {
  fidelity: 'Fidelity',
  utility: 'Utility',
  privacy: 'Privacy evidence',
};

/** What a family says, as a person would tell it. */
export interface FamilySummary {
  readonly family: Family;
  readonly title: string;
  readonly sentences: readonly string[];
  /** What was not computed; null where everything was. */
  readonly missing: string | null;
}

const TELL: Readonly<
  Record<Family, (own: readonly FinishedMeasure[], target: string | null) => readonly string[]>
> = { fidelity: summariseFidelity, utility: summariseUtility, privacy: summarisePrivacy };

/**
 * One paragraph a family: what is good, what is worst, what was attacked and what was found, and what was not computed.
 *
 * @param waiting ids of measures that are still being computed
 */
export function summarise(
  { measures, skipped, options }: Pick<Evaluation, 'measures' | 'skipped' | 'options'>,
  waiting: readonly string[] = [],
): readonly FamilySummary[] {
  const families = Object.keys(FAMILY_TITLES) as Family[];
  return families.map((family) => {
    const own = measures.filter((measure) => measure.family === family);
    const missing = skipped.filter(({ id }) => familyOf(id) === family && !waiting.includes(id));
    const isAwaited = waiting.some((id) => familyOf(id) === family);
    const sentences =
      own.length === 0 ? [nothing(missing.length, isAwaited)] : TELL[family](own, options.target ?? null);
    return { family, title: FAMILY_TITLES[family], sentences, missing: nameSkipped(missing) };
  });
}

function nothing(nSkipped: number, isAwaited: boolean): string {
  if (isAwaited) return 'Being computed.';
  return nSkipped > 0 ? 'None of its measures was computed.' : 'Not evaluated.';
}

/** More names than these are a list, not a sentence. */
const N_NAMED = 3;

function nameSkipped(skipped: Evaluation['skipped']): string | null {
  if (skipped.length === 0) return null;
  if (skipped.length > N_NAMED)
    return `Not computed: ${skipped.length} measures, listed below with the reasons.`;
  return `Not computed: ${joinNames(skipped.map(({ id }) => nameMeasure(id)))}; the reasons are listed below.`;
}
