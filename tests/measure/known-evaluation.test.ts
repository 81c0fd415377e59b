import { expect, it } from 'vitest';
import known from './golden/evaluation-known.json';
import { evaluateKnown } from './known-evaluation';

it('an evaluation in Node gives the figures that the browser is held to', async () => {
  expect(await evaluateKnown()).toEqual(known.figures);
});
