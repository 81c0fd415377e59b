/**
 * One-dimensional Gaussian mixture by variational Bayes with a truncated Dirichlet-process prior on the weights
 * (Blei & Jordan 2006, "Variational inference for Dirichlet process mixtures"; Bishop 2006, section 10.2). The small
 * concentration empties the components a column does not need.
 */
export interface MixtureComponent {
  /** Share of the data, summing to 1 over components. */
  readonly weight: number;
  readonly mean: number;
  /** Standard deviation, > 0. */
  readonly sd: number;
}

export interface MixtureOptions {
  readonly nComponents: number;
  /** Concentration of the Dirichlet process; smaller = fewer components. */
  readonly concentration: number;
  /** Components below this share are dropped and the rest rescaled. */
  readonly minWeight: number;
  readonly maxIterations: number;
  /** Stop when the mean log evidence bound per row moves by less than this. */
  readonly tolerance: number;
}

/** Settings of Xu et al. 2019 ("Modeling tabular data using conditional GAN", section 4.2). */
export const MIXTURE_DEFAULTS: MixtureOptions = {
  nComponents: 10,
  concentration: 0.001,
  minWeight: 0.005,
  maxIterations: 100,
  tolerance: 1e-4,
};

/** Smallest variance, in units of the variance of the data. */
const VARIANCE_FLOOR = 1e-6;

interface Posterior {
  readonly counts: Float64Array;
  readonly means: Float64Array;
  readonly variances: Float64Array;
  /** Expected log weight plus the constants of the expected log density. */
  readonly offsets: Float64Array;
}

/**
 * Fits a mixture to values with positive weights (counts of unique values, so that large columns cost little).
 * Values may come in any order. Deterministic. Throws RangeError when nothing is given or a value is not finite.
 */
export function fitGaussianMixture(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  options: Partial<MixtureOptions> = {},
): MixtureComponent[] {
  const settings = { ...MIXTURE_DEFAULTS, ...options };
  const { mean, sd } = weightedMoments(values, weights);
  if (!(sd > 0)) return [{ weight: 1, mean, sd: Math.max(Math.abs(mean), 1) * 1e-6 }];
  const points = Float64Array.from(values, (value) => (value - mean) / sd);
  const mass = Float64Array.from(weights);
  const nComponents = Math.min(settings.nComponents, points.length);
  const posterior = iterate(points, mass, nComponents, settings);
  return toComponents(posterior, mean, sd, settings.minWeight);
}

function weightedMoments(values: ArrayLike<number>, weights: ArrayLike<number>) {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) throw new RangeError('fitGaussianMixture needs finite values');
    total += weights[i] ?? 0;
    sum += value * (weights[i] ?? 0);
  }
  if (!(total > 0)) throw new RangeError('fitGaussianMixture needs a positive total weight');
  const mean = sum / total;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (weights[i] ?? 0) * ((values[i] ?? 0) - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / total) };
}

function iterate(points: Float64Array, mass: Float64Array, n: number, settings: MixtureOptions): Posterior {
  let responsibilities = startResponsibilities(points, mass, n);
  let posterior = maximise(points, mass, responsibilities, n, settings.concentration);
  let bound = -Infinity;
  for (let i = 0; i < settings.maxIterations; i++) {
    const next = expect(points, mass, posterior);
    responsibilities = next.responsibilities;
    posterior = maximise(points, mass, responsibilities, n, settings.concentration);
    if (Math.abs(next.meanLogDensity - bound) < settings.tolerance) break;
    bound = next.meanLogDensity;
  }
  return posterior;
}

/** Hard assignment by Lloyd's algorithm from centres at equal steps of the distribution. */
function startResponsibilities(points: Float64Array, mass: Float64Array, n: number): Float64Array {
  let centres = quantileCentres(points, mass, n);
  const owner = new Int32Array(points.length);
  for (let pass = 0; pass < 20; pass++) {
    const sums = new Float64Array(n);
    const counts = new Float64Array(n);
    for (let i = 0; i < points.length; i++) {
      const k = nearest(centres, points[i] ?? 0);
      owner[i] = k;
      sums[k] = (sums[k] ?? 0) + (points[i] ?? 0) * (mass[i] ?? 0);
      counts[k] = (counts[k] ?? 0) + (mass[i] ?? 0);
    }
    centres = centres.map((centre, k) => ((counts[k] ?? 0) > 0 ? (sums[k] ?? 0) / (counts[k] ?? 1) : centre));
  }
  const responsibilities = new Float64Array(points.length * n);
  for (let i = 0; i < points.length; i++) responsibilities[i * n + (owner[i] ?? 0)] = 1;
  return responsibilities;
}

function quantileCentres(points: Float64Array, mass: Float64Array, n: number): Float64Array {
  const order = Array.from(points.keys()).sort((i, j) => (points[i] ?? 0) - (points[j] ?? 0));
  const total = mass.reduce((sum, m) => sum + m, 0);
  const centres = new Float64Array(n);
  let below = 0;
  let k = 0;
  for (const i of order) {
    below += mass[i] ?? 0;
    while (k < n && below >= (total * (k + 0.5)) / n) centres[k++] = points[i] ?? 0;
  }
  const last = points[order[order.length - 1] ?? 0] ?? 0;
  while (k < n) centres[k++] = last;
  return centres;
}

function nearest(centres: Float64Array, x: number): number {
  let best = 0;
  for (let k = 1; k < centres.length; k++) {
    if (Math.abs((centres[k] ?? 0) - x) < Math.abs((centres[best] ?? 0) - x)) best = k;
  }
  return best;
}

/** Updates of the variational posterior on standardised data: prior mean 0, precision 1, 1 degree of freedom, variance 1. */
function maximise(
  points: Float64Array,
  mass: Float64Array,
  responsibilities: Float64Array,
  n: number,
  concentration: number,
): Posterior {
  const counts = new Float64Array(n).fill(1e-12);
  const sums = new Float64Array(n);
  const squares = new Float64Array(n);
  for (let i = 0; i < points.length; i++) {
    const x = points[i] ?? 0;
    for (let k = 0; k < n; k++) {
      const r = (responsibilities[i * n + k] ?? 0) * (mass[i] ?? 0);
      counts[k] = (counts[k] ?? 0) + r;
      sums[k] = (sums[k] ?? 0) + r * x;
      squares[k] = (squares[k] ?? 0) + r * x * x;
    }
  }
  const means = new Float64Array(n);
  const variances = new Float64Array(n);
  const offsets = expectedLogWeights(counts, concentration);
  for (let k = 0; k < n; k++) {
    const count = counts[k] ?? 0;
    const average = (sums[k] ?? 0) / count;
    const spread = Math.max((squares[k] ?? 0) / count - average * average, 0) + VARIANCE_FLOOR;
    const precision = 1 + count;
    const freedom = 1 + count;
    means[k] = (sums[k] ?? 0) / precision;
    variances[k] = (1 + count * spread + (count / precision) * average * average) / freedom;
    const logDeterminant = Math.log(2 / freedom) + digamma(freedom / 2);
    offsets[k] =
      (offsets[k] ?? 0) +
      0.5 * (logDeterminant - Math.log(2 * Math.PI * (variances[k] ?? 1)) - 1 / precision);
  }
  return { counts, means, variances, offsets };
}

/** E[log weight] of stick-breaking weights with posterior Beta(1 + n_k, concentration + Σ_{j>k} n_j). */
function expectedLogWeights(counts: Float64Array, concentration: number): Float64Array {
  const out = new Float64Array(counts.length);
  let after = counts.reduce((sum, count) => sum + count, 0);
  let logRest = 0;
  for (let k = 0; k < counts.length; k++) {
    after -= counts[k] ?? 0;
    const a = 1 + (counts[k] ?? 0);
    const b = concentration + Math.max(after, 0);
    const both = digamma(a + b);
    out[k] = digamma(a) - both + logRest;
    logRest += digamma(b) - both;
  }
  return out;
}

function expect(points: Float64Array, mass: Float64Array, posterior: Posterior) {
  const n = posterior.means.length;
  const responsibilities = new Float64Array(points.length * n);
  const log = new Float64Array(n);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < points.length; i++) {
    let top = -Infinity;
    for (let k = 0; k < n; k++) {
      const distance = (points[i] ?? 0) - (posterior.means[k] ?? 0);
      log[k] = (posterior.offsets[k] ?? 0) - (distance * distance) / (2 * (posterior.variances[k] ?? 1));
      top = Math.max(top, log[k] ?? 0);
    }
    let density = 0;
    for (let k = 0; k < n; k++) density += Math.exp((log[k] ?? 0) - top);
    for (let k = 0; k < n; k++) responsibilities[i * n + k] = Math.exp((log[k] ?? 0) - top) / density;
    sum += (mass[i] ?? 0) * (top + Math.log(density));
    total += mass[i] ?? 0;
  }
  return { responsibilities, meanLogDensity: sum / total };
}

function toComponents(posterior: Posterior, mean: number, sd: number, minWeight: number): MixtureComponent[] {
  const total = posterior.counts.reduce((sum, count) => sum + count, 0);
  const all = Array.from(posterior.counts, (count, k) => ({
    weight: count / total,
    mean: mean + sd * (posterior.means[k] ?? 0),
    sd: sd * Math.sqrt(posterior.variances[k] ?? 1),
  }));
  const kept = all.filter((component) => component.weight > minWeight);
  const used = kept.length > 0 ? kept : all.slice(0, 1);
  const share = used.reduce((sum, component) => sum + component.weight, 0);
  return used
    .map((component) => ({ ...component, weight: component.weight / share }))
    .sort((a, b) => a.mean - b.mean);
}

/** ψ(x) for x > 0: recurrence to x ≥ 6, then the asymptotic series (Abramowitz & Stegun 6.3.18); error < 1e-8. */
export function digamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 6) {
    shift -= 1 / y;
    y += 1;
  }
  const inverse = 1 / (y * y);
  const series = inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse / 240)));
  return shift + Math.log(y) - 0.5 / y - series;
}
