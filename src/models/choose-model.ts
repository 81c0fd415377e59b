import type { Purpose } from '../data/purpose';
import type { ModelId } from './synthesizer';
import type { TableFacts } from './table-facts';

/** What of a device decides. */
export interface DeviceSpeed {
  /** A graphics processor that computes; false where the browser imitates one. */
  readonly hasGpu: boolean;
  /** Logical cores; null where the browser does not say. */
  readonly nCores: number | null;
}

export interface ChoiceFacts extends TableFacts, DeviceSpeed {
  readonly purpose: Purpose | null;
}

/** A model that suits a table, and why, in plain sentences about that table. */
export interface ModelAdvice {
  readonly model: ModelId;
  readonly purpose: Purpose | null;
  /** Why this one. */
  readonly reasons: readonly string[];
  /** Why not each of the others, beginning with its name. */
  readonly against: readonly string[];
  /** What a person should know before relying on the result. */
  readonly cautions: readonly string[];
}

interface Candidate {
  readonly id: ModelId;
  readonly name: string;
  /** How well it suits: the highest is taken, on a tie the one listed first. 0 = never taken. */
  readonly fit: (facts: ChoiceFacts) => number;
  readonly why: (facts: ChoiceFacts) => readonly string[];
  readonly whyNot: (facts: ChoiceFacts) => string;
}

/** Below that many rows of train a leaf of the trees would hold a good part of the table. */
const FEW_ROWS = 200;
/** Below that many, trees still tell a little about who was in train (`closer to train` .53 at 500 rows). */
const FEW_ROWS_TO_HAND_OUT = 500;
/** Below that many a network has too few batches to learn relations from. */
const FEW_ROWS_FOR_NETWORKS = 2000;
/** From that many on, the autoregressive nets are measured to beat trees (docs/benchmarks.md). */
const ENOUGH_ROWS_FOR_NETS = 5000;
/** From that many levels on, a column makes a network much larger. */
const MANY_LEVELS = 50;
/** Fewest records that a leaf of the trees holds (docs/trees.md). */
const LEAF_ROWS = 30;
/** Fewest records that a class of numbers of the nets holds (docs/argn.md). */
const CLASS_ROWS = 20;

/** Every model that can be chosen, one entry each; a new model is one more entry. */
const CANDIDATES: readonly Candidate[] = [
  { id: 'trees', name: 'Sequential trees', fit: fitTrees, why: whyTrees, whyNot: whyNotTrees },
  { id: 'argn', name: 'Autoregressive nets', fit: fitArgn, why: whyArgn, whyNot: whyNotArgn },
  { id: 'copula', name: 'Gaussian copula', fit: () => 2, why: whyCopula, whyNot: whyNotCopula },
  { id: 'tvae', name: 'TVAE', fit: () => 1, why: () => [], whyNot: whyNotNetwork('minutes') },
  { id: 'ctgan', name: 'CTGAN', fit: () => 1, why: () => [], whyNot: whyNotNetwork('minutes to an hour') },
  { id: 'independent', name: 'Independent columns', fit: () => 0, why: () => [], whyNot: whyNotIndependent },
];

/** The model that suits a table, a purpose and a device, with its reasons. */
export function chooseModel(facts: ChoiceFacts): ModelAdvice {
  const chosen = CANDIDATES.reduce((best, one) => (one.fit(facts) > best.fit(facts) ? one : best));
  return {
    model: chosen.id,
    purpose: facts.purpose,
    reasons: [...chosen.why(facts), ...reasonsOfPurpose(facts)],
    against: CANDIDATES.filter((one) => one !== chosen).map((one) => `${one.name}: ${one.whyNot(facts)}`),
    cautions: listCautions(facts),
  };
}

function isForOthers({ purpose }: ChoiceFacts): boolean {
  return purpose === 'sharing' || purpose === 'public-release';
}

function fitTrees(facts: ChoiceFacts): number {
  const fewest = isForOthers(facts) ? FEW_ROWS_TO_HAND_OUT : FEW_ROWS;
  return facts.nTrain < fewest ? 1 : 3;
}

function fitArgn({ nTrain, nDates }: ChoiceFacts): number {
  return nTrain < ENOUGH_ROWS_FOR_NETS || nDates > 1 ? 1 : 4;
}

function whyTrees(facts: ChoiceFacts): readonly string[] {
  const { nTrain, hasGpu } = facts;
  return [
    `${nTrain} records of train are enough: what a tree draws from stands for at least ${LEAF_ROWS} of them.`,
    describeKinds(facts, 'trees'),
    ...describeGaps(facts, 'trees'),
    ...describeTarget(facts),
    `It takes seconds${onCores(facts)} and ${hasGpu ? 'leaves the graphics processor alone' : 'needs no graphics processor, of which there is none here'}.`,
  ];
}

function whyArgn(facts: ChoiceFacts): readonly string[] {
  const { nTrain, hasGpu } = facts;
  return [
    `${nTrain} records of train are enough for a small net a column, and what it draws from stands for at least ${CLASS_ROWS} of them; from ${ENOUGH_ROWS_FOR_NETS} on its records were harder to tell from train than those of trees wherever both were measured.`,
    describeKinds(facts, 'nets'),
    ...describeGaps(facts, 'nets'),
    ...describeTarget(facts),
    `It takes seconds${onCores(facts)} and ${hasGpu ? 'uses the graphics processor only where that is faster' : 'needs no graphics processor, of which there is none here'}.`,
  ];
}

function onCores({ nCores }: ChoiceFacts): string {
  return nCores === null ? '' : ` on ${nCores === 1 ? 'one core' : `${nCores} cores`}`;
}

function describeGaps({ missingShare }: ChoiceFacts, learners: string): readonly string[] {
  if (missingShare === 0) return [];
  return [
    `${percent(missingShare)} of the cells are missing: ${learners} learn where, as a value of its own.`,
  ];
}

function describeTarget({ hasTarget }: ChoiceFacts): readonly string[] {
  if (!hasTarget) return [];
  return ['A column is marked as the target: it is drawn last, from many small trees over all others.'];
}

function describeKinds({ nColumns, nNumeric }: ChoiceFacts, learners: string): string {
  if (nColumns < 2)
    return `One column: there are no relations to learn, and ${learners} keep a column as it is.`;
  if (nNumeric === 0)
    return `${nColumns} columns of levels: ${learners} learn relations of any shape between them.`;
  if (nNumeric === nColumns)
    return `${nColumns} columns of numbers or dates: ${learners} learn relations of any shape between them.`;
  return `${count(nNumeric, 'column')} of numbers or dates and ${nColumns - nNumeric} of levels: ${learners} learn how both kinds hang together, in any shape.`;
}

function whyNotTrees(facts: ChoiceFacts): string {
  const { nTrain } = facts;
  if (fitArgn(facts) > fitTrees(facts))
    return 'about as fast, but its records are a little easier to tell from train.';
  return nTrain < FEW_ROWS
    ? `with ${nTrain} records of train each group it draws from would be a good part of the table.`
    : `with fewer than ${FEW_ROWS_TO_HAND_OUT} records of train it still tells a little about who was among them.`;
}

function whyCopula(facts: ChoiceFacts): readonly string[] {
  const { nTrain, nColumns } = facts;
  return [
    nTrain < FEW_ROWS
      ? `Only ${nTrain} records of train: it has little to learn and so little to get wrong.`
      : `Only ${nTrain} records of train, to be handed out: it keeps columns and correlations, no groups of records.`,
    `${count(nColumns, 'column')}: one distribution each and one matrix of correlations is all that it keeps.`,
  ];
}

function whyNotCopula({ nTrain }: ChoiceFacts): string {
  return `${nTrain} records of train show more than rising and falling relations; it would miss curves, interactions and subgroups.`;
}

function whyNotArgn({ nTrain, nDates }: ChoiceFacts): string {
  if (nTrain < FEW_ROWS_FOR_NETWORKS)
    return `with ${nTrain} records of train its nets are kept too small to learn much.`;
  return nDates > 1
    ? `as faithful in about the same time, but of ${nDates} columns of dates it does not keep one behind the other.`
    : `about as faithful in about the same time; from ${ENOUGH_ROWS_FOR_NETS} records of train on it is taken.`;
}

function whyNotNetwork(time: string): Candidate['whyNot'] {
  return ({ nTrain, mostLevels, hasGpu, nCores }) => {
    if (nTrain < FEW_ROWS_FOR_NETWORKS)
      return `a network learns little from ${nTrain} records; from about ${FEW_ROWS_FOR_NETWORKS} on it begins to.`;
    const cores = nCores === null ? 'the processor' : count(nCores, 'core');
    const where = hasGpu ? 'even on the graphics processor' : `on ${cores} without a graphics processor`;
    const wide = mostLevels > MANY_LEVELS ? ` The column of ${mostLevels} levels makes it slower still.` : '';
    return `${time} ${where}, for records that are easier to tell from train.${wide}`;
  };
}

function whyNotIndependent({ nColumns }: ChoiceFacts): string {
  return nColumns < 2
    ? 'it is the floor that other models are held against.'
    : `it loses every relation between the ${nColumns} columns; it is the floor that other models are held against.`;
}

function reasonsOfPurpose({ purpose }: ChoiceFacts): readonly string[] {
  const reasons: Readonly<Record<Purpose, string>> = {
    testing:
      'For testing software: every value keeps its column’s form, bounds and levels, whatever the model.',
    analytics:
      'For analyses: it is taken for keeping more of the relations of this table than the others would.',
    'model-training': 'For training models: what counts is how the target hangs on the other columns.',
    sharing: 'For sharing: no value that it writes comes from a single record.',
    'public-release': 'For public release: no value that it writes comes from a single record.',
  };
  return purpose === null ? [] : [reasons[purpose]];
}

function listCautions(facts: ChoiceFacts): readonly string[] {
  const { nTrain, purpose, hasTarget } = facts;
  return [
    ...(nTrain < FEW_ROWS
      ? [
          `With ${nTrain} records of train no model learns much: compare the result with floor and ceiling before you use it.`,
        ]
      : []),
    ...(purpose === 'model-training' && !hasTarget
      ? [
          'No column is marked as the target. Mark it in the Schema step, so that it is learnt with most care.',
        ]
      : []),
    ...(isForOthers(facts)
      ? ['No model here gives a formal guarantee of privacy; who receives the records should know that.']
      : []),
  ];
}

function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return share < 0.01 ? 'Fewer than 1 %' : `${Math.round(100 * share)} %`;
}
