import { expect, it } from 'vitest';
import known from '../../measure/golden/evaluation-known.json';
import { evaluateKnown } from '../../measure/known-evaluation';

it('an evaluation in the browser gives every figure of Node, to the last digit that is kept', async () => {
  expect(await evaluateKnown()).toEqual(known.figures);
});
