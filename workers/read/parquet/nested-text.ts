import type { LeafText } from './leaf-text';
import type { SchemaNode } from './plan-columns';

/** Writes leaves of a nested column; one a leaf, made once. */
export type LeafWriters = ReadonlyMap<string, LeafText>;

/**
 * A list, map or struct as JSON text: numbers bare with every digit, the rest quoted; a map is an object with its keys
 * as texts, in the file's order, repeated keys kept.
 */
export function nestedText(node: SchemaNode, value: unknown, leaves: LeafWriters): string {
  if (value === null || value === undefined) return 'null';
  if (node.element.repetition_type === 'REPEATED' && Array.isArray(value)) {
    return `[${value.map((each: unknown) => singleText(node, each, leaves)).join(',')}]`;
  }
  return singleText(node, value, leaves);
}

function singleText(node: SchemaNode, value: unknown, leaves: LeafWriters): string {
  if (value === null || value === undefined) return 'null';
  const [only, ...others] = node.children;
  if (only === undefined) return leafJson(node, value, leaves);
  const isWrapper = others.length === 0 && only.element.repetition_type === 'REPEATED';
  if (isWrapper) return wrappedText(only, Array.isArray(value) ? value : childOf(value, only.key), leaves);
  const members = node.children.map((child) => {
    return `${JSON.stringify(child.name)}:${nestedText(child, childOf(value, child.key), leaves)}`;
  });
  return `{${members.join(',')}}`;
}

/** The repeated group inside a list or a map. */
function wrappedText(repeated: SchemaNode, value: unknown, leaves: LeafWriters): string {
  if (value === null || value === undefined) return 'null';
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const [first, second, ...others] = repeated.children;
  if (first !== undefined && second !== undefined && others.length === 0 && first.name === 'key') {
    const members = items.map((item) => {
      const key = nestedText(first, childOf(item, first.key), leaves);
      return `${key.startsWith('"') ? key : JSON.stringify(key)}:${nestedText(second, childOf(item, second.key), leaves)}`;
    });
    return `{${members.join(',')}}`;
  }
  const element = first !== undefined && second === undefined ? first : repeated;
  return `[${items.map((item) => (element === repeated ? singleText : nestedText)(element, item, leaves)).join(',')}]`;
}

function leafJson(node: SchemaNode, value: unknown, leaves: LeafWriters): string {
  const leaf = leaves.get(node.key);
  if (leaf === undefined) throw new Error('leaf without a writer');
  const text = leaf.toText(value);
  return leaf.isBare && /^-?\d|^true$|^false$/.test(text) ? text : JSON.stringify(text);
}

/** A member of a struct as the reader hands it over: an object by key. */
export function childOf(value: unknown, key: string): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') throw new Error('struct expected');
  return (value as Readonly<Record<string, unknown>>)[key];
}
