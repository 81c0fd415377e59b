/** Kinds of treatment that change what is in the output, not only a few of its values. */
const TOLD = ['dropped', 'regenerated'];

/**
 * What a person at the command line should know of the page's guesses and treatments, a line each; the whole account is
 * in run.json.
 *
 * @param {string} runJson text of run.json
 * @returns {string[]}
 */
export function tellAccount(runJson) {
  const { source, split, handling, model } = /** @type {import('../ui/state/artefacts').RunJson} */ (
    JSON.parse(runJson)
  );
  const others = handling.log.filter(({ action }) => !TOLD.includes(action));
  return [
    `Read ${source.nRows} rows and ${source.nColumns} columns (${source.encoding}); ${split.nTrain} rows of train, ${split.nHoldout} of holdout.`,
    ...tellAdvice(model),
    ...handling.log
      .filter(({ action }) => TOLD.includes(action))
      .map(({ column, note }) => `${column}: ${note}`),
    ...(others.length === 0
      ? []
      : [`${others.length} further treatments (rare levels, extremes, constants) are listed in run.json.`]),
  ];
}

/**
 * Why the model was chosen, where the program chose it.
 *
 * @param {Pick<import('../ui/state/artefacts').RunJson['model'], 'id' | 'advice'>} model
 * @returns {string[]}
 */
function tellAdvice({ id, advice }) {
  if (advice === null) return [];
  return [
    `Model chosen: ${id}. ${advice.reasons.join(' ')}`,
    ...advice.cautions.map((caution) => `Please note: ${caution}`),
  ];
}
