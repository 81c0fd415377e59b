import type { NeuralSettings } from './settings';

/** What keeps a network from learning single rows by heart, in words for the record of the run. */
export function describeControls(settings: NeuralSettings, packSize: number, isHeldBack: boolean): string[] {
  const stop = isHeldBack
    ? `early stop: in its second half training ends after ${settings.patience} scores without improvement against a slice of train that ` +
      'the network never learns from, and the best state is kept'
    : `early stop: in its second half training ends after ${settings.patience} scores without improvement against train (the table is too ` +
      'small to hold a slice back), and the best state is kept';
  return [
    stop,
    'no number with fewer than 5 rows is a value of its own: rarer numbers are learned as positions in a distribution',
    settings.averageDecay > 0 ? 'rows are drawn from an average of the weights over many steps' : null,
    packSize === 1 ? null : `the critic judges ${packSize} rows together and never a single one`,
  ].filter((text) => text !== null);
}
