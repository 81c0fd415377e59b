import type { Table } from '../../data/table';
import type { Rng } from '../../math/rng';
import type { EvaluationSpec } from '../evaluate';
import type { EvaluationContext } from '../evaluation-context';
import { isSkipped, type MeasurePart } from '../measure';
import { findLack, foreseeAll } from '../needs';
import { findRisk, type AttackStory } from './attack-finding';
import { show } from '../tell';
import { apart } from '../watch';
import { FLOOR_ATTACKS, FLOOR_TAUGHT, floorOf, takeSmallFloor } from './attack-floor';
import { tellAsked } from './count-asked';
import { inferAttributes, INFERENCE_NEEDS, type InferredSecret } from './attribute-inference';

const STORY: AttackStory = {
  id: 'attribute-inference',
  type: 'attribute inference',
  knowledge: 'the synthetic table and all of the record but one column',
};

/** Columns looked at where none is marked as sensitive. */
const MAX_SECRETS = 10;

/** {@link inferAttributes} of the columns that are sensitive and the target, or else of some. */
export const ATTRIBUTE_INFERENCE: EvaluationSpec = {
  family: 'privacy',
  ids: [STORY.id],
  foresee: ({ sizes }) => foreseeAll([STORY.id], findLack(sizes, INFERENCE_NEEDS)),
  measure: (context, rng) => {
    const { compared, kinds } = context;
    const { train, holdout, synthetic } = compared;
    const secrets = chooseSecrets(context, rng.fork('secrets'));
    const nTargets = countTargets(synthetic);
    const found = inferAttributes(train, holdout, synthetic, kinds, rng, { secrets, nTargets });
    if (isSkipped(found)) return [found];
    const parts = [
      ...found.secrets.map(describe),
      ...found.skipped.map(({ id, reason }): MeasurePart => ({
        columns: [id.slice(STORY.id.length + 1)],
        value: null,
        note: reason,
      })),
    ];
    const [worst] = found.secrets;
    const note =
      worst === undefined || found.secrets.length < 2
        ? ''
        : ` Largest for "${worst.column}" (${show(worst.risk.residual)}), of ${found.secrets.length} columns looked at.`;
    const asked = tellAsked('train', found.nTargets, train.nRows);
    const few = { secrets, nTargets: FLOOR_ATTACKS, nTaught: FLOOR_TAUGHT };
    const floor = apart(context, 'floor', () =>
      inferAttributes(train, holdout, takeSmallFloor(context), kinds, rng, few),
    );
    const ofFloor = floorOf(floor, ({ pooled }) => pooled.residual);
    return [findRisk(STORY, found.pooled, ofFloor, parts, `${note}${asked}`)];
  },
};

/** Cells that the search for the nearest rows may look at, where nothing can be left out. */
const MAX_CELLS = 1.6e10;

/** People attacked on either side for each secret: a thousand, and fewer where the synthetic table is long and wide. */
function countTargets({ nRows, columns }: Table): number {
  const nEach = MAX_CELLS / Math.max(1, 2 * nRows * columns.length);
  return Math.round(Math.min(1000, Math.max(300, nEach)));
}

/** The columns marked as sensitive and the target; where none is sensitive, others drawn at random beside the target. */
function chooseSecrets(
  { kinds, options: { sensitive = [], target } }: EvaluationContext,
  rng: Rng,
): readonly string[] {
  const names = kinds.map(({ name }) => name);
  const marked = new Set(names.filter((name) => sensitive.includes(name) || name === target));
  if (names.some((name) => sensitive.includes(name))) return names.filter((name) => marked.has(name));
  const others = names.filter((name) => !marked.has(name));
  for (const at of rng.permutation(others.length).subarray(0, MAX_SECRETS - marked.size))
    marked.add(others[at] ?? '');
  return names.filter((name) => marked.has(name));
}

function describe({ column, attacker, risk }: InferredSecret): MeasurePart {
  const { low, high } = risk.residualInterval;
  const how = attacker === 'boosted' ? 'boosted trees' : 'the nearest synthetic row';
  return {
    columns: [column],
    value: risk.residual,
    note: `95 % CI ${show(low)} to ${show(high)}; guessed by ${how}`,
    sides: {
      train: risk.attack.nSuccesses / risk.attack.nAttempts,
      other: risk.control.nSuccesses / risk.control.nAttempts,
    },
  };
}
