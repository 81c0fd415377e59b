import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVALUATION_SPECS } from '../../../src/measure/evaluation-specs';
import { QUALITY_SPECS } from '../../../src/measure/fidelity/quality-specs';
import { JUDGE_IDS } from '../../../src/measure/judge-ids';
import { DIRECT_IDENTIFIERS } from '../../../src/release/direct-identifier-finding';
import { LOSS_LABELS } from '../../../src/ui/charts/curves';
import { parseDefinitions } from '../../../src/ui/parts/definition-text';
import { figuresOf } from '../../../src/ui/steps/train/describe';

/** Every figure on the screen leads to its entry in docs/measures.md, as that document says of itself. */
const root = join(import.meta.dirname, '../../..');
const entries = parseDefinitions(readFileSync(join(root, 'docs/measures.md'), 'utf8'));

function listComponents(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return listComponents(path);
    return name.endsWith('.svelte') ? [path] : [];
  });
}

const components = listComponents(join(root, 'src/ui')).map((path) => ({
  path: path.slice(root.length + 1),
  text: readFileSync(path, 'utf8'),
}));

/** All matches of a pattern in the components, with the file they stand in. */
function findAll(pattern: RegExp): { readonly path: string; readonly match: RegExpMatchArray }[] {
  return components.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => ({ path, match })),
  );
}

const linked = findAll(/<Definition\s+id="([a-z-]+)"/g).map(({ match }) => match[1] ?? '');
const figures = figuresOf({
  kind: 'progress',
  epoch: 1,
  nEpochs: 2,
  step: 1,
  nSteps: 2,
  losses: {},
  rowsPerSecond: 1,
  etaMs: 1,
  nTensors: 1,
  memoryBytes: 1,
});
const lossIds = Object.keys(LOSS_LABELS).map((name) => `loss-${name}`);
const needed = [
  ...linked,
  ...QUALITY_SPECS.map((spec) => spec.id),
  ...JUDGE_IDS,
  DIRECT_IDENTIFIERS,
  ...EVALUATION_SPECS.flatMap(({ ids }) => ids),
  ...figures.map((figure) => figure.id),
  ...lossIds,
];

/** Counts and sizes that say themselves what they are. */
const SELF_EXPLAINING = ['Size', 'Rows', 'Row'];

describe('definitions', () => {
  it('are there for every link, measure, figure of training and loss', () => {
    expect(linked.length).toBeGreaterThan(15);
    expect(needed.filter((id) => !entries.has(id))).toEqual([]);
  });

  it('are each led to from somewhere', () => {
    expect([...entries.keys()].filter((id) => !needed.includes(id))).toEqual([]);
  });

  it('name every loss that a network reports', () => {
    const reported = ['tvae-learner', 'ctgan-learner'].flatMap((name) => {
      const text = readFileSync(join(root, `src/models/neural/${name}.ts`), 'utf8');
      return [...(/LOSS_NAMES = \[([^\]]+)\]/.exec(text)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
        (each) => each[1],
      );
    });
    expect(new Set(reported).size).toBe(Object.keys(LOSS_LABELS).length);
    expect(reported.filter((name) => name === undefined || !(name in LOSS_LABELS))).toEqual([]);
  });

  it('say what it is, its unit or formula, its source and how to read it', () => {
    for (const [id, { paragraphs }] of entries) {
      const leads = paragraphs.map(({ runs }) => runs[0]?.text);
      expect([id, ...leads]).toEqual([
        id,
        ...['What it is.', 'Formula.', 'Source.', 'How to read it.', 'What it does not show.'],
      ]);
    }
  });

  it('stand beside every number of a list of figures', () => {
    const bare = findAll(/<dt>([^]*?)<\/dt>\s*<dd>([^]*?)<\/dd>/g).filter(
      ({ match: [, term = '', figure = ''] }) => {
        const isNumber = /\{[^}]*\b(format[A-Z]\w*|value)\(|figure\.text/.test(figure);
        return (
          isNumber && !`${term}${figure}`.includes('<Definition') && !SELF_EXPLAINING.includes(term.trim())
        );
      },
    );
    expect(bare.map(({ path, match }) => `${path}: ${match[1] ?? ''}`)).toEqual([]);
  });

  it('stand over every column of numbers', () => {
    const bare = findAll(/<th scope="col" class="number">([^]*?)<\/th>/g).filter(
      ({ match: [, head = ''] }) => !head.includes('<Definition') && !SELF_EXPLAINING.includes(head),
    );
    expect(bare.map(({ path, match }) => `${path}: ${match[1] ?? ''}`)).toEqual([]);
  });
});
