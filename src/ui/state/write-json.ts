/** JSON with two spaces of indent, lists of numbers on one line; what JSON has no number for becomes null. */
export function writeJson(value: unknown, indent = ''): string {
  if (Array.isArray(value)) return writeList(value, indent);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${inner}${JSON.stringify(key)}: ${writeJson(item, inner)}`);
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}

function writeList(list: readonly unknown[], indent: string): string {
  if (list.every((item) => typeof item === 'number')) return JSON.stringify(list);
  const inner = `${indent}  `;
  return `[\n${list.map((item) => `${inner}${writeJson(item, inner)}`).join(',\n')}\n${indent}]`;
}
