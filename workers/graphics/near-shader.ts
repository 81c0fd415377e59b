/** Queries that a thread compares with its row at once. */
export const TILE = 8;
/** Threads of a workgroup that computes distances, and of one that chooses among them. */
export const [ROW_THREADS, CHOICE_THREADS] = [64, 256];
/** Rows that are told of a query at most. */
export const CAPACITY = 128;
/** Words of `Shape`. */
export const SHAPE_WORDS = 8;

/**
 * `measure` writes the sums of the distances of columns between queries and rows, a query after the other. `choose` tells
 * for each query the rows in its band and those no farther than the k-th smallest of the smallest sums that its threads
 * have seen, and `reach` more: never fewer than the k nearest. k is 1 to the number of threads.
 */
export const NEAR_SHADER = /* wgsl */ `
struct Shape {
  nRows: u32,
  queryStride: u32,
  nNumbers: u32,
  nLevels: u32,
  first: u32,
  k: u32,
  isSquared: u32,
  reach: f32,
}
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> numbers: array<f32>;
@group(0) @binding(2) var<storage, read> levels: array<i32>;
@group(0) @binding(3) var<storage, read> ownNumbers: array<vec4f>;
@group(0) @binding(4) var<storage, read> ownLevels: array<vec4i>;
@group(0) @binding(5) var<storage, read_write> sums: array<f32>;
@group(0) @binding(6) var<storage, read> bands: array<vec2f>;
@group(0) @binding(7) var<storage, read_write> counts: array<atomic<u32>>;
@group(0) @binding(8) var<storage, read_write> places: array<vec2u>;

fn distance4(a: vec4f, b: f32) -> vec4f {
  let gap = abs(a - vec4f(b));
  return select(min(gap, vec4f(1.0)), gap * gap, shape.isSquared == 1u);
}

@compute @workgroup_size(${ROW_THREADS})
fn measure(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= shape.nRows) { return; }
  let own = (shape.first + id.y * ${TILE}u) / 4u;
  var low = vec4f(0.0);
  var high = vec4f(0.0);
  for (var l = 0u; l < shape.nLevels; l++) {
    let level = vec4i(levels[l * shape.nRows + row]);
    let at = l * shape.queryStride / 4u + own;
    low += select(vec4f(0.0), vec4f(1.0), ownLevels[at] != level);
    high += select(vec4f(0.0), vec4f(1.0), ownLevels[at + 1u] != level);
  }
  for (var n = 0u; n < shape.nNumbers; n++) {
    let value = numbers[n * shape.nRows + row];
    let at = n * shape.queryStride / 4u + own;
    low += distance4(ownNumbers[at], value);
    high += distance4(ownNumbers[at + 1u], value);
  }
  let to = id.y * ${TILE}u * shape.nRows + row;
  for (var q = 0u; q < 4u; q++) {
    sums[to + q * shape.nRows] = low[q];
    sums[to + (q + 4u) * shape.nRows] = high[q];
  }
}

var<workgroup> smallest: array<f32, ${CHOICE_THREADS}>;
var<workgroup> nearest: f32;

@compute @workgroup_size(${CHOICE_THREADS})
fn choose(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let base = group.x * shape.nRows;
  let band = bands[shape.first + group.x];
  var own = 3.0e38;
  for (var row = thread; row < shape.nRows; row += ${CHOICE_THREADS}u) { own = min(own, sums[base + row]); }
  smallest[thread] = own;
  workgroupBarrier();
  var nBelow = 0u;
  for (var i = 0u; i < ${CHOICE_THREADS}u; i++) {
    let other = smallest[i];
    if (other < own || (other == own && i < thread)) { nBelow++; }
  }
  if (nBelow + 1u == shape.k) { nearest = own + shape.reach; }
  workgroupBarrier();
  let most = max(band.y, nearest);
  var nNearer = 0u;
  for (var row = thread; row < shape.nRows; row += ${CHOICE_THREADS}u) {
    let sum = sums[base + row];
    if (sum < band.x) {
      nNearer++;
    } else if (sum <= most) {
      let slot = atomicAdd(&counts[2u * group.x], 1u);
      if (slot < ${CAPACITY}u) { places[group.x * ${CAPACITY}u + slot] = vec2u(row, bitcast<u32>(sum)); }
    }
  }
  if (nNearer > 0u) { atomicAdd(&counts[2u * group.x + 1u], nNearer); }
}
`;
