import { mapCodes } from './code-buffer';
import type { RawColumn } from './raw-column';

/** The column with its texts rewritten; texts that become equal share a code. */
export function mapLevels(column: RawColumn, rewrite: (text: string) => string): RawColumn {
  const levels: string[] = [];
  const codeOf = new Map<string, number>();
  const newCode = Uint32Array.from(column.levels, (text) => {
    const written = rewrite(text);
    const known = codeOf.get(written);
    if (known !== undefined) return known;
    codeOf.set(written, levels.length);
    return levels.push(written) - 1;
  });
  const isSame = levels.length === column.levels.length;
  return { ...column, levels, codes: isSame ? column.codes : mapCodes(column.codes, newCode, levels.length) };
}
