import type { Table } from '../../src/data/table';
import type { ColumnKind } from '../../src/measure/fidelity/column-kinds';
import { Rng } from '../../src/math/rng';

/** Kinds of {@link makePeople}'s columns. */
export const PEOPLE_KINDS: readonly ColumnKind[] = [
  { name: 'age', kind: 'numerical' },
  { name: 'pressure', kind: 'numerical' },
  { name: 'lactate', kind: 'numerical' },
  { name: 'ward', kind: 'categorical' },
  { name: 'smoker', kind: 'categorical' },
  { name: 'died', kind: 'categorical' },
];

/** Made-up patients: pressure and death go with age, lactate with death and is often missing, ward with smoking. */
export function makePeople(nRows: number, seed: string): Table {
  const rng = Rng.fromSeed(seed);
  const draw = <T>(make: () => T): T[] => Array.from({ length: nRows }, make);
  const age = Float64Array.from(draw(() => Math.round(40 + 40 * rng.float())));
  const pressure = age.map((years) => Math.round(10 * (100 + 0.5 * years + 8 * rng.normal())) / 10);
  const died = Int32Array.from(age, (years) => (rng.float() < 1 / (1 + Math.exp((62 - years) / 4)) ? 1 : 0));
  const lactate = Float64Array.from(died, (dead) =>
    rng.float() < 0.3 ? NaN : Math.round(100 * Math.exp(0.4 * rng.normal() + dead)) / 100,
  );
  const smoker = Int32Array.from(draw(() => (rng.float() < 0.05 ? -1 : rng.int(2))));
  const ward = smoker.map((smokes) => (rng.float() < 0.8 ? smokes + 1 : rng.int(5)));
  return {
    nRows,
    columns: [
      { kind: 'number', name: 'age', values: age },
      { kind: 'number', name: 'pressure', values: pressure },
      { kind: 'number', name: 'lactate', values: lactate },
      { kind: 'level', name: 'ward', codes: ward, levels: ['a', 'b', 'c', 'd', 'e'] },
      { kind: 'level', name: 'smoker', codes: smoker, levels: ['no', 'yes'] },
      { kind: 'level', name: 'died', codes: died, levels: ['no', 'yes'] },
    ],
  };
}
