import type { Evaluation } from '../../src/measure/evaluate';
import type { Extra } from '../../src/measure/watch';
import { EXTRAS, type StepTime } from './step-clock';

/** One step of an evaluation with what it took, in seconds. */
export interface TimedStep {
  readonly ids: readonly string[];
  /** Of the processor, all threads of the process: less disturbed by what else the machine does. */
  readonly time: StepTime;
  /** On the wall. */
  readonly wall: number;
}

/** Seconds of the Python tools for one comparison, without interval, floor or ceiling, by the first id of a step. */
const PYTHON_SECONDS: Readonly<Record<string, number>> = {
  'sdmetrics-column-shapes': 2.1 + 2.3,
  'detection-linear': 13.4,
  'detection-boosted': 6.1,
  'train-synthetic-boosted': 2.7,
  'singling-out-univariate': 13.8,
  'singling-out-multivariate': 101,
  linkability: 50,
  'attribute-inference': 111,
  'closest-records': 16.6,
};

/** Every figure with its interval and yardsticks, in Markdown. */
export function writeFigures({ measures, skipped }: Pick<Evaluation, 'measures' | 'skipped'>): string {
  const tell = (value: number | null) => (value === null ? '' : value.toFixed(4));
  return writeTable(
    ['Measure', 'Value', '95 % interval', 'Floor', 'Ceiling'],
    [
      ...measures.map(({ id, value, interval: { low, high }, floor, ceiling }) => [
        id,
        tell(value),
        `${tell(low)} to ${tell(high)}`,
        tell(floor),
        tell(ceiling),
      ]),
      ...skipped.map(({ id, reason }) => [id, `skipped: ${reason}`, '', '', '']),
    ],
  );
}

/**
 * The processor's seconds of every step in Markdown: of the figure, of what is computed apart from it, and of both together.
 * What takes no time of its own, since it is given or comes out of the same counts as the figure, has an empty cell.
 *
 * @param factor how many times as slow as the peers' machine this one is; null leaves Python's seconds out
 */
export function writeSeconds(steps: readonly TimedStep[], factor: number | null): string {
  const rows = steps.map(({ ids, ...spent }): Row => {
    const [id = '', ...others] = ids;
    const python = factor === null ? undefined : PYTHON_SECONDS[id];
    const name = others.length === 0 ? id : `${id}, ${ids.length} ids`;
    return { ...spent, name, python: python === undefined ? null : python * (factor ?? 1) };
  });
  const known = rows.filter(({ python }) => python !== null);
  const totals = [
    ...(known.length === 0 ? [] : [addUp('What Python was timed on, together', known)]),
    { ...addUp('Everything', rows), python: null },
  ];
  return writeTable(
    ['Step', 'Figure', ...EXTRAS.map((extra) => TITLES[extra]), 'Together', 'Wall', 'Python'],
    [...rows, ...totals].map(({ name, time, wall, python }) => [
      name,
      show(time.figure),
      ...EXTRAS.map((extra) => (time[extra] === 0 ? '' : show(time[extra]))),
      show(time.step),
      show(wall),
      python === null ? '' : python.toFixed(1),
    ]),
  );
}

const TITLES: Readonly<Record<Extra, string>> = {
  interval: 'Intervals',
  floor: 'Floors',
  ceiling: 'Ceilings',
};

const show = (seconds: number) => seconds.toFixed(2);

interface Row extends Omit<TimedStep, 'ids'> {
  readonly name: string;
  /** Seconds of the Python tools, brought to this machine; null where they were not timed. */
  readonly python: number | null;
}

function addUp(name: string, rows: readonly Row[]): Row {
  const sum = (read: (row: Row) => number) => rows.reduce((total, row) => total + read(row), 0);
  const of = (part: keyof StepTime) => sum(({ time }) => time[part]);
  return {
    name,
    time: {
      figure: of('figure'),
      interval: of('interval'),
      floor: of('floor'),
      ceiling: of('ceiling'),
      step: of('step'),
    },
    wall: sum(({ wall }) => wall),
    python: sum(({ python }) => python ?? 0),
  };
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const marks = head.map((_, at) => (at === 0 ? '---' : '--:'));
  return [head, marks, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
