import { readKey } from '../cut-rows';
import type { Edit } from '../edits/edit';
import type { Generalisation } from '../identifiers/generalise/generalisation';
import { generaliseTable } from '../identifiers/generalise/generalise-table';
import type { SplitChoice } from '../handling';
import type { RawTable } from '../raw-column';
import { findCountedKey, gatherGroups, type RowGroups } from '../row-groups';
import type { ColumnSchema, Role, Schema } from '../schema';
import type { ReadingRules } from '../tally';
import { findRaw } from '../to-table';
import { countBelow, countPersons, oneClass, refineClasses, smallest, type Classes } from './classes';
import { codeCells, type CodedColumn } from './code-cells';
import { measureDiversity, type SensitiveRisk } from './diversity';
import { countUnique, tabulateSubsets, type SubsetTable } from './subsets';

/** Smallest sizes of a class that are asked for; 11 is that of a risk of 1 in 11 (EMA Policy 0070). */
export const ASKED_SIZES = [2, 3, 5, 11] as const;

/** Classes with so many persons. */
export interface SizeBand {
  readonly from: number;
  /** Null for all sizes above. */
  readonly to: number | null;
  readonly nClasses: number;
  readonly nRows: number;
}

export interface BelowSize {
  readonly k: number;
  /** Records in classes of fewer than k persons, and the persons they are of. */
  readonly nRows: number;
  readonly nPersons: number;
}

/** What one edit would make of it. */
export interface Remedy {
  readonly column: string;
  readonly edit: Edit;
  readonly k: number;
  readonly nUnique: number;
}

/** How unique the people of the source are by what others may know of them. Figures and names of columns, no cell. */
export interface SourceRisk {
  /** Quasi-identifiers, in file order. */
  readonly columns: readonly string[];
  /** Column whose values are persons; null where each row counts as one. */
  readonly countedBy: string | null;
  readonly nRows: number;
  readonly nPersons: number;
  readonly nClasses: number;
  /** Persons in the smallest class. */
  readonly k: number;
  readonly nUnique: number;
  readonly sizes: readonly SizeBand[];
  readonly below: readonly BelowSize[];
  readonly subsets: SubsetTable;
  readonly sensitive: readonly SensitiveRisk[];
  /** The most helpful first. */
  readonly remedies: readonly Remedy[];
}

export interface SourceRiskRequest {
  readonly schema: Schema;
  readonly split: SplitChoice;
  /** Coarsenings in force. */
  readonly generalise: readonly Generalisation[];
  /** Coarsenings that may be offered. */
  readonly offered: readonly Generalisation[];
}

/**
 * The risk of the source on its quasi-identifiers (docs/source-risk.md); null where no included column has that role, or
 * the table has no rows. It is not the risk of synthetic records, which stand for nobody.
 */
export function measureSourceRisk(
  raw: RawTable,
  rules: ReadingRules,
  request: SourceRiskRequest,
): SourceRisk | null {
  const { schema, split } = request;
  const quasi = withRole(schema, 'quasi-identifier');
  if (quasi.length === 0 || raw.nRows === 0) return null;
  const countedBy = findCountedKey(schema, split);
  const persons = countedBy === null ? null : gatherPersons(raw, rules, countedBy);
  const code = (column: ColumnSchema) => codeCells(findRaw(raw, column.name), column, rules);
  const columns = quasi.map(code);
  const classes = classify(columns, raw.nRows);
  const sizes = countPersons(classes, persons);
  return {
    columns: columns.map(({ name }) => name),
    countedBy,
    nRows: raw.nRows,
    nPersons: persons?.nGroups ?? raw.nRows,
    nClasses: classes.nClasses,
    k: smallest(sizes),
    nUnique: countUnique(classes, sizes, persons),
    sizes: bandSizes(classes, sizes),
    below: ASKED_SIZES.map((k) => ({ k, ...countBelow(classes, sizes, k, persons) })),
    subsets: tabulateSubsets(columns, raw.nRows, persons),
    sensitive: withRole(schema, 'sensitive').map((column) =>
      measureDiversity(classes, code(column), persons),
    ),
    remedies: findRemedies(raw, rules, request, columns, persons),
  };
}

function withRole({ columns }: Schema, role: Role): readonly ColumnSchema[] {
  return columns.filter((column) => column.included && column.role === role);
}

function gatherPersons(raw: RawTable, rules: ReadingRules, key: string): RowGroups {
  return gatherGroups(key, readKey(raw, rules, key) ?? []);
}

function classify(columns: readonly CodedColumn[], nRows: number): Classes {
  return columns.reduce((classes, column) => refineClasses(classes, column), oneClass(nRows));
}

const BANDS: readonly (readonly [from: number, to: number | null])[] = [
  [1, 1],
  [2, 2],
  [3, 4],
  [5, 10],
  [11, 50],
  [51, null],
];

function bandSizes({ classOf }: Classes, sizes: Uint32Array): readonly SizeBand[] {
  const bandOf = Uint8Array.from(sizes, (size) =>
    BANDS.findIndex(([from, to]) => size >= from && size <= (to ?? Infinity)),
  );
  const nClasses = BANDS.map(() => 0);
  const nRows = BANDS.map(() => 0);
  for (const band of bandOf) nClasses[band] = (nClasses[band] ?? 0) + 1;
  for (const at of classOf) {
    const band = bandOf[at] ?? 0;
    nRows[band] = (nRows[band] ?? 0) + 1;
  }
  return BANDS.map(([from, to], band) => ({
    from,
    to,
    nClasses: nClasses[band] ?? 0,
    nRows: nRows[band] ?? 0,
  }));
}

/** Each quasi-identifier left out, and coarsened where a way is offered. */
function findRemedies(
  raw: RawTable,
  rules: ReadingRules,
  { schema, generalise, offered }: SourceRiskRequest,
  columns: readonly CodedColumn[],
  persons: RowGroups | null,
): readonly Remedy[] {
  const judge = (column: string, edit: Edit, left: readonly CodedColumn[]): Remedy => {
    const classes = classify(left, raw.nRows);
    const sizes = countPersons(classes, persons);
    return { column, edit, k: smallest(sizes), nUnique: countUnique(classes, sizes, persons) };
  };
  const remedies = columns.flatMap(({ name }): Remedy[] => {
    const others = columns.filter((column) => column.name !== name);
    const leave: Edit = { of: 'schema', column: name, set: 'included', value: false };
    const by = offered.find(({ column }) => column === name);
    const taken = generalise.some(({ column }) => column === name);
    if (by === undefined || taken) return [judge(name, leave, others)];
    const coarse = findRaw(generaliseTable(raw, [by], rules).table, name);
    const column = schema.columns.find((each) => each.name === name);
    // What a rule writes is no date any more; its texts are compared.
    const type = by.rule === 'age-90' ? (column?.type ?? 'integer') : 'categorical';
    const coded = codeCells(coarse, { name, type, format: column?.format ?? null }, rules);
    const edit: Edit = {
      of: 'generalise',
      value: [...generalise.filter((each) => each.column !== name), by],
    };
    return [judge(name, edit, [...others, coded]), judge(name, leave, others)];
  });
  return remedies.sort((a, b) => a.nUnique - b.nUnique || b.k - a.k);
}
