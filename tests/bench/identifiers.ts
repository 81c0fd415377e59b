import { parseArgs } from 'node:util';
import { KINDS } from '../../src/data/identifiers/kinds';
import { hasIdentifierTables, judgeIdentifierColumns, type JudgedColumn } from './identifier-columns';

/**
 * Precision and recall of the identifier detector on columns of public tables, for those that were looked at while it
 * was written and those held out. Option --wrong lists wrong columns of the tuning half; --wrong-held-out those of the
 * other, which is then no longer unseen.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      wrong: { type: 'boolean', default: false },
      'wrong-held-out': { type: 'boolean', default: false },
    },
  });
  if (!hasIdentifierTables) {
    console.log(
      'identifiers: ../shared/data and ../shared/fixtures/presidio are not here; nothing measured.',
    );
    return;
  }
  const judged = await judgeIdentifierColumns();
  const isNamed = ({ set }: JudgedColumn): boolean =>
    ['presidio', 'synthea_unmc', 'mimic3_demo'].includes(set);
  for (const isTuning of [true, false]) {
    const half = judged.filter((column) => column.isTuning === isTuning);
    console.log(isTuning ? 'Columns looked at while tuning' : 'Columns held out');
    report('presidio, Synthea, MIMIC', half.filter(isNamed));
    for (const set of ['presidio', 'synthea_unmc', 'mimic3_demo'])
      report(
        set,
        half.filter((column) => column.set === set),
      );
    report(
      'adult, actg175, brfss2015, diabetes130, support2',
      half.filter((column) => !isNamed(column)),
    );
    if (isTuning ? values.wrong : values['wrong-held-out']) listWrong(half);
  }
}

const isDirect = (column: JudgedColumn): boolean => column.label !== null && KINDS[column.label].isDirect;

function report(name: string, columns: readonly JudgedColumn[]): void {
  const direct = score(columns, isDirect, ({ found }) => found?.isDirect === true);
  const any = score(
    columns,
    ({ label }) => label !== null,
    ({ found }) => found !== null,
  );
  const hits = columns.filter(({ label, found }) => label !== null && found !== null);
  const letters = hits.filter(({ label, found }) => label && found && KINDS[label].letter === found.letter);
  const nNames = new Set(columns.map(({ column }) => column.toLowerCase())).size;
  console.log(
    `  ${name}: ${columns.length} columns, ${nNames} names · direct ${direct} · any Safe Harbor item ${any} · letter right in ${letters.length} of ${hits.length}`,
  );
}

function score(
  columns: readonly JudgedColumn[],
  isTrue: (column: JudgedColumn) => boolean,
  isFound: (column: JudgedColumn) => boolean,
): string {
  const found = columns.filter(isFound);
  const nTrue = columns.filter(isTrue).length;
  const nHits = found.filter(isTrue).length;
  const share = (n: number, of: number): string => (of === 0 ? 'none' : (n / of).toFixed(3));
  return `recall ${share(nHits, nTrue)} (${nHits} of ${nTrue}), precision ${share(nHits, found.length)} (${nHits} of ${found.length})`;
}

function listWrong(columns: readonly JudgedColumn[]): void {
  for (const { file, column, label, found } of columns) {
    if ((label === null ? null : KINDS[label].letter) === (found?.letter ?? null)) continue;
    console.log(
      `    ${file} ${column}: ${label ?? 'none'}, found ${found?.kind ?? 'none'} ${found?.reason ?? ''}`,
    );
  }
}
