import type { Fact } from './dossier';
import type { DossierBasis } from './dossier-input';
import { knownFact, showCount, statedFact } from './facts';
import { FORBIDDEN_USES, KNOWN_LIMITS } from './known-limits';
import { titleMeasure } from './measure-titles';

/** The parts of a model card (Mitchell et al. 2019) about the generator. */
export function writeModelCard(basis: DossierBasis): readonly Fact[] {
  const { run, evaluation, statements, findings } = basis;
  const nOf = (family: string) =>
    evaluation === null ? null : evaluation.measures.filter((measure) => measure.family === family).length;
  return [
    knownFact(
      'details',
      'Model details',
      `${run.model.id}, as in Understudy ${run.program.version}; trained ${run.run.startedAt.slice(0, 10)}`,
    ),
    statedFact('purpose', statements, 'Intended use'),
    knownFact('outOfScope', 'Uses out of scope', FORBIDDEN_USES),
    knownFact('factors', 'Factors', listGroups(basis)),
    knownFact(
      'metrics',
      'Metrics',
      evaluation === null
        ? null
        : `${nOf('fidelity')} of fidelity, ${nOf('utility')} of utility, ${nOf('privacy')} of attacks and copying; items 7 to 9`,
    ),
    knownFact(
      'evaluationData',
      'Evaluation data',
      run.split.nHoldout === 0
        ? 'none held out'
        : `${showCount(run.split.nHoldout)} rows held out of the source`,
    ),
    knownFact('trainingData', 'Training data', `${showCount(run.split.nTrain)} rows of the source; item 2`),
    knownFact(
      'analyses',
      'Quantitative analyses',
      findings.map(({ measure, sentence }) => `${titleMeasure(measure)}: ${sentence}`),
    ),
    statedFact('riskDecision', statements, 'Ethical considerations'),
    knownFact('caveats', 'Caveats', KNOWN_LIMITS),
  ];
}

/** The parts of a datasheet (Gebru et al. 2021) about the synthetic records. */
export function writeDatasheet(basis: DossierBasis): readonly Fact[] {
  const { run, columns, statements } = basis;
  const nWritten = columns.filter(({ treatment }) => !treatment.startsWith('left out')).length;
  return [
    statedFact('purpose', statements, 'Motivation: for what were the records made?'),
    statedFact('owner', statements, 'Motivation: who answers for the source?'),
    knownFact(
      'composition',
      'Composition: what are the instances?',
      `${run.output === null ? 'Rows' : `${showCount(run.output.nRows)} rows`} of ${nWritten} columns, drawn by a model; none stands for a person of the source`,
    ),
    knownFact('splits', 'Composition: recommended splits', 'none'),
    statedFact('collection', statements, 'Collection: how was the source collected?'),
    statedFact('consent', statements, 'Collection: consent and ethics'),
    knownFact(
      'preprocessing',
      'Preprocessing',
      run.handling.log.map(({ column, note }) => `${column}: ${note}`),
    ),
    knownFact('uses', 'Uses: for what should they not be used?', FORBIDDEN_USES),
    statedFact('releaseModel', statements, 'Distribution: how?'),
    statedFact('licence', statements, 'Distribution: under which terms?'),
    statedFact('contact', statements, 'Maintenance: whom may one ask?'),
    statedFact('maintenance', statements, 'Maintenance: will there be newer versions?'),
  ];
}

/** Groups of people that at least one measure is told apart by. */
function listGroups({ evaluation }: DossierBasis): readonly string[] | null {
  if (evaluation === null) return null;
  const groups = evaluation.measures.flatMap(({ parts }) => parts.flatMap(({ group }) => group ?? []));
  return [...new Set(groups)].sort();
}
