const THIN_SPACE = '\u202f';

/** Digits of a whole number with thin spaces between thousands, from five digits on. */
export function groupDigits(digits: string): string {
  return digits.length <= 4 ? digits : digits.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
}

/** A whole number as every page and every sentence writes it. */
export function countText(value: number): string {
  const rounded = Math.round(value);
  return (rounded < 0 ? '−' : '') + groupDigits(String(Math.abs(rounded)));
}
