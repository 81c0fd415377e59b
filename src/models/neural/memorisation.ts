import { BIN_FLOORS } from '../encode/fit-binned';
import { MIN_CALIBRATED_ROWS } from './calibrate';
import { MIN_PAIR_ROWS } from './pair-target';
import { habitsOf, type NeuralSettings } from './settings';

/** What keeps a network from learning single rows by heart, in words for the record of the run. */
export function describeControls(settings: NeuralSettings, packSize: number, isHeldBack: boolean): string[] {
  const { coding, isCalibrated, keeps } = habitsOf(settings.preset);
  return [
    keeps === 'best' ? describeStop(settings, isHeldBack) : null,
    coding === 'bins'
      ? `a number is written as it is only when ${BIN_FLOORS.atomRows} rows share it; all others are drawn from ranges of at ` +
        `least ${BIN_FLOORS.binRows} rows, and ${BIN_FLOORS.k} rows lie at or beyond each end unless a range was declared`
      : 'no number with fewer than 5 rows is a value of its own: rarer numbers are learned as positions in a distribution',
    isCalibrated
      ? `shares of single columns are corrected towards train only where ${MIN_CALIBRATED_ROWS} rows stand behind them`
      : null,
    settings.pairWeight > 0
      ? `pairs of values that fewer than ${MIN_PAIR_ROWS} rows share are left out of the pull towards train’s pairs`
      : null,
    settings.averageDecay > 0 ? 'rows are drawn from an average of the weights over many steps' : null,
    packSize === 1 ? null : `the critic judges ${packSize} rows together and never a single one`,
  ].filter((text) => text !== null);
}

function describeStop({ patience }: NeuralSettings, isHeldBack: boolean): string {
  const against = isHeldBack
    ? 'a slice of train that the network never learns from'
    : 'train (the table is too small to hold a slice back)';
  return (
    `early stop: in its second half training ends after ${patience} scores without improvement against ${against}, ` +
    'and the best state is kept'
  );
}
