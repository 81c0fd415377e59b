import { expect, it } from 'vitest';
import { judgeAll, summarise } from './verdict';
import type { Result } from './run-probes';

const result = (name: string, seenBy: Result['seenBy'], fate: Result['fate'] = 'ran'): Result => ({
  context: 'page',
  name,
  target: name,
  fate,
  seenBy,
});

it('counts as held only what was tried, and was seen without a guard', () => {
  const control = ['a', 'b', 'c', 'd'].map((name) => result(name, name === 'b' ? [] : ['connection']));
  const guarded = [
    result('a', []),
    result('b', []),
    result('c', [], 'not run'),
    result('d', ['name']),
    result('e', []),
  ];
  const verdicts = judgeAll(control, guarded);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['held', 'void', 'void', 'got out', 'void']);
  expect(summarise('x', verdicts)).toBe(
    'x: 1 of 5 probes held, 1 got out, 3 void (page: b; page: c; page: e).',
  );
});

it('counts a tab that the browser ended as held when nothing was seen of it', () => {
  const [verdict] = judgeAll([result('a', ['datagram'])], [result('a', [], 'ended')]);
  expect(verdict?.verdict).toBe('held');
});
