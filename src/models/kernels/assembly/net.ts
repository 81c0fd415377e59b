// AssemblyScript, compiled by src/build/kernel-plugin.ts. It does what plain-kernel.ts does, four numbers at a time; names,
// places and units are those of net-kernel.ts. Everything lies in one memory that the caller lays out; nothing is allocated.

import { addScaled, exponentiate, largest, multiplyAdd, pick, scaleRow, sumFour } from './vectors';

/** The caller's natural logarithm: AssemblyScript's would keep a table in the memory, where the caller lays its own things. */
@external("env", "log")
declare function log(x: f64): f64;

const TILE: i32 = 64;
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.99;
const EPSILON: f32 = 1e-8;

let hidden: i32 = 0;
let nKnown: u32 = 0;
let classes: i32 = 0;
let nParents: i32 = 0;
let parents: usize = 0;
let target: usize = 0;
let params: usize = 0;
let weights: usize = 0;
let hiddenBias: usize = 0;
let classBias: usize = 0;
let nParams: i32 = 0;
let nDecayed: i32 = 0;
let grads: usize = 0;
let first: usize = 0;
let second: usize = 0;
let units: usize = 0;
let unitGrads: usize = 0;
let logits: usize = 0;

/** Says which net the next calls are about. */
export function choose(
  nHidden: i32,
  ofKnown: u32,
  nClasses: i32,
  ofParents: i32,
  parentList: usize,
  targetColumn: usize,
  ofParams: i32,
  ofDecayed: i32,
  nInputRows: i32,
  paramsAt: usize,
  gradsAt: usize,
  firstAt: usize,
  secondAt: usize,
  scratch: usize,
): void {
  hidden = nHidden;
  nKnown = ofKnown;
  classes = nClasses;
  nParents = ofParents;
  parents = parentList;
  target = targetColumn;
  nParams = ofParams;
  nDecayed = ofDecayed;
  params = paramsAt;
  weights = params + (<usize>(nInputRows * hidden) << 2);
  hiddenBias = weights + (<usize>(hidden * classes) << 2);
  classBias = hiddenBias + (<usize>hidden << 2);
  grads = gradsAt;
  first = firstAt;
  second = secondAt;
  units = scratch;
  unitGrads = units + (<usize>(TILE * hidden) << 2);
  logits = unitGrads + (<usize>(TILE * hidden) << 2);
}

export function step(rows: usize, nRows: i32, rate: f32, unbias: f32, decay: f32): f64 {
  let loss: f64 = 0;
  const share: f32 = <f32>1 / <f32>nRows;
  for (let from = 0; from < nRows; from += TILE) {
    const n = min(TILE, nRows - from);
    loss += addGradients(rows + (<usize>from << 2), n, share);
  }
  applyAdam(rate, unbias, decay);
  return loss;
}

export function draw(nRows: i32, uniforms: usize): void {
  for (let from = 0; from < nRows; from += TILE) {
    const n = min(TILE, nRows - from);
    runForward(0, from, n);
    for (let i = 0; i < n; i++) {
      const logit = logits + (<usize>(i * classes) << 2);
      const sum = exponentiate(logit, classes, largest(logit, classes));
      const picked = pick(logit, classes, load<f32>(uniforms + (<usize>(from + i) << 2)) * sum);
      store<u16>(target + (<usize>(from + i) << 1), <u16>picked);
    }
  }
}

export function score(nRows: i32, out: usize): void {
  for (let from = 0; from < nRows; from += TILE) {
    const n = min(TILE, nRows - from);
    runForward(0, from, n);
    for (let i = 0; i < n; i++) {
      const logit = logits + (<usize>(i * classes) << 2);
      const own = <u32>load<u16>(target + (<usize>(from + i) << 1));
      let value: f32 = 0;
      if (own < nKnown) {
        const score = load<f32>(logit + (<usize>own << 2));
        const most = largest(logit, classes);
        value = <f32>(<f64>(score - most) - log(exponentiate(logit, classes, most)));
      }
      store<f32>(out + (<usize>(from + i) << 2), value);
    }
  }
}

/** Row of the table for place i of a tile: from a list, or where there is none the one after `from`. */
@inline
function rowAt(rows: usize, from: i32, i: i32): i32 {
  return rows == 0 ? from + i : load<i32>(rows + (<usize>i << 2));
}

/** Where the entry lies by which a parent of a row goes in. */
@inline
function entryAt(parent: usize, row: i32): usize {
  const column = <usize>load<u32>(parent);
  return <usize>load<u32>(parent, 4) + (<usize>load<u16>(column + (<usize>row << 1)) << 4);
}

/** Hidden units and logits of a tile; rows up to the next whole four are filled with zeros, for they are multiplied too. */
function runForward(rows: usize, from: i32, n: i32): void {
  const unitBytes = <usize>hidden << 2;
  const padded = (n + 3) & ~3;
  for (let i = 0; i < n; i++) sumInputs(units + <usize>i * unitBytes, rowAt(rows, from, i));
  memory.fill(units + <usize>n * unitBytes, 0, <usize>(padded - n) * unitBytes);
  const logitBytes = <usize>classes << 2;
  for (let i = 0; i < padded; i++) memory.copy(logits + <usize>i * logitBytes, classBias, logitBytes);
  multiplyAdd(logits, logitBytes, units, unitBytes, 4, padded, weights, logitBytes, hidden, classes);
}

/** The hidden units of a row, in blocks that stay in registers while the parents are added; the last two blocks may overlap. */
function sumInputs(unit: usize, row: i32): void {
  const bytes = <usize>hidden << 2;
  if (bytes < 64) {
    for (let k: usize = 0; k < bytes; k += 16) sumFourUnits(unit + k, row, k);
    return;
  }
  for (let k: usize = 0; k < bytes - 64; k += 64) sumSixteenUnits(unit + k, row, k);
  sumSixteenUnits(unit + bytes - 64, row, bytes - 64);
}

function sumSixteenUnits(unit: usize, row: i32, k: usize): void {
  let s0 = v128.load(hiddenBias + k);
  let s1 = v128.load(hiddenBias + k, 16);
  let s2 = v128.load(hiddenBias + k, 32);
  let s3 = v128.load(hiddenBias + k, 48);
  const end = parents + (<usize>nParents << 3);
  for (let parent = parents; parent < end; parent += 8) {
    const entry = entryAt(parent, row);
    const low = params + (<usize>load<u32>(entry) << 2) + k;
    const lowWeight = v128.load32_splat(entry, 8);
    let x0 = f32x4.mul(lowWeight, v128.load(low));
    let x1 = f32x4.mul(lowWeight, v128.load(low, 16));
    let x2 = f32x4.mul(lowWeight, v128.load(low, 32));
    let x3 = f32x4.mul(lowWeight, v128.load(low, 48));
    if (load<f32>(entry, 12) != 0) {
      const high = params + (<usize>load<u32>(entry, 4) << 2) + k;
      const highWeight = v128.load32_splat(entry, 12);
      x0 = f32x4.add(x0, f32x4.mul(highWeight, v128.load(high)));
      x1 = f32x4.add(x1, f32x4.mul(highWeight, v128.load(high, 16)));
      x2 = f32x4.add(x2, f32x4.mul(highWeight, v128.load(high, 32)));
      x3 = f32x4.add(x3, f32x4.mul(highWeight, v128.load(high, 48)));
    }
    s0 = f32x4.add(s0, x0);
    s1 = f32x4.add(s1, x1);
    s2 = f32x4.add(s2, x2);
    s3 = f32x4.add(s3, x3);
  }
  const zero = f32x4.splat(0);
  v128.store(unit, f32x4.pmax(s0, zero));
  v128.store(unit, f32x4.pmax(s1, zero), 16);
  v128.store(unit, f32x4.pmax(s2, zero), 32);
  v128.store(unit, f32x4.pmax(s3, zero), 48);
}

function sumFourUnits(unit: usize, row: i32, k: usize): void {
  let sum = v128.load(hiddenBias + k);
  const end = parents + (<usize>nParents << 3);
  for (let parent = parents; parent < end; parent += 8) {
    const entry = entryAt(parent, row);
    const low = params + (<usize>load<u32>(entry) << 2) + k;
    let x = f32x4.mul(v128.load32_splat(entry, 8), v128.load(low));
    if (load<f32>(entry, 12) != 0) {
      const high = params + (<usize>load<u32>(entry, 4) << 2) + k;
      x = f32x4.add(x, f32x4.mul(v128.load32_splat(entry, 12), v128.load(high)));
    }
    sum = f32x4.add(sum, x);
  }
  v128.store(unit, f32x4.pmax(sum, f32x4.splat(0)));
}

function addGradients(rows: usize, n: i32, share: f32): f64 {
  runForward(rows, 0, n);
  const logitBytes = <usize>classes << 2;
  let loss: f64 = 0;
  for (let i = 0; i < n; i++) {
    const logit = logits + <usize>i * logitBytes;
    const own = <u32>load<u16>(target + (<usize>rowAt(rows, 0, i) << 1));
    if (own >= nKnown) {
      memory.fill(logit, 0, logitBytes);
      continue;
    }
    const most = largest(logit, classes);
    const score = load<f32>(logit + (<usize>own << 2));
    const sum = exponentiate(logit, classes, most);
    loss += log(sum) + <f64>(most - score);
    scaleRow(logit, classes, share / sum);
    const at = logit + (<usize>own << 2);
    store<f32>(at, load<f32>(at) - share);
  }
  const padded = (n + 3) & ~3;
  memory.fill(logits + <usize>n * logitBytes, 0, <usize>(padded - n) * logitBytes);
  runBackward(rows, n, padded);
  return loss;
}

function runBackward(rows: usize, n: i32, padded: i32): void {
  const unitBytes = <usize>hidden << 2;
  const logitBytes = <usize>classes << 2;
  const weightGrads = grads + (weights - params);
  multiplyAdd(weightGrads, logitBytes, units, 4, unitBytes, hidden, logits, logitBytes, n, classes);
  sumRows(grads + (classBias - params), logits, logitBytes, n);
  for (let i = 0; i < padded; i += 2) dotRows(i, unitBytes, logitBytes);
  sumRows(grads + (hiddenBias - params), unitGrads, unitBytes, n);
  for (let i = 0; i < n; i++) scatter(unitGrads + <usize>i * unitBytes, rowAt(rows, 0, i));
}

/** Adds n rows to the one at `out`. */
function sumRows(out: usize, rows: usize, rowBytes: usize, n: i32): void {
  for (let j: usize = 0; j < rowBytes; j += 16) {
    let sum = v128.load(out + j);
    for (let i = 0; i < n; i++) sum = f32x4.add(sum, v128.load(rows + <usize>i * rowBytes + j));
    v128.store(out + j, sum);
  }
}

/** Gradients of the hidden units of rows i and i + 1: logit gradients times each unit's weights, 0 where the unit is off. */
function dotRows(i: i32, unitBytes: usize, logitBytes: usize): void {
  const zero = f32x4.splat(0);
  const z0 = logits + <usize>i * logitBytes;
  const z1 = z0 + logitBytes;
  for (let k: usize = 0; k < unitBytes; k += 16) {
    const w0 = weights + (k >> 2) * logitBytes;
    const w1 = w0 + logitBytes;
    const w2 = w1 + logitBytes;
    const w3 = w2 + logitBytes;
    let s00 = zero;
    let s01 = zero;
    let s02 = zero;
    let s03 = zero;
    let s10 = zero;
    let s11 = zero;
    let s12 = zero;
    let s13 = zero;
    for (let c: usize = 0; c < logitBytes; c += 16) {
      const x0 = v128.load(z0 + c);
      const x1 = v128.load(z1 + c);
      const y0 = v128.load(w0 + c);
      s00 = f32x4.add(s00, f32x4.mul(x0, y0));
      s10 = f32x4.add(s10, f32x4.mul(x1, y0));
      const y1 = v128.load(w1 + c);
      s01 = f32x4.add(s01, f32x4.mul(x0, y1));
      s11 = f32x4.add(s11, f32x4.mul(x1, y1));
      const y2 = v128.load(w2 + c);
      s02 = f32x4.add(s02, f32x4.mul(x0, y2));
      s12 = f32x4.add(s12, f32x4.mul(x1, y2));
      const y3 = v128.load(w3 + c);
      s03 = f32x4.add(s03, f32x4.mul(x0, y3));
      s13 = f32x4.add(s13, f32x4.mul(x1, y3));
    }
    const at = <usize>i * unitBytes + k;
    const isOn0 = f32x4.gt(v128.load(units + at), zero);
    const isOn1 = f32x4.gt(v128.load(units + at + unitBytes), zero);
    v128.store(unitGrads + at, v128.and(sumFour(s00, s01, s02, s03), isOn0));
    v128.store(unitGrads + at + unitBytes, v128.and(sumFour(s10, s11, s12, s13), isOn1));
  }
}

/** Adds a row's unit gradients to those of the rows of T that it came in by. */
function scatter(unitGrad: usize, row: i32): void {
  const bytes = <usize>hidden << 2;
  for (let p = 0; p < nParents; p++) {
    const entry = entryAt(parents + (<usize>p << 3), row);
    addScaled(grads + (<usize>load<u32>(entry) << 2), unitGrad, bytes, load<f32>(entry, 8));
    const share = load<f32>(entry, 12);
    if (share != 0) addScaled(grads + (<usize>load<u32>(entry, 4) << 2), unitGrad, bytes, share);
  }
}

function applyAdam(rate: f32, unbias: f32, decay: f32): void {
  const decayed = <usize>nDecayed << 2;
  updateRange(0, decayed, rate, unbias, decay);
  updateRange(decayed, <usize>nParams << 2, rate, unbias, 0);
}

/** Adam on the parameters from one byte to another; leaves their gradients at 0. */
function updateRange(from: usize, to: usize, rate: f32, unbias: f32, decay: f32): void {
  const zero = f32x4.splat(0);
  const rates = f32x4.splat(rate);
  const unbiases = f32x4.splat(unbias);
  const decays = f32x4.splat(decay);
  for (let at = from; at < to; at += 16) {
    const param = v128.load(params + at);
    const grad = f32x4.add(v128.load(grads + at), f32x4.mul(decays, param));
    const m = f32x4.add(
      f32x4.mul(f32x4.splat(BETA1), v128.load(first + at)),
      f32x4.mul(f32x4.splat(1 - BETA1), grad),
    );
    const v = f32x4.add(
      f32x4.mul(f32x4.splat(BETA2), v128.load(second + at)),
      f32x4.mul(f32x4.splat(1 - BETA2), f32x4.mul(grad, grad)),
    );
    v128.store(grads + at, zero);
    v128.store(first + at, m);
    v128.store(second + at, v);
    const scale = f32x4.add(f32x4.sqrt(f32x4.mul(v, unbiases)), f32x4.splat(EPSILON));
    v128.store(params + at, f32x4.sub(param, f32x4.div(f32x4.mul(rates, m), scale)));
  }
}
