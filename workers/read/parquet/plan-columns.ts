import {
  parquetSchema,
  type FileMetaData,
  type RowGroup,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';

/** A node of a file's schema with the names and types its writer gave. */
export interface SchemaNode {
  readonly name: string;
  readonly element: SchemaElement;
  readonly children: readonly SchemaNode[];
  /** The name under which the reader knows the node: unique in the file, whatever names the writer chose. */
  readonly key: string;
}

/** A column of the table that a Parquet column becomes; a struct becomes one for each of its leaves. */
export interface PlannedColumn {
  /** Nodes from the top-level column down, `address` · `city`; the header joins their names with points. */
  readonly path: readonly SchemaNode[];
  /** True for a list, a map, or anything that repeats: its cells hold JSON text. */
  readonly isNested: boolean;
}

/** The schema as written: the root, whose children are the top-level columns. */
export function readSchema(metadata: FileMetaData): SchemaNode {
  let at = 0;
  const walk = ({ element, children }: SchemaTree): SchemaNode => {
    const key = keyAt(at++);
    return { name: element.name, element, key, children: children.map(walk) };
  };
  return walk(parquetSchema(metadata));
}

function keyAt(index: number): string {
  return `n${index}`;
}

/** The table's columns under one top-level column of the file, in the file's order. */
export function planColumns(node: SchemaNode): readonly PlannedColumn[] {
  if (repeats(node)) return [{ path: [node], isNested: true }];
  if (node.children.length === 0) return [{ path: [node], isNested: false }];
  return node.children.flatMap((child) =>
    planColumns(child).map(({ path, isNested }) => ({ path: [node, ...path], isNested })),
  );
}

/** True when a row can have several values here. */
function repeats(node: SchemaNode): boolean {
  if (node.element.repetition_type === 'REPEATED') return true;
  return node.children.length > 0 && isListOrMap(node.element);
}

export function isListOrMap({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return (
    ['LIST', 'MAP', 'MAP_KEY_VALUE'].includes(converted ?? '') ||
    ['LIST', 'MAP', 'VARIANT'].includes(logical?.type ?? '')
  );
}

/**
 * The metadata under keys in place of names (so that no name can repeat or mislead the reader), with every leaf bared
 * to its stored type, so that stored values come out and nothing is rounded. Throws when a row group's columns are not
 * those of the schema.
 */
export function bareMetadata(metadata: FileMetaData): FileMetaData {
  const leaves = listLeaves(readSchema(metadata));
  return {
    ...metadata,
    schema: metadata.schema.map((element, i) => bareElement(element, keyAt(i))),
    row_groups: metadata.row_groups.map((group) => renameColumns(group, leaves)),
  };
}

interface Leaf {
  readonly names: readonly string[];
  readonly keys: readonly string[];
}

function listLeaves(root: SchemaNode): Leaf[] {
  return root.children.flatMap((child) => listBelow(child, { names: [], keys: [] }));
}

function listBelow(node: SchemaNode, above: Leaf): Leaf[] {
  const own = { names: [...above.names, node.name], keys: [...above.keys, node.key] };
  return node.children.length === 0 ? [own] : node.children.flatMap((child) => listBelow(child, own));
}

function renameColumns(group: RowGroup, leaves: readonly Leaf[]): RowGroup {
  if (group.columns.length !== leaves.length) throw new Error('row group without all columns of the schema');
  return {
    ...group,
    columns: group.columns.map((column, i) => {
      const leaf = leaves[i];
      if (column.meta_data === undefined || leaf === undefined) throw new Error('column without metadata');
      if (column.meta_data.path_in_schema.join('\0') !== leaf.names.join('\0')) {
        throw new Error('row group with columns in another order than the schema');
      }
      return { ...column, meta_data: { ...column.meta_data, path_in_schema: [...leaf.keys] } };
    }),
  };
}

function bareElement(element: SchemaElement, name: string): SchemaElement {
  const { type, type_length, repetition_type, num_children } = element;
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(type_length === undefined ? {} : { type_length }),
    ...(repetition_type === undefined ? {} : { repetition_type }),
    ...(num_children === undefined ? {} : { num_children }),
    ...(num_children !== undefined && isListOrMap(element) ? { converted_type: 'LIST' as const } : {}),
  };
}
