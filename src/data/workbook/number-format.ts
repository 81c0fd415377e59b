/** What a number format shows a number as: a day (with its time), a time of day or a duration, leading zeros, a number. */
export type NumberShape =
  | { readonly kind: 'number' }
  | { readonly kind: 'datetime' }
  | { readonly kind: 'time' }
  | { readonly kind: 'zeros'; readonly width: number };

/** Formats that every workbook has without listing them. Source: ECMA-376-1, 18.8.30, and its language-specific parts. */
export function shapeOfBuiltIn(id: number): NumberShape {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36) return { kind: 'datetime' };
  if (id >= 50 && id <= 54) return { kind: 'datetime' };
  if (id === 57 || id === 58) return { kind: 'datetime' };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return { kind: 'time' };
  if (id === 55 || id === 56) return { kind: 'datetime' };
  return { kind: 'number' };
}

/** The shape a format code such as `dd/mm/yyyy hh:mm` gives; only its first section, for positive numbers, counts. */
export function shapeOfCode(code: string): NumberShape {
  const bare = code
    .replace(/"[^"]*"/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '');
  const section = (bare.split(';')[0] ?? '').toLowerCase();
  if (/general/.test(section)) return { kind: 'number' };
  if (/[yd]|e{2,}|b{2}/.test(section)) return { kind: 'datetime' };
  if (/[hs]/.test(section)) return { kind: 'time' };
  if (/m/.test(section)) return { kind: 'datetime' };
  const zeros = /^0{2,}$/.exec(section);
  return zeros === null ? { kind: 'number' } : { kind: 'zeros', width: zeros[0].length };
}

const DAY_MS = 86_400_000;

/**
 * A serial date as `yyyy-MM-dd HH:mm:ss.SSS`, rounded to the millisecond. The 1900 system counts a 29 February 1900
 * that was not, so that days before March 1900 are one off there; negative and absurd serials are null.
 */
export function serialDateText(serial: number, is1904: boolean): string | null {
  if (!(serial >= 0 && serial < 2_958_466)) return null;
  const phantom = !is1904 && serial < 60 ? 1 : 0;
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const ms = epoch + Math.round((serial + phantom) * DAY_MS);
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

/** A fraction of a day as `HH:mm:ss.SSS`; more than a day as hours beyond 24. Negative durations are null. */
export function serialTimeText(serial: number): string | null {
  if (!(serial >= 0 && serial < 1e6)) return null;
  const ms = Math.round(serial * DAY_MS);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map((part) => pad(part, 2)).join(':')}.${pad(ms % 1000, 3)}`;
}
