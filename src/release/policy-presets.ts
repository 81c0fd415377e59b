import type { Purpose } from '../data/purpose';
import { DIRECT_IDENTIFIERS } from './direct-identifier-finding';
import { CONVENTION, POLICY_VERSION, type Criterion, type Policy, type RelativeThreshold } from './policy';

/** Risk above which the EMA (Policy 0070) and Health Canada advise against publishing clinical documents: 1 in 11. */
const EMA_RISK = 0.09;
const EMA =
  'EMA Policy 0070 and Health Canada guidance: risk of at most 0.09 for public release of clinical documents; taken over to attacks on synthetic data by this tool';

/** What counts as an identifier is law for one country's records; that none may go in, whatever the purpose, is not. */
const SAFE_HARBOR =
  'HIPAA Safe Harbor, 45 CFR 164.514(b)(2), says what is an identifier; that none may go in is a convention chosen by this tool';

/** Attacks whose figure is what success against train leaves over success against the holdout. */
const RESIDUAL_ATTACKS = [
  'singling-out-univariate',
  'singling-out-multivariate',
  'linkability',
  'attribute-inference',
  'replicated-uniques',
] as const;

/** Figures that tell members of train from others, as areas under the ROC curve. */
const MEMBERSHIP_AREAS = [
  'membership-distance',
  'membership-distance-exposed',
  'membership-likelihood',
  'membership-likelihood-exposed',
] as const;
const MEMBERSHIP_HITS = ['membership-distance-at-1-percent', 'membership-likelihood-at-1-percent'] as const;

/** Thresholds of one purpose; null asks for the figure only. */
interface Row {
  readonly name: string;
  readonly copies: RelativeThreshold | null;
  readonly residual: number | null;
  readonly area: number | null;
  readonly hits: number | null;
  /** Share of the score of models taught on train; null asks for the figure, undefined for nothing. */
  readonly utility?: number | null;
  /** Fresh people reach about 0.7, shuffled columns below 0.4 where they were tried; see docs/measures.md. */
  readonly overlap?: number | null;
}

/** Copies by coincidence: what the holdout has of train, and one row in a thousand. */
const LIKE_HOLDOUT: RelativeThreshold = { of: 'ceiling', times: 1, plus: 0.001 };

const ROWS: Readonly<Record<Purpose, Row>> = {
  testing: { name: 'Internal testing', copies: null, residual: null, area: null, hits: null },
  analytics: {
    name: 'Internal analytics',
    copies: LIKE_HOLDOUT,
    residual: 0.2,
    area: 0.65,
    hits: 0.05,
    utility: 0.9,
    overlap: 0.4,
  },
  'model-training': {
    name: 'Model training',
    copies: LIKE_HOLDOUT,
    residual: 0.2,
    area: 0.6,
    hits: 0.05,
    utility: 0.95,
  },
  sharing: {
    name: 'External sharing under agreement',
    copies: LIKE_HOLDOUT,
    residual: EMA_RISK,
    area: 0.6,
    hits: 0.03,
    utility: null,
    overlap: null,
  },
  'public-release': {
    name: 'Public release',
    copies: LIKE_HOLDOUT,
    residual: 0.05,
    area: 0.55,
    hits: 0.02,
    utility: null,
    overlap: null,
  },
};

/** The criteria that this tool proposes for a purpose; each may be changed before results are seen. */
export function presetPolicy(purpose: Purpose): Policy {
  const row = ROWS[purpose];
  return {
    format: 'understudy-policy',
    version: POLICY_VERSION,
    purpose,
    name: row.name,
    criteria: criteriaOf(row),
  };
}

function criteriaOf({ copies, residual, area, hits, utility, overlap }: Row): readonly Criterion[] {
  const atMost = (measure: string, threshold: Criterion['threshold'], source = CONVENTION): Criterion => ({
    id: measure,
    measure,
    bound: 'at-most',
    threshold,
    source,
  });
  const sourceOf = (threshold: number | null) => (threshold === EMA_RISK ? EMA : CONVENTION);
  return [
    atMost(DIRECT_IDENTIFIERS, 0, SAFE_HARBOR),
    atMost('exact-copies', copies),
    ...RESIDUAL_ATTACKS.map((measure) => atMost(measure, residual, sourceOf(residual))),
    ...MEMBERSHIP_AREAS.map((measure) => atMost(measure, area)),
    ...MEMBERSHIP_HITS.map((measure) => atMost(measure, hits)),
    ...reach('train-synthetic-boosted', utility === undefined ? undefined : relativeTo(utility)),
    ...reach('coefficient-overlap-clear', overlap),
  ];
}

function relativeTo(share: number | null): RelativeThreshold | null {
  return share === null ? null : { of: 'ceiling', times: share, plus: 0 };
}

function reach(measure: string, threshold: Criterion['threshold'] | undefined): readonly Criterion[] {
  return threshold === undefined
    ? []
    : [{ id: measure, measure, bound: 'at-least', threshold, source: CONVENTION }];
}
