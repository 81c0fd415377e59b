import type { Family } from '../measure/measure';
import { DIRECT_IDENTIFIERS } from './direct-identifier-finding';

/** Short titles by family and id: what a row of the tables of measures is called. */
const TITLES: Readonly<Record<Family, Readonly<Record<string, string>>>> = {
  fidelity: {
    'sdmetrics-column-shapes': 'Column shapes',
    'sdmetrics-pair-trends': 'Pair trends of related pairs',
    'sdmetrics-overall': 'SDMetrics quality score',
    'sdmetrics-pair-trends-all': 'Pair trends of all pairs',
    'sdmetrics-overall-all': 'SDMetrics quality score of all pairs',
    'pair-trends-train-edges': 'Pair trends on train’s bin edges',
    'missing-value-similarity': 'Shares of missing values',
    'missing-pattern-distance': 'Patterns of missing values',
    'range-adherence': 'Numbers within train’s range',
    'category-adherence': 'Levels that train has',
    'marginal-accuracy-1-way': 'Accuracy of single columns',
    'marginal-accuracy-2-way': 'Accuracy of pairs of columns',
    'marginal-accuracy-3-way': 'Accuracy of three columns at once',
    'subgroup-accuracy': 'Accuracy within subgroups',
    wasserstein: 'Wasserstein distance of numbers',
    'jensen-shannon': 'Jensen–Shannon distance',
    'association-difference': 'Difference of associations',
    'propensity-pmse': 'Propensity error (pMSE)',
    'propensity-pmse-ratio': 'Propensity error beside chance',
    density: 'Density',
    coverage: 'Coverage',
    'alpha-precision': 'Alpha-precision',
    'beta-recall': 'Beta-recall',
    'detection-boosted': 'Detection by boosted trees',
    'detection-linear': 'Detection by logistic regression',
  },
  utility: {
    'train-synthetic-boosted': 'Prediction by boosted trees',
    'train-synthetic-forest': 'Prediction by random forests',
    'train-synthetic-linear': 'Prediction by linear models',
    'train-synthetic-brier': 'Error of probabilities (Brier)',
    'train-synthetic-calibration': 'Calibration of probabilities',
    'train-synthetic-subgroups': 'Prediction within subgroups',
    'importance-agreement': 'Agreement on what matters',
    'coefficient-overlap': 'Overlap of coefficient intervals',
    'coefficient-overlap-clear': 'Overlap of clear coefficients',
    'coefficient-sign-flips': 'Coefficients of opposite sign',
  },
  privacy: {
    'exact-copies': 'Exact copies of rows',
    'rare-combination-copies': 'Copies of rare combinations',
    'singling-out-univariate': 'Singling out by one value',
    'singling-out-multivariate': 'Singling out by four columns',
    'replicated-uniques': 'Looking up unique people',
    linkability: 'Linking two lists',
    'attribute-inference': 'Guessing an attribute',
    'membership-distance': 'Membership by distance',
    'membership-distance-at-1-percent': 'Membership by distance at 1 % false alarms',
    'membership-distance-at-1-permille': 'Membership by distance at 0.1 % false alarms',
    'membership-distance-exposed': 'Membership of the exposed tenth',
    'membership-distance-exposed-at-1-percent': 'The exposed told at 1 % false alarms',
    'membership-distance-exposed-at-1-permille': 'The exposed told at 0.1 % false alarms',
    'membership-likelihood': 'Membership by the model itself',
    'membership-likelihood-at-1-percent': 'Membership by the model at 1 % false alarms',
    'membership-likelihood-at-1-permille': 'Membership by the model at 0.1 % false alarms',
    'membership-likelihood-exposed': 'Membership of the exposed tenth by the model',
    'membership-likelihood-exposed-at-1-percent': 'Exposed told by the model at 1 % false alarms',
    'membership-likelihood-exposed-at-1-permille': 'Exposed told by the model at 0.1 % false alarms',
    'closest-records': 'Synthetic rows closer to train',
    'closest-distance': 'Distance to the closest record',
    'nearest-neighbour-ratio': 'Nearest-neighbour distance ratio',
    'identical-match-share': 'Share of identical matches',
  },
};

/** What a measure is called; its id where it has no title. */
export function titleMeasure(id: string): string {
  if (id === DIRECT_IDENTIFIERS) return 'Direct identifiers';
  const family = familyOf(id);
  return family === null ? id : (TITLES[family][id] ?? id);
}

/** What a measure is called within a sentence: in small letters, but for names. */
export function nameMeasure(id: string): string {
  const title = titleMeasure(id);
  return NAMES.some((name) => title.startsWith(name))
    ? title
    : `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}

const NAMES = ['SDMetrics', 'Wasserstein', 'Jensen'];

/** The family of a measure that has a title; null for one that has none. */
export function familyOf(id: string): Family | null {
  const families = Object.keys(TITLES) as Family[];
  return families.find((family) => id in TITLES[family]) ?? null;
}
