/** What identifiers look like: an alphabet for each place. */
export interface Shape {
  /** Characters allowed at each place; one character = fixed. */
  readonly places: readonly string[];
  /** Share of the source in this shape, in rows or values; only ratios matter. */
  readonly weight: number;
}

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
/** Values a shape must stand for before anything but its separators is kept. */
const MIN_SUPPORT = 5;
const MAX_SHAPES = 50;

/**
 * Shapes of identifiers with room for `nRows` new values each. A beginning is kept only when at least five values share
 * it and enough room is left; shapes of fewer than five values are not copied.
 */
export function findShapes(texts: readonly string[], nRows: number): Shape[] {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const key = describeShape(text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [text]);
    else group.push(text);
  }
  const ordered = [...groups.values()].sort((a, b) => b.length - a.length);
  const supported = ordered.filter((group) => group.length >= MIN_SUPPORT).slice(0, MAX_SHAPES);
  const needed = 4 * (texts.length + nRows);
  const shapes = supported.map((group) => makeShape(group, needed));
  const roomy = shapes.filter((shape) => countSpace(shape.places) >= needed);
  if (roomy.length > 0) return roomy;
  const [commonest = ['id']] = ordered;
  return [widen(makePlain(commonest), needed)];
}

function describeShape(text: string): string {
  return isUuid(text)
    ? `uuid ${text.replace(/[0-9a-f]/gi, '').length} ${text === text.toUpperCase() ? 'upper' : 'lower'}`
    : [...text].map(classify).join('');
}

function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** `D`, `U`, `L` for a digit, an upper-case or a lower-case letter of any script; else the character itself, quoted. */
function classify(char: string): string {
  if (/\p{N}/u.test(char)) return 'D';
  if (/\p{Ll}/u.test(char)) return 'L';
  if (/\p{L}/u.test(char)) return 'U';
  return /[\p{P}\p{Z}\p{S}\s]/u.test(char) ? `'${char}` : 'L';
}

function alphabetOf(char: string): string {
  const kind = classify(char);
  if (kind === 'D') return DIGITS;
  if (kind === 'U') return UPPER;
  return kind === 'L' ? LOWER : char;
}

function makeShape(group: readonly string[], needed: number): Shape {
  const [first = ''] = group;
  if (isUuid(first)) return { places: makeUuidPlaces(first), weight: group.length };
  const chars = [...first];
  const free = chars.map(alphabetOf);
  const leading = free.findIndex((alphabet) => alphabet === DIGITS);
  if (leading === 0 && chars.length > 1 && !group.some((text) => text.startsWith('0'))) {
    free[0] = DIGITS.slice(1);
  }
  let nKept = countCommonStart(group);
  const fixed = () => free.map((alphabet, i) => (i < nKept ? (chars[i] ?? '') : alphabet));
  while (nKept > 0 && countSpace(fixed()) < needed) nKept--;
  return { places: fixed(), weight: group.length };
}

/** Separators kept, everything else free. */
function makePlain(group: readonly string[]): Shape {
  return { places: [...(group[0] ?? '')].map(alphabetOf), weight: 1 };
}

/** Places added after the last free one until there is room; a column of mere separators gets digits. */
function widen(shape: Shape, needed: number): Shape {
  const places = [...shape.places];
  let at = places.length - 1;
  while (at >= 0 && (places[at]?.length ?? 0) < 2) at--;
  const alphabet = places[at] ?? DIGITS;
  const added = alphabet.length < 10 ? DIGITS : alphabet;
  while (countSpace(places) < needed) places.splice(at + 1, 0, added);
  return { ...shape, places };
}

function countCommonStart(group: readonly string[]): number {
  const start = [...(group[0] ?? '')];
  let n = start.length;
  for (const text of group) {
    const chars = [...text];
    let i = 0;
    while (i < n && chars[i] === start[i]) i++;
    n = i;
  }
  return n;
}

function countSpace(places: readonly string[]): number {
  return places.reduce((product, alphabet) => product * alphabet.length, 1);
}

/** RFC 9562 version 4: random but for the version digit and the variant. */
function makeUuidPlaces(example: string): string[] {
  const hex = example === example.toUpperCase() ? '0123456789ABCDEF' : '0123456789abcdef';
  const inner = '########-####-4###-v###-############'.replace('v', '\u0001');
  const places = [...inner].map((char) => {
    if (char === '#') return hex;
    return char === '\u0001' ? `89${hex.slice(10, 12)}` : char;
  });
  return example.startsWith('{') ? ['{', ...places, '}'] : places;
}
