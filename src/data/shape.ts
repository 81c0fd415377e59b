/** Checks of values from outside (a database, a file) against the types they should have. */

/** Problems of a value, as `path is not …`; none when it fits. They name places and kinds, never contents. */
export type Shape = (value: unknown, path: string) => readonly string[];

/** No check: contents of another folder's making, read by that folder. */
export const anything: Shape = () => [];

export const text: Shape = (value, path) => (typeof value === 'string' ? [] : [`${path} is not text`]);

/** Any number, NaN included: a loss may be one. */
export const number: Shape = (value, path) => (typeof value === 'number' ? [] : [`${path} is not a number`]);

export const flag: Shape = (value, path) =>
  typeof value === 'boolean' ? [] : [`${path} is not true or false`];

/** A whole number ≥ 0. */
export const count: Shape = (value, path) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? [] : [`${path} is not a count`];

/** One of the given words; a missing or surplus word does not compile. */
export function oneOf<T extends string>(words: Readonly<Record<T, true>>): Shape {
  return (value, path) =>
    typeof value === 'string' && Object.hasOwn(words, value) ? [] : [`${path} is not a known word`];
}

export function nullable(shape: Shape): Shape {
  return (value, path) => (value === null ? [] : shape(value, path));
}

export function optional(shape: Shape): Shape {
  return (value, path) => (value === undefined ? [] : shape(value, path));
}

/** What fits one of two shapes; the problems are those of the second. */
export function either(one: Shape, other: Shape): Shape {
  return (value, path) => (one(value, path).length === 0 ? [] : other(value, path));
}

export function listOf(shape: Shape): Shape {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => shape(item, `${path}[${index}]`))
      : [`${path} is not a list`];
}

/** An object with at least these fields; a field of `T` that is not named does not compile. */
export function fields<T>(shapes: { readonly [Key in keyof Required<T>]: Shape }): Shape {
  const entries = Object.entries<Shape>(shapes);
  return (value, path) => {
    if (!isObject(value)) return [`${path} is not an object`];
    return entries.flatMap(([key, shape]) => shape(value[key], `${path}.${key}`));
  };
}

/** An object with these fields and no others: where a field that nobody reads would pass for one that was checked. */
export function onlyFields<T>(shapes: { readonly [Key in keyof Required<T>]: Shape }): Shape {
  const known = fields<T>(shapes);
  return (value, path) => {
    const surplus = isObject(value) ? Object.keys(value).filter((key) => !Object.hasOwn(shapes, key)) : [];
    return [...known(value, path), ...surplus.map((key) => `${path}.${key} does not belong here`)];
  };
}

/** An object of any keys whose values all have that shape. */
export function valuesOf(shape: Shape): Shape {
  return (value, path) =>
    isObject(value)
      ? Object.values(value).flatMap((item) => shape(item, `${path}.*`))
      : [`${path} is not an object`];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
