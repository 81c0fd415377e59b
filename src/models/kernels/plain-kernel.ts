import {
  BETA1,
  BETA2,
  ENTRY_BYTES,
  EPSILON,
  TILE,
  type AdamRates,
  type NetKernel,
  type NetPlaces,
} from './net-kernel';

/** The same memory seen as numbers of each kind; offsets become indices by halving or quartering them. */
interface Views {
  readonly f32: Float32Array;
  readonly i32: Int32Array;
  readonly u16: Uint16Array;
}

/** Row of the table for place `i` of a tile. */
type RowAt = (i: number) => number;

/** The kernel in plain TypeScript: what the SIMD kernel is checked against, and what runs where there is no SIMD. */
export function openPlainKernel(): NetKernel {
  let buffer = new ArrayBuffer(0);
  let views = viewBuffer(buffer);
  return {
    name: 'plain',
    buffer: () => buffer,
    grow(nBytes) {
      if (nBytes <= buffer.byteLength) return;
      const larger = new ArrayBuffer((nBytes + 0xffff) & ~0xffff);
      new Uint8Array(larger).set(new Uint8Array(buffer));
      buffer = larger;
      views = viewBuffer(buffer);
    },
    step(net, rows, nRows, rates) {
      let loss = 0;
      eachTile(nRows, (from, n) => {
        const rowAt: RowAt = (i) => views.i32[rows / 4 + from + i] ?? 0;
        loss += addGradients(views, net, rowAt, n, 1 / nRows);
      });
      applyAdam(views, net, rates);
      return loss;
    },
    draw(net, nRows, uniforms) {
      eachTile(nRows, (from, n) => {
        runForward(views, net, (i) => from + i, n);
        pickClasses(views, net, from, n, uniforms / 4 + from);
      });
    },
    score(net, nRows, out) {
      eachTile(nRows, (from, n) => {
        runForward(views, net, (i) => from + i, n);
        writeScores(views, net, from, n, out / 4 + from);
      });
    },
  };
}

function viewBuffer(buffer: ArrayBuffer): Views {
  return { f32: new Float32Array(buffer), i32: new Int32Array(buffer), u16: new Uint16Array(buffer) };
}

function eachTile(nRows: number, visit: (from: number, n: number) => void): void {
  for (let from = 0; from < nRows; from += TILE) visit(from, Math.min(TILE, nRows - from));
}

/** Indices of a net's parts among 32-bit floats. */
function partsOf({ params, hidden, classes, nInputRows, scratch }: NetPlaces) {
  const weights = nInputRows * hidden;
  const hiddenBias = weights + hidden * classes;
  return {
    params: params / 4,
    weights,
    hiddenBias,
    classBias: hiddenBias + hidden,
    units: scratch / 4,
    unitGrads: scratch / 4 + TILE * hidden,
    logits: scratch / 4 + 2 * TILE * hidden,
  };
}

/** Hidden units and logits of a tile's rows. */
function runForward(views: Views, net: NetPlaces, rowAt: RowAt, n: number): void {
  const { f32, i32, u16 } = views;
  const { hidden, classes } = net;
  const at = partsOf(net);
  for (let i = 0; i < n; i++) {
    const unit = at.units + i * hidden;
    for (let k = 0; k < hidden; k++) f32[unit + k] = f32[at.params + at.hiddenBias + k] ?? 0;
    for (let p = 0; p < net.nParents; p++) {
      const entry = entryOf(i32, u16, net, p, rowAt(i));
      const [low, high] = [at.params + (i32[entry] ?? 0), at.params + (i32[entry + 1] ?? 0)];
      const [lowWeight, highWeight] = [f32[entry + 2] ?? 0, f32[entry + 3] ?? 0];
      for (let k = 0; k < hidden; k++)
        f32[unit + k] =
          (f32[unit + k] ?? 0) + lowWeight * (f32[low + k] ?? 0) + highWeight * (f32[high + k] ?? 0);
    }
    const logit = at.logits + i * classes;
    for (let c = 0; c < classes; c++) f32[logit + c] = f32[at.params + at.classBias + c] ?? 0;
    for (let k = 0; k < hidden; k++) {
      const value = Math.max(f32[unit + k] ?? 0, 0);
      f32[unit + k] = value;
      if (value === 0) continue;
      const weight = at.params + at.weights + k * classes;
      for (let c = 0; c < classes; c++)
        f32[logit + c] = (f32[logit + c] ?? 0) + value * (f32[weight + c] ?? 0);
    }
  }
}

/** Index, among 32-bit numbers, of the entry by which parent `p` of a row goes in. */
function entryOf(i32: Int32Array, u16: Uint16Array, net: NetPlaces, p: number, row: number): number {
  const column = i32[net.parents / 4 + 2 * p] ?? 0;
  const table = i32[net.parents / 4 + 2 * p + 1] ?? 0;
  return (table + (u16[column / 2 + row] ?? 0) * ENTRY_BYTES) / 4;
}

/** Turns logits into exponentials in place; answers their sum and the largest logit. */
function exponentiate(f32: Float32Array, logit: number, classes: number): { sum: number; most: number } {
  let most = -Infinity;
  for (let c = 0; c < classes; c++) most = Math.max(most, f32[logit + c] ?? 0);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += f32[logit + c] = Math.exp((f32[logit + c] ?? 0) - most);
  return { sum, most };
}

/** Adds the gradients of a tile's mean cross-entropy to those of the net; answers the sum of cross-entropies. */
function addGradients(views: Views, net: NetPlaces, rowAt: RowAt, n: number, share: number): number {
  runForward(views, net, rowAt, n);
  const { f32, u16 } = views;
  const { classes } = net;
  const at = partsOf(net);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const logit = at.logits + i * classes;
    const target = u16[net.target / 2 + rowAt(i)] ?? 0;
    if (target >= net.nKnown) {
      f32.fill(0, logit, logit + classes);
      continue;
    }
    const own = f32[logit + target] ?? 0;
    const { sum, most } = exponentiate(f32, logit, classes);
    loss += Math.log(sum) + most - own;
    for (let c = 0; c < classes; c++) f32[logit + c] = ((f32[logit + c] ?? 0) * share) / sum;
    f32[logit + target] = (f32[logit + target] ?? 0) - share;
  }
  runBackward(views, net, rowAt, n);
  return loss;
}

function runBackward(views: Views, net: NetPlaces, rowAt: RowAt, n: number): void {
  const { f32 } = views;
  const { hidden, classes } = net;
  const at = partsOf(net);
  const grads = net.grads / 4;
  for (let i = 0; i < n; i++) {
    const [unit, logit] = [at.units + i * hidden, at.logits + i * classes];
    const unitGrad = at.unitGrads + i * hidden;
    for (let c = 0; c < classes; c++) add(f32, grads + at.classBias + c, f32[logit + c] ?? 0);
    for (let k = 0; k < hidden; k++) {
      const value = f32[unit + k] ?? 0;
      f32[unitGrad + k] = 0;
      if (value === 0) continue;
      const weight = at.weights + k * classes;
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        const grad = f32[logit + c] ?? 0;
        sum += grad * (f32[at.params + weight + c] ?? 0);
        add(f32, grads + weight + c, grad * value);
      }
      f32[unitGrad + k] = sum;
      add(f32, grads + at.hiddenBias + k, sum);
    }
    scatterGradients(views, net, rowAt(i), unitGrad);
  }
}

function scatterGradients({ f32, i32, u16 }: Views, net: NetPlaces, row: number, unitGrad: number): void {
  const grads = net.grads / 4;
  for (let p = 0; p < net.nParents; p++) {
    const entry = entryOf(i32, u16, net, p, row);
    const [low, high] = [grads + (i32[entry] ?? 0), grads + (i32[entry + 1] ?? 0)];
    const [lowWeight, highWeight] = [f32[entry + 2] ?? 0, f32[entry + 3] ?? 0];
    for (let k = 0; k < net.hidden; k++) {
      const grad = f32[unitGrad + k] ?? 0;
      add(f32, low + k, lowWeight * grad);
      add(f32, high + k, highWeight * grad);
    }
  }
}

function add(f32: Float32Array, at: number, value: number): void {
  f32[at] = (f32[at] ?? 0) + value;
}

/** Adam over all parameters; leaves the gradients at 0. */
function applyAdam({ f32 }: Views, net: NetPlaces, { rate, unbias, decay }: AdamRates): void {
  const { nParams, nDecayed } = net;
  const [params, grads, first, second] = [net.params / 4, net.grads / 4, net.first / 4, net.second / 4];
  for (let i = 0; i < nParams; i++) {
    const param = f32[params + i] ?? 0;
    const grad = (f32[grads + i] ?? 0) + (i < nDecayed ? decay * param : 0);
    const m = BETA1 * (f32[first + i] ?? 0) + (1 - BETA1) * grad;
    const v = BETA2 * (f32[second + i] ?? 0) + (1 - BETA2) * grad * grad;
    f32[grads + i] = 0;
    f32[first + i] = m;
    f32[second + i] = v;
    f32[params + i] = param - (rate * m) / (Math.sqrt(v * unbias) + EPSILON);
  }
}

function pickClasses({ f32, u16 }: Views, net: NetPlaces, from: number, n: number, uniforms: number): void {
  const { classes } = net;
  const at = partsOf(net);
  for (let i = 0; i < n; i++) {
    const logit = at.logits + i * classes;
    const { sum } = exponentiate(f32, logit, classes);
    let left = (f32[uniforms + i] ?? 0) * sum;
    let picked = 0;
    for (let c = 0; c < classes; c++) {
      const weight = f32[logit + c] ?? 0;
      if (weight <= 0) continue;
      picked = c;
      if (left < weight) break;
      left -= weight;
    }
    u16[net.target / 2 + from + i] = picked;
  }
}

function writeScores({ f32, u16 }: Views, net: NetPlaces, from: number, n: number, out: number): void {
  const { classes } = net;
  const at = partsOf(net);
  for (let i = 0; i < n; i++) {
    const logit = at.logits + i * classes;
    const target = u16[net.target / 2 + from + i] ?? 0;
    const own = f32[logit + target] ?? 0;
    const { sum, most } = exponentiate(f32, logit, classes);
    f32[out + i] = target >= net.nKnown ? 0 : own - most - Math.log(sum);
  }
}
