/** Places of each code in a list, ascending: those of code `c` are `places[starts[c] … starts[c + 1])`. */
export function rankRowsByCode(
  codes: ArrayLike<number>,
  nCodes: number,
): { readonly starts: Int32Array; readonly places: Int32Array } {
  const starts = new Int32Array(nCodes + 1);
  for (let place = 0; place < codes.length; place++) {
    const next = (codes[place] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let code = 0; code < nCodes; code++) starts[code + 1] = (starts[code + 1] ?? 0) + (starts[code] ?? 0);
  const cursor = starts.slice(0, nCodes);
  const places = new Int32Array(codes.length);
  for (let place = 0; place < codes.length; place++) {
    const code = codes[place] ?? 0;
    const at = cursor[code] ?? 0;
    places[at] = place;
    cursor[code] = at + 1;
  }
  return { starts, places };
}
