import { namePolicy } from './policy-name';
import type { DossierBasis } from './dossier-input';
import { showCount, showSettings, showShare } from './facts';

const MODELS: Readonly<Record<string, string>> = {
  independent: 'independent columns',
  copula: 'a Gaussian copula',
  trees: 'sequential trees',
  argn: 'autoregressive nets',
  tvae: 'a tabular variational autoencoder (TVAE)',
  ctgan: 'a conditional tabular GAN (CTGAN)',
};

/** What a paper has to say of how the records came about, in one paragraph. Only what is known is said. */
export function writeMethods(basis: DossierBasis): string {
  return [
    describeMaking(basis),
    describeHoldout(basis),
    describeHandling(basis),
    describeEvaluation(basis),
    describeCriteria(basis),
    basis.ledger === null
      ? 'No differential privacy was applied, and no formal guarantee is given.'
      : 'Differential privacy was applied; its ledger is part of the dossier.',
  ].join(' ');
}

function describeMaking({ run }: DossierBasis): string {
  const { model, program, output, source } = run;
  const changed = showSettings(model.changed) ?? [];
  const settings = changed.length === 0 ? 'default settings' : changed.join(', ');
  const seed = model.seed === null ? '' : `, seed ${model.seed}`;
  return `Synthetic records${output === null ? '' : ` (${showCount(output.nRows)} rows)`} were drawn from ${MODELS[model.id] ?? model.id} (${settings}${seed}), trained in the browser with Understudy ${program.version} (build ${program.buildHash.slice(0, 12)}) on ${showCount(run.split.nTrain)} rows of a source of ${showCount(source.nRows)} rows and ${source.nColumns} columns.`;
}

function describeHoldout({ run: { split } }: DossierBasis): string {
  if (split.nHoldout === 0) return 'No rows were held out.';
  if (split.holdoutFile !== null)
    return `A separate file of ${showCount(split.nHoldout)} rows served as holdout and was never trained on.`;
  const by = split.groupBy === null ? '' : `, with all rows of one ${split.groupBy} on one side,`;
  return `Before anything was fitted, ${showShare(split.fraction)} of the rows (${showCount(split.nHoldout)})${by} were held out and never trained on.`;
}

function describeHandling({ run, identifiers }: DossierBasis): string {
  const { k, poolRareLevels, capExtremes } = run.handling.choices;
  const done = [
    ...(poolRareLevels ? [`levels of fewer than ${k} were pooled`] : []),
    ...(capExtremes ? [`extremes that stand for fewer than ${k} were capped`] : []),
  ];
  const rare = done.length === 0 ? 'rare levels and extremes were left as they are' : done.join(' and ');
  return `Identifiers that were found and taken out, and free text, did not enter training; ${rare}. ${describeLearnt(identifiers)}`;
}

function describeLearnt(identifiers: DossierBasis['identifiers']): string {
  if (identifiers === null || identifiers === undefined)
    return 'Whether columns that may hold identifiers were learnt is not on record.';
  const learnt = identifiers.filter(({ isLearnt }) => isLearnt);
  const n = learnt.filter(({ isSaidToBeNone }) => !isSaidToBeNone).length;
  const nKept = learnt.length - n;
  if (n + nKept === 0)
    return 'No column in which an identifier was found was learnt otherwise than proposed.';
  if (n === 0)
    return `Columns proposed as identifiers that were learnt, ${nKept} in number, hold none by a person’s judgement.`;
  return `${n === 1 ? '1 column that may hold identifiers was' : `${n} columns that may hold identifiers were`} learnt all the same, without the handling proposed.`;
}

function describeEvaluation({ evaluation }: DossierBasis): string {
  if (evaluation === null) return 'The records were not evaluated.';
  const n = (family: string) => evaluation.measures.filter((each) => each.family === family).length;
  const missing =
    evaluation.skipped.length === 0 ? '' : `; ${evaluation.skipped.length} could not be computed`;
  return `They were evaluated by measures of fidelity (${n('fidelity')}), of utility (${n('utility')}) and of attacks and copying (${n('privacy')}), with 95 % intervals${evaluation.nRows.holdout === null ? '' : ' and the holdout as control'}${missing}.`;
}

function describeCriteria({ policy, findings, history }: DossierBasis): string {
  const nMet = findings.filter(({ outcome }) => outcome === 'pass').length;
  const [first] = history.events;
  const nLate = history.events.filter(({ isAfterResults }) => isAfterResults).length;
  const when =
    first === undefined
      ? 'were not fixed beforehand'
      : `were ${first.isAfterResults ? 'fixed after results had been seen' : 'fixed before results were seen'} (${first.at.slice(0, 10)})`;
  const changed =
    nLate > (first?.isAfterResults === true ? 1 : 0) ? ', and changed after results had been seen' : '';
  return `Criteria for the purpose "${namePolicy(policy)}" ${when}${changed}; ${nMet} of ${findings.length} were met.`;
}
