/** The whole number a text stands for, thin spaces and blanks between digits allowed; null when it is none or out of range. */
export function readWhole(text: string, min: number, max: number): number | null {
  const digits = text.replace(/[\s\u202f]/g, '');
  if (!/^\d+$/.test(digits)) return null;
  const value = Number(digits);
  return Number.isSafeInteger(value) && value >= min && value <= max ? value : null;
}
