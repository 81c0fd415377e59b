import type { ModelConfig, ModelId } from '../../../models/synthesizer';

/** One setting of a model as a person sees it. A test holds keys and defaults equal to the models' own. */
export interface Setting {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  /** `sizes`: whole numbers separated by spaces, as many as the default has; `choice`: one of `options`. */
  readonly kind: 'whole' | 'decimal' | 'sizes' | 'choice';
  readonly preset: number | string | readonly number[];
  readonly options?: readonly { readonly value: string; readonly name: string }[];
  readonly min: number;
  readonly max: number | null;
}

type Defaults = Readonly<Record<string, number | readonly number[]>>;

const margins: readonly Setting[] = [
  whole(
    'k',
    'Rows behind each value',
    'Fewest rows of train that a drawn number or range of numbers stands for.',
    5,
  ),
];

/** Which recipe a network follows; it decides the defaults of all settings below it. */
const RECIPE: Setting = {
  key: 'preset',
  label: 'Recipe',
  hint: 'Understudy’s own is more faithful in less time; the paper’s (Xu et al. 2019) is there to compare with.',
  kind: 'choice',
  preset: 'understudy',
  min: 0,
  max: null,
  options: [
    { value: 'understudy', name: 'Understudy’s' },
    { value: 'paper', name: 'As in the paper' },
  ],
};

/** Defaults that the paper’s recipe changes. */
const PAPER: Readonly<Partial<Record<ModelId, Defaults>>> = {
  tvae: {
    learningRate: 1e-3,
    minSteps: 0,
    maxSteps: 1_000_000,
    averageDecay: 0,
    stopShare: 0,
    patience: 1000,
    pairWeight: 0,
  },
  ctgan: {
    minSteps: 0,
    maxSteps: 1_000_000,
    averageDecay: 0,
    stopShare: 0,
    patience: 1000,
    learningRate: 2e-4,
    criticLearningRate: 2e-4,
    pairWeight: 0,
  },
};

/** Settings of a model with the defaults of the recipe that `config` chooses. */
export function settingsOf(model: ModelId, config: ModelConfig): readonly Setting[] {
  const changed = config['preset'] === 'paper' ? (PAPER[model] ?? {}) : {};
  return SETTINGS[model].map((setting) => ({ ...setting, preset: changed[setting.key] ?? setting.preset }));
}

function neural(presets: Defaults): readonly Setting[] {
  const of = (key: string): number => Number(presets[key]);
  return [
    RECIPE,
    whole(
      'epochs',
      'Epochs',
      'Passes over train at most. A number set here holds against the limits on steps, unless those are set too.',
      of('epochs'),
    ),
    whole(
      'minSteps',
      'Steps at least',
      'Small tables have few steps in an epoch; they get this many.',
      of('minSteps'),
      0,
    ),
    whole('maxSteps', 'Steps at most', 'Large tables stop here.', of('maxSteps')),
    whole('batchSize', 'Batch size', 'Rows of one step, at most a quarter of train.', of('batchSize')),
    decimal(
      'learningRate',
      'Learning rate',
      'Size of one step of the optimizer (Adam).',
      of('learningRate'),
      null,
    ),
    whole('latentSize', 'Latent size', 'Random numbers a record is made from.', of('latentSize')),
    sizes('hidden', 'Hidden layers', 'Widths of the layers, separated by a space.', presets['hidden']),
    decimal('weightDecay', 'Weight decay', 'Pull of the weights towards zero.', of('weightDecay'), null),
    decimal(
      'averageDecay',
      'Averaging of weights',
      'Rows are drawn from a running average of the weights; 0 takes the last ones.',
      of('averageDecay'),
      1,
    ),
    decimal(
      'stopShare',
      'Held back for stopping',
      'Share of train kept aside to see when training no longer helps; 0 trains to the end.',
      of('stopShare'),
      0.5,
    ),
    decimal(
      'pairWeight',
      'Weight of pairs',
      'How strongly pairs of values are drawn towards their shares in train; 0 = not at all.',
      of('pairWeight'),
      null,
    ),
    whole(
      'patience',
      'Patience',
      'Checks without improvement before training ends, in the second half of the planned steps.',
      of('patience'),
    ),
  ];
}

const numbers: readonly Setting[] = [
  whole(
    'atomRows',
    'Records behind a number',
    'A number is written as it is only when that many share it.',
    10,
  ),
];

const ranges: readonly Setting[] = [
  ...numbers,
  whole('binRows', 'Records behind a range', 'All other numbers are drawn from ranges of that many.', 20),
];

const nets: readonly Setting[] = [
  bySize('binRows', 'Records behind a range', 'All other numbers are drawn from ranges of that many'),
  bySize('epochs', 'Epochs', 'Passes of each net over train, of which more learn single records by heart'),
  bySize('hidden', 'Hidden units', 'Size of each net'),
  bySize(
    'parents',
    'Columns looked at',
    'A net looks at that many columns before its own, those that say most about it',
  ),
  bySize('knots', 'Knots', 'Numbers enter a net smoothed over that many'),
  bySize('groups', 'Groups of values', 'A net tells about that many groups of neighbouring numbers apart'),
  bySize('batchSize', 'Batch size', 'Rows of one step'),
  bySize('learningRate', 'Learning rate', 'Largest size of one step of the optimizer (Adam), in 1/10 000'),
  bySize('weightDecay', 'Weight decay', 'Pull of the weights towards zero, in 1/10 000'),
];

function bySize(key: string, label: string, hint: string): Setting {
  return whole(key, label, `${hint}; 0 = by the size of the table.`, 0, 0);
}

/** Settings of each model, the most useful first. */
export const SETTINGS: Readonly<Record<ModelId, readonly Setting[]>> = {
  independent: margins,
  copula: margins,
  trees: [
    ...margins,
    ...ranges,
    whole(
      'minLeaf',
      'Records in a leaf',
      'Values are drawn from at least that many; 0 = by the size of the table.',
      0,
      0,
    ),
    whole('minGain', 'Least gain of a split', '0 = by the size of the table.', 0, 0),
    whole(
      'groups',
      'Groups of values',
      'A tree tells about that many groups of neighbouring numbers apart; 0 = as many as pay by rows left out.',
      0,
      0,
    ),
    whole(
      'levelRows',
      'Records behind a split by level',
      'A split tells a level apart only where that many records of its node have it; levels of fewer go together.',
      30,
    ),
    whole(
      'nodeRows',
      'Records behind a value of a leaf',
      'A leaf draws a value of its own only where that many of its records share it; others come from the nodes above it.',
      3,
    ),
    whole('shrinkage', 'Shrinkage', 'How strongly small leaves are drawn towards those around them.', 8, 0),
    whole(
      'weighSplits',
      'Splits judged by rows left out',
      '1 = a split that only repeats its own rows loses its say; 0 = all keep theirs.',
      1,
      0,
    ),
    whole(
      'boostRounds',
      'Rounds for the target',
      'The target is drawn from that many small trees, below 5,000 records from one; 0 = always from one.',
      80,
      0,
    ),
  ],
  argn: [
    ...margins,
    ...numbers,
    ...nets,
    whole(
      'boostRounds',
      'Rounds for the target',
      'A target of few levels is drawn from that many small trees, below 20,000 records from twice as many; 0 = from a net, as other columns.',
      45,
      0,
    ),
  ],
  tvae: [
    ...neural({
      epochs: 300,
      minSteps: 2000,
      maxSteps: 3000,
      batchSize: 500,
      learningRate: 2e-3,
      latentSize: 128,
      hidden: [128, 128],
      weightDecay: 1e-5,
      averageDecay: 0.99,
      stopShare: 0.1,
      patience: 10,
      pairWeight: 30,
    }),
    decimal(
      'reconstructionFactor',
      'Weight of reconstruction',
      'Against the closeness of the latent numbers to a normal distribution.',
      2,
      null,
    ),
  ],
  ctgan: [
    ...neural({
      epochs: 300,
      minSteps: 2000,
      maxSteps: 2000,
      batchSize: 500,
      learningRate: 1e-3,
      latentSize: 128,
      hidden: [256, 256],
      weightDecay: 1e-6,
      averageDecay: 0.99,
      stopShare: 0.1,
      patience: 10,
      pairWeight: 30,
    }),
    whole('pac', 'Records judged together', 'The critic sees this many at once, which keeps variety up.', 10),
    sizes(
      'criticHidden',
      'Hidden layers of the critic',
      'Widths of the layers, separated by a space.',
      [256, 256],
    ),
    decimal(
      'criticLearningRate',
      'Learning rate of the critic',
      'Size of one step of its optimizer.',
      1e-3,
      null,
    ),
    decimal('dropout', 'Dropout of the critic', 'Share of its units left out at each step.', 0.5, 1),
    decimal(
      'penaltyWeight',
      'Weight of the gradient penalty',
      'How strictly the critic is kept smooth.',
      10,
      null,
    ),
  ],
};

function whole(key: string, label: string, hint: string, preset: number, min = 1): Setting {
  return { key, label, hint, kind: 'whole', preset, min, max: null };
}

function decimal(key: string, label: string, hint: string, preset: number, max: number | null): Setting {
  return { key, label, hint, kind: 'decimal', preset, min: 0, max };
}

function sizes(key: string, label: string, hint: string, preset: Defaults[string] | undefined): Setting {
  return { key, label, hint, kind: 'sizes', preset: preset ?? [], min: 1, max: null };
}

/** A value as it stands in its field. */
export function writeSetting(value: ModelConfig[string]): string {
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** The value a text stands for, or the sentence that says what is wrong with it. */
export function readSetting(
  setting: Setting,
  text: string,
): { readonly value: number | string | readonly number[] } | { readonly problem: string } {
  if (setting.kind === 'choice') return readChoice(setting, text);
  if (setting.kind === 'sizes') return readSizes(setting, text);
  const value = text.trim() === '' ? NaN : Number(text.trim().replace(',', '.'));
  if (!Number.isFinite(value)) return { problem: 'This is not a number.' };
  if (setting.kind === 'whole' && !Number.isInteger(value))
    return { problem: 'This must be a whole number.' };
  if (value < setting.min) return { problem: `This must be at least ${setting.min}.` };
  if (setting.max !== null && value > setting.max) return { problem: `This must be at most ${setting.max}.` };
  return { value };
}

function readChoice({ options = [] }: Setting, text: string): ReturnType<typeof readSetting> {
  const found = options.find(({ value }) => value === text.trim());
  return found !== undefined
    ? { value: found.value }
    : { problem: `This must be one of ${options.map(({ value }) => value).join(', ')}.` };
}

function readSizes(setting: Setting, text: string): ReturnType<typeof readSetting> {
  const values = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const n = Array.isArray(setting.preset) ? setting.preset.length : 1;
  const fits = values.length === n && values.every((value) => Number.isInteger(value) && value >= 1);
  return fits
    ? { value: values }
    : { problem: `This must be ${n} whole numbers of at least 1, such as ${writeSetting(setting.preset)}.` };
}
