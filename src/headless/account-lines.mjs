/** Kinds of treatment that change what is in the output, not only a few of its values. */
const TOLD = ['generalised', 'dropped', 'regenerated'];

/**
 * What a person at the command line should know of the page's guesses and treatments, a line each; the whole account is
 * in run.json.
 *
 * @param {string} runJson text of run.json
 * @param {(id: string) => string} title what a measure is called
 * @returns {string[]}
 */
export function tellAccount(runJson, title = (id) => id) {
  const { source, split, handling, model, output, release, identifiers, use } =
    /** @type {import('../ui/state/artefacts').RunJson} */ (JSON.parse(runJson));
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
    ...tellIdentifiers(identifiers),
    ...(output?.wishes ? tellWishes(output.wishes) : []),
    ...(release ? tellRelease(release, title) : []),
    ...(use ? [use] : []),
  ];
}

/**
 * Columns that may hold direct identifiers and were left as they are: nobody was there to answer.
 *
 * @param {import('../ui/state/artefacts').RunJson['identifiers']} account
 * @returns {string[]}
 */
function tellIdentifiers(account) {
  const { found = [], saidToBeNone = [] } = account ?? {};
  const asTheyAre = found.filter(({ fate }) => fate === 'as-it-is');
  const isKept = (/** @type {{ column: string, kind: string }} */ { column, kind }) =>
    saidToBeNone.some((answer) => answer.column === column && answer.kind === kind);
  const name = (/** @type {typeof found} */ columns) =>
    columns.map(({ column, kind }) => `${column} (${kind.replaceAll('-', ' ')})`).join(', ');
  const open = asTheyAre.filter((each) => !isKept(each));
  const kept = asTheyAre.filter(isKept);
  return [
    ...(open.length === 0
      ? []
      : [
          `Left as they are, and learnt or written, although they may hold direct identifiers: ${name(open)}. Leave them out by --schema or --edits, or say by an edit "no-identifiers" that they hold none.`,
        ]),
    ...(kept.length === 0
      ? []
      : [`Left as they are, as the edits say that they hold no identifier: ${name(kept)}.`]),
  ];
}

/**
 * What the criteria for the purpose come to.
 *
 * @param {NonNullable<import('../ui/state/artefacts').RunJson['release']>} release
 * @param {(id: string) => string} title
 * @returns {string[]}
 */
function tellRelease({ policy, findings, obstacles }, title) {
  const nMet = findings?.filter(({ outcome }) => outcome === 'pass').length ?? 0;
  return [
    ...(findings === null ? [] : [`Criteria for “${policy}”: ${nMet} of ${findings.length} met.`]),
    ...(findings ?? [])
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ measure, sentence }) => `${title(measure)}: ${sentence}`),
    ...obstacles,
  ];
}

/**
 * Ids of the measures that {@link tellAccount} names.
 *
 * @param {string} runJson text of run.json
 * @returns {string[]}
 */
export function listMeasures(runJson) {
  const { release } = /** @type {import('../ui/state/artefacts').RunJson} */ (JSON.parse(runJson));
  return (release?.findings ?? []).map(({ measure }) => measure);
}

/**
 * How many drawn records were kept for the wishes, and how often each was met.
 *
 * @param {import('../data/wishes/wishes-account').GrantedWishes} wishes
 * @returns {string[]}
 */
function tellWishes({ nKept, nDrawn, rates, sentences }) {
  const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
    whole === 0 ? 'never tried' : `${((100 * part) / whole).toFixed(1)} %`;
  return [
    `Wishes: kept ${nKept} of ${nDrawn} drawn records (${percent(nKept, nDrawn)}).`,
    ...sentences.map((sentence, i) => {
      const { nTried, nMet } = rates[i] ?? { nTried: 0, nMet: 0 };
      return `${sentence}: met by ${nMet} of ${nTried} draws (${percent(nMet, nTried)})`;
    }),
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
