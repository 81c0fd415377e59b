import type { Family } from '../measure/measure';
import type { Fact, Section, SectionId } from './dossier';
import { SECTION_IDS } from './dossier';
import type { DossierBasis } from './dossier-input';
import { knownFact, showCount, showSettings, showShare, statedFacts } from './facts';
import { describeIdentifiers } from './identifier-facts';
import { describePolicyChanges } from './policy-change-facts';
import { FORBIDDEN_USES, KNOWN_LIMITS, NO_FORMAL_GUARANTEE } from './known-limits';
import { titleMeasure } from './measure-titles';

/** What the sixteen items are called. */
export const SECTION_TITLES: Readonly<Record<SectionId, string>> = {
  purpose: 'Purpose, recipient and legal basis',
  source: 'Source',
  columns: 'Columns and what became of them',
  split: 'Holdout',
  model: 'Model, settings and runs',
  'formal-privacy': 'Differential privacy',
  fidelity: 'Fidelity',
  utility: 'Utility',
  attacks: 'Attacks on privacy',
  'small-cells': 'Small cells and outliers',
  limits: 'Known limits and forbidden uses',
  'residual-risk': 'Residual risk',
  licence: 'Licence and terms',
  'model-file': 'The trained model',
  provenance: 'Provenance',
  reproducibility: 'Repeating it',
};

/** The sixteen items of a release, each with what the program knows first and what a person said after it. */
export function describeSections(basis: DossierBasis): readonly Section[] {
  return SECTION_IDS.map((id, i) => ({
    item: i + 1,
    id,
    title: SECTION_TITLES[id],
    facts: [...(FACTS[id]?.(basis) ?? []), ...statedFacts(i + 1, basis.statements)],
  }));
}

const FACTS: Readonly<Partial<Record<SectionId, (basis: DossierBasis) => readonly Fact[]>>> = {
  purpose: ({ policy, changes }) => [
    knownFact('policy', 'Criteria chosen for', `${policy.name} (${policy.purpose})`),
    describePolicyChanges(changes),
  ],
  source: ({ run, commitment }) => [
    knownFact('nRows', 'Rows of the source', showCount(run.source.nRows)),
    knownFact('nColumns', 'Columns of the source', showCount(run.source.nColumns)),
    knownFact(
      'commitment',
      'Keyed fingerprint of the source file, by which its author can prove later which file it was (HMAC-SHA-256)',
      commitment?.value ?? null,
    ),
  ],
  columns: ({ columns, identifiers }) => [
    knownFact('treatments', 'Treatment', countTreatments(columns)),
    ...describeIdentifiers(identifiers),
  ],
  split: describeSplit,
  model: describeModel,
  'formal-privacy': ({ ledger }) => [
    knownFact('guarantee', 'Guarantee', ledger === null ? NO_FORMAL_GUARANTEE : LEDGER),
  ],
  fidelity: (basis) => describeFamily(basis, 'fidelity'),
  utility: (basis) => describeFamily(basis, 'utility'),
  attacks: (basis) => describeFamily(basis, 'privacy'),
  'small-cells': describeHandling,
  limits: () => [
    knownFact('knownLimits', 'Known limits', KNOWN_LIMITS),
    knownFact('forbidden', 'Forbidden uses', FORBIDDEN_USES),
  ],
  'residual-risk': ({ findings, history }) => [
    knownFact('criteriaMet', 'Criteria met', countMet(findings)),
    knownFact('overrides', 'Overrides', history.overrides.map(describeOverride)),
  ],
  'model-file': () => [knownFact('inPackage', 'In this package', 'The package holds no model.')],
  provenance: ({ run, outputs }) => [
    knownFact(
      'made',
      'Made by',
      `Understudy ${run.program.version}, build ${run.program.buildHash}, TensorFlow.js ${run.program.tfjs}, run ${run.run.id}`,
    ),
    knownFact(
      'outputs',
      'Synthetic files and their SHA-256',
      outputs.map(({ name, nBytes, sha256 }) => `${name}, ${showCount(nBytes)} bytes: ${sha256}`),
    ),
  ],
  reproducibility: describeSeeds,
};

const LEDGER =
  'Differential privacy was applied; the ledger in dossier.json holds every step that touched the data, and what it does not cover.';

function countTreatments(columns: DossierBasis['columns']): readonly string[] {
  const counts = new Map<string, number>();
  for (const { treatment } of columns) counts.set(treatment, (counts.get(treatment) ?? 0) + 1);
  return [...counts].map(([treatment, n]) => `${n === 1 ? '1 column' : `${n} columns`}: ${treatment}`);
}

function describeSplit({ run: { split } }: DossierBasis): readonly Fact[] {
  const { fraction, nTrain, nHoldout, groupBy, stratifyBy, holdoutFile } = split;
  const by = groupBy === null ? 'rows' : `all rows of one ${groupBy} together`;
  const cut =
    holdoutFile === null
      ? `${showShare(fraction)}, cut off by chance before anything was fitted (${by})`
      : 'a file of its own';
  return [
    knownFact('holdout', 'Holdout', nHoldout === 0 ? 'none' : cut),
    knownFact('counts', 'Rows', `${showCount(nTrain)} of train, ${showCount(nHoldout)} of holdout`),
    knownFact('stratified', 'Shares kept equal by', stratifyBy ?? 'nothing'),
    knownFact('neverTrained', 'Use of the holdout', 'No model was given a row of it, in training or after.'),
  ];
}

function describeModel({ run, nRuns }: DossierBasis): readonly Fact[] {
  const { model, training, tournament, backend, memorisationControls } = run;
  const runs =
    tournament === null
      ? `${nRuns} on record in the log`
      : `${nRuns} on record in the log; ${tournament.entries.length} took part in a tournament, all of them listed in dossier.json`;
  return [
    knownFact('model', 'Model', model.id),
    knownFact('settings', 'Settings in force', showSettings(model.settings)),
    knownFact('changed', 'Settings changed by a person', showSettings(model.changed)),
    knownFact('stop', 'Why training ended', training.stopReason),
    knownFact(
      'length',
      'Length of training',
      training.steps === null ? null : `${training.epochs ?? 0} epochs, ${training.steps} steps`,
    ),
    knownFact('backend', 'Computed by', backend.used),
    knownFact('controls', 'Controls against learning records by heart', memorisationControls),
    knownFact('runs', 'Runs tried, discarded ones included', runs),
  ];
}

function describeFamily({ evaluation }: DossierBasis, family: Family): readonly Fact[] {
  if (evaluation === null) return [knownFact('measures', 'Measures', null)];
  const measures = evaluation.measures.filter((measure) => measure.family === family);
  return [
    knownFact(
      'measures',
      'Measures',
      measures.map(({ id, sentence }) => `${titleMeasure(id)}: ${sentence}`),
    ),
    knownFact('complete', 'Complete', evaluation.isComplete ? 'yes' : 'no: the evaluation was ended early'),
    knownFact(
      'skipped',
      'Not computed, of any family',
      evaluation.skipped.map(({ id, reason }) => `${titleMeasure(id)}: ${reason}`),
    ),
  ];
}

function describeHandling({ run: { handling }, sourceRisk }: DossierBasis): readonly Fact[] {
  const { k, poolRareLevels, capExtremes } = handling.choices;
  const yes = (done: boolean) => (done ? 'yes' : 'no');
  return [
    knownFact('k', 'Smallest number that a level or an extreme stands for', String(k)),
    knownFact('pooled', 'Rare levels pooled', yes(poolRareLevels)),
    knownFact('capped', 'Extremes capped', yes(capExtremes)),
    knownFact(
      'log',
      'What was done',
      handling.log.map(({ column, note }) => `${column}: ${note}`),
    ),
    ...sourceRisk,
  ];
}

function describeSeeds({ run, evaluation, ledger }: DossierBasis): readonly Fact[] {
  const show = (seed: number | null | undefined) =>
    seed === null || seed === undefined ? (ledger === null ? null : 'withheld') : String(seed);
  return [
    knownFact('splitSeed', 'Seed of the split', show(run.split.seed)),
    knownFact('trainingSeed', 'Seed of training', show(run.model.seed)),
    knownFact('drawingSeed', 'Seed of drawing', show(run.output?.seed)),
    knownFact('evaluationSeed', 'Seed of the evaluation', show(evaluation?.options.seed)),
    knownFact(
      'repeat',
      'How',
      'With the source, the settings and these seeds, the same build on the same backend draws the same rows.',
    ),
  ];
}

function countMet(findings: DossierBasis['findings']): string {
  return `${findings.filter(({ outcome }) => outcome === 'pass').length} of ${findings.length}`;
}

function describeOverride({ at, reason }: DossierBasis['history']['overrides'][number]): string {
  return `${at}: ${reason ?? 'without a written reason'}`;
}
