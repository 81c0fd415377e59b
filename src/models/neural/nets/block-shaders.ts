import { BETA1, BETA2, EPSILON } from '../../kernels/net-kernel';

/** Threads of a workgroup. */
export const THREADS = 64;

/** Sizes of a block as the programs read them. */
export const SIZE_UNIFORMS =
  'nNets : i32, batch : i32, parents : i32, inputRows : i32, hidden : i32, classes : i32, nRows : i32, ';

/** What all programs know of where numbers stand. A net's parameters are T, W, b, c. */
const PLACES = /* wgsl */ `
fn weightsAt() -> i32 { return uniforms.inputRows * uniforms.hidden; }
fn biasAt() -> i32 { return weightsAt() + uniforms.hidden * uniforms.classes; }
fn nParams() -> i32 { return biasAt() + uniforms.hidden + uniforms.classes; }
`;

/** A thread for each number that a row brings into a net: its places, then its class. */
export const GATHER = /* wgsl */ `
fn main(index : i32) {
  let width = uniforms.parents + 1;
  let at = index / width;
  if (at >= uniforms.nNets * uniforms.batch) { return; }
  let slot = index - at * width;
  let net = at / uniforms.batch;
  let row = rows[at];
  if (slot == uniforms.parents) {
    result[index] = targets[net * (uniforms.nRows + 1) + row];
  } else {
    result[index] = places[parents[net * uniforms.parents + slot] * (uniforms.nRows + 1) + row];
  }
}
`;

/** A thread for each hidden unit of each row. */
export const HIDDEN = /* wgsl */ `${PLACES}
fn main(index : i32) {
  let at = index / uniforms.hidden;
  if (at >= uniforms.nNets * uniforms.batch) { return; }
  let unit = index - at * uniforms.hidden;
  let net = at / uniforms.batch;
  let params = net * nParams() + unit;
  var sum = state[params + biasAt()];
  for (var p = 0; p < uniforms.parents; p++) {
    let place = seen[at * (uniforms.parents + 1) + p];
    if (place < 0.0) { continue; }
    let low = floor(place);
    let far = place - low;
    let row = params + (starts[net * uniforms.parents + p] + i32(low)) * uniforms.hidden;
    sum += (1.0 - far) * state[row];
    if (far > 0.0) { sum += far * state[row + uniforms.hidden]; }
  }
  result[index] = max(sum, 0.0);
}
`;

/** A thread for each class of each row. */
export const LOGITS = /* wgsl */ `${PLACES}
fn main(index : i32) {
  let at = index / uniforms.classes;
  if (at >= uniforms.nNets * uniforms.batch) { return; }
  let c = index - at * uniforms.classes;
  let params = (at / uniforms.batch) * nParams();
  var sum = state[params + biasAt() + uniforms.hidden + c];
  for (var k = 0; k < uniforms.hidden; k++) {
    sum += units[at * uniforms.hidden + k] * state[params + weightsAt() + k * uniforms.classes + c];
  }
  result[index] = sum;
}
`;

/** A thread for each row: its softmax less its class, times its share of the mean. */
export const ERRORS = /* wgsl */ `
fn main(index : i32) {
  if (index >= uniforms.nNets * uniforms.batch) { return; }
  let first = index * uniforms.classes;
  var most = logits[first];
  var sum = 1.0;
  for (var i = first + 1; i < first + uniforms.classes; i++) {
    let logit = logits[i];
    if (logit > most) {
      sum = sum * exp(most - logit) + 1.0;
      most = logit;
    } else {
      sum += exp(logit - most);
    }
  }
  let own = i32(seen[index * (uniforms.parents + 1) + uniforms.parents]);
  let share = select(0.0, rates[4 * (index / uniforms.batch) + 3], own >= 0);
  for (var c = 0; c < uniforms.classes; c++) {
    result[first + c] = share * (exp(logits[first + c] - most) / sum - select(0.0, 1.0, c == own));
  }
}
`;

/** A thread for each hidden unit of each row: its gradient. */
export const UNIT_GRADIENT = /* wgsl */ `${PLACES}
fn main(index : i32) {
  let at = index / uniforms.hidden;
  if (at >= uniforms.nNets * uniforms.batch) { return; }
  let unit = index - at * uniforms.hidden;
  var sum = 0.0;
  if (units[index] > 0.0) {
    let weights = (at / uniforms.batch) * nParams() + weightsAt() + unit * uniforms.classes;
    for (var c = 0; c < uniforms.classes; c++) { sum += errors[at * uniforms.classes + c] * state[weights + c]; }
  }
  result[index] = sum;
}
`;

/** A thread for each parameter: its gradient over all rows, and its step of Adam. */
export const UPDATE = /* wgsl */ `${PLACES}
fn slopeOf(net : i32, i : i32) -> f32 {
  let rows = net * uniforms.batch;
  var sum = 0.0;
  if (i < weightsAt()) {
    let row = i / uniforms.hidden;
    let unit = i - row * uniforms.hidden;
    let parent = inputs[2 * (net * uniforms.inputRows + row)];
    let place = f32(inputs[2 * (net * uniforms.inputRows + row) + 1]);
    if (place < 0.0) { return 0.0; }
    for (var r = rows; r < rows + uniforms.batch; r++) {
      let weight = 1.0 - abs(seen[r * (uniforms.parents + 1) + parent] - place);
      if (weight > 0.0) { sum += weight * slopes[r * uniforms.hidden + unit]; }
    }
  } else if (i < biasAt()) {
    let unit = (i - weightsAt()) / uniforms.classes;
    let c = i - weightsAt() - unit * uniforms.classes;
    for (var r = rows; r < rows + uniforms.batch; r++) {
      sum += units[r * uniforms.hidden + unit] * errors[r * uniforms.classes + c];
    }
  } else if (i < biasAt() + uniforms.hidden) {
    for (var r = rows; r < rows + uniforms.batch; r++) { sum += slopes[r * uniforms.hidden + i - biasAt()]; }
  } else {
    let c = i - biasAt() - uniforms.hidden;
    for (var r = rows; r < rows + uniforms.batch; r++) { sum += errors[r * uniforms.classes + c]; }
  }
  return sum;
}
fn main(index : i32) {
  let size = uniforms.nNets * nParams();
  if (index >= size) { return; }
  let net = index / nParams();
  let i = index - net * nParams();
  let weight = state[index];
  let decay = select(0.0, rates[4 * net + 2], i < biasAt());
  let slope = slopeOf(net, i) + decay * weight;
  let first = ${BETA1} * state[size + index] + ${1 - BETA1} * slope;
  let second = ${BETA2} * state[2 * size + index] + ${1 - BETA2} * slope * slope;
  result[size + index] = first;
  result[2 * size + index] = second;
  result[index] = weight - rates[4 * net] * first / (sqrt(second * rates[4 * net + 1]) + ${EPSILON});
}
`;
