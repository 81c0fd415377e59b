/** What a column's name says about it. Names only: no values are looked at here. */

/** Lower-case words of a header: cut at marks, at lower-to-upper changes and before digits' ends (`patientID` → patient, id). */
export function splitName(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A word without accents, ß as ss. */
export function foldWord(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

/** True when the name says that its values are codes of things, not amounts. */
export function isCodeName(name: string): boolean {
  const words = splitName(name);
  if (words.some((word) => CODE_WORDS.test(word) || word.endsWith('code'))) return true;
  return (
    CODE_LAST_WORDS.test(words[words.length - 1] ?? '') && !words.some((word) => AMOUNT_WORDS.test(word))
  );
}

/** True when the name is that of a medical classification, whose codes may look like decimals (ICD 250.01). */
export function isClassificationName(name: string): boolean {
  return splitName(name).some((word) => /^(?:icd\w*|cpt|drg|atc|loinc|snomed|dx\d*|diag\d*)$/.test(word));
}

const CODE_WORDS =
  /^(?:code|codes|icd|icd9|icd10|cpt|atc|loinc|snomed|ndc|gsn|drg|zip|zipcode|postcode|postal|plz|fips|phone|strat|stratum|strata|itemid|wardid)$/;
/** These say so only at the end of a name without a word of amount: `hospital`, but not `time_in_hospital`. */
const CODE_LAST_WORDS =
  /^(?:cd|type|class|category|cat|group|grp|region|site|cent(?:er|re)|hospital|ward|unit|department|dept|arm|arms|trt|treatment|race|sex|gender|ethnicity|ethnic|status|method|cluster|costcenter|state|county|country|district)$/;
const AMOUNT_WORDS =
  /^(?:time|days?|hours?|duration|count|num|number|n|total|length|los|age|cost|score|rate|since|in|per|at)$/;

/** True when the name says the values are dates. */
export function isDateName(name: string): boolean {
  return splitName(name).some((word) => DATE_WORDS.test(word));
}

const DATE_WORDS =
  /^(?:date|dt|datum|day|dob|dod|birth|birthdate|born|admit|admitted|discharge|discharged|visit|start|end|stop|geb|geburtsdatum|gebdatum|gebdat|naissance|ddn|nacimiento|nascita|geboortedatum|fecha|aufnahmedatum|entlassdatum)$/;

/** True when the name says the values are moments, which may be counted in seconds since 1970. */
export function isMomentName(name: string): boolean {
  return isDateName(name) || splitName(name).some((word) => MOMENT_WORDS.test(word));
}

const MOMENT_WORDS =
  /^(?:ts|time|times|timestamp|timestamps|epoch|unix|unixtime|datetime|created|updated|recorded|at|zeit|zeitstempel|zeitpunkt|heure|hora|ora|tijd|tijdstip)$/;

/** True when the name is that of a person's sex, gender, race or ethnicity, whose 0 and 1 are no yes and no. */
export function isKindOfPersonName(name: string): boolean {
  return splitName(name).some((word) =>
    /^(?:sex|gender|race|ethnicity|ethnic|geschlecht|sexe|genre|sexo|genero|sesso|genere|geslacht)$/.test(
      foldWord(word),
    ),
  );
}

/** True when the name says the values are calendar years. */
export function isYearName(name: string): boolean {
  return splitName(name).some((word) => /^(?:year|yr|yob|jahr|birthyear)$/.test(word));
}

const QUASI =
  /^(?:age|ages|sex|gender|race|ethnicity|ethnic|zip|zipcode|postcode|postal|plz|city|town|county|state|country|region|fips|dob|dod|birth|birthdate|birthday|birthplace|born|yob|deathdate|marital|married|religion|language|nationality|citizenship|occupation|profession|job|education|lat|lon|latitude|longitude|admittime|dischtime)$/;
/** The same in German, French, Spanish, Italian and Dutch. */
const QUASI_ELSEWHERE =
  /^(?:alter|geschlecht|geb|gebdat|gebdatum|geburt|geburtsdatum|geburtstag|geburtsjahr|geburtsort|wohnort|postleitzahl|bundesland|familienstand|beruf|nationalitat|staatsangehorigkeit|sexe|genre|naissance|ddn|ville|commune|nationalite|metier|edad|sexo|nacimiento|ciudad|provincia|municipio|nacionalidad|ocupacion|sesso|nascita|citta|comune|nazionalita|professione|leeftijd|geslacht|geboorte|geboortedatum|geboortejaar|geboorteplaats|woonplaats|gemeente|beroep|nationaliteit)$/;
const SENSITIVE =
  /^(?:hiv|aids|std|sti|syphilis|suicide|suicidal|psychiatric|psychiatry|mental|ment|schizophrenia|depression|abortion|homo|homosexual|orientation|abuse|addiction|drugs|alcohol|alcoholism|hvyalcohol|genotype|genetic|diagnosis|diagnoses|salary|conviction)$/;

/** Whether the name is one by which a person could be singled out with other knowledge. */
export function isQuasiIdentifierName(name: string): boolean {
  return splitName(name).some((word) => QUASI.test(word) || QUASI_ELSEWHERE.test(foldWord(word)));
}

/** Whether the name plainly speaks of something harmful if known about a person; how many of it there are is not. */
export function isSensitiveName(name: string): boolean {
  const words = splitName(name);
  return words.some((word) => SENSITIVE.test(word)) && !words.some((word) => COUNT_WORDS.test(word));
}

const COUNT_WORDS = /^(?:n|nr|num|number|count|counts|anzahl|nombre|numero|aantal)$/;

const TARGETS: readonly { readonly pattern: RegExp; readonly weight: number }[] = [
  { pattern: /^(?:target|label|outcome|class_label|y)$/, weight: 5 },
  {
    pattern: /(?:^|_)(?:outcome|target|readmitted|readmission|mortality|survived|response)(?:$|_)/,
    weight: 4,
  },
  { pattern: /(?:^|_)(?:diabetes_binary|hospital_expire_flag|expire_flag)$/, weight: 4 },
  { pattern: /(?:^|_)(?:death|died|dead|deceased|hospdead|event|relapse|cens)(?:$|_)/, weight: 3 },
  { pattern: /^(?:income|status|diagnosis|class)$/, weight: 2 },
];

/** How strongly a name speaks for the column being what a study predicts; 0 = not at all. */
export function rateTargetName(name: string): number {
  const joined = splitName(name).join('_');
  return TARGETS.reduce(
    (best, { pattern, weight }) => (pattern.test(joined) ? Math.max(best, weight) : best),
    0,
  );
}
