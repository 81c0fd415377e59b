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

const ID_WORDS = ['id', 'ids', 'nbr', 'uid', 'uuid', 'guid', 'mrn', 'sno', 'pid', 'key', 'serial'];
const RECORD_WORDS =
  'patient|pat|subject|person|participant|member|client|encounter|enc|hadm|admission|stay|icustay|visit|episode|claim|record|row|case|sample|specimen|order|event|study|cg|caregiver|provider|physician|doctor|nurse|staff|user|account|insurance|policy'.split(
    '|',
  );
const DIRECT_WORDS =
  /^(?:ssn|mrn|npi|passport|drivers?|licen[cs]e|email|e-?mail|phone|telephone|mobile|fax|iban|url|ip|imei|udi|nhs|hcn|medicare|uuid|guid|memberid)$/;
const PERSON_NAME =
  /^(?:(?:first|last|full|middle|given|family|sur|maiden|patient|person|user|nick|doctor|provider|physician|nurse|owner|guardian|mother|father|contact|spouse)_?name|name|surname|first|last|maiden|forename|firstname|lastname|address|street|addr|address_?line_?\d?)$/;

/** Words by which an id is that of a kind of thing (admission_type_id), not of one record. */
const KIND_WORDS =
  /^(?:type|class|kind|category|group|source|disposition|status|reason|location|code|item|product|drug|dept|department|unit|ward)$/;

export type IdentifierName = 'direct' | 'record' | 'generic';

/**
 * How a name claims to identify: `direct` (a person's number, name or address), `record` (a key of a patient, stay or
 * row), `generic` (some other …_id), or null.
 */
export function judgeIdentifierName(name: string): IdentifierName | null {
  const words = splitName(name);
  const joined = words.join('_');
  if (words.some((word) => DIRECT_WORDS.test(word)) || PERSON_NAME.test(joined)) return 'direct';
  const last = words[words.length - 1] ?? '';
  const stem = words.slice(0, -1);
  const isRecord = stem.some((word) => RECORD_WORDS.includes(word));
  const isNumbered = ['no', 'num', 'number'].includes(last) && isRecord;
  if (ID_WORDS.includes(last) || isNumbered) {
    const isOfKind = stem.some((word) => KIND_WORDS.test(word));
    return stem.length === 0 || (isRecord && !isOfKind) ? 'record' : 'generic';
  }
  const glued = /^(.+?)(?:id|nbr)$/.exec(last)?.[1];
  if (glued !== undefined) {
    if (RECORD_WORDS.some((word) => word === glued || (word.length > 4 && glued.endsWith(word))))
      return 'record';
    if (/^(?:item|code|concept)$/.test(glued)) return 'generic';
  }
  return ['patient', 'encounter', 'subject'].includes(joined) ? 'record' : null;
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

/** True when the name says the values are dates. */ export function isDateName(name: string): boolean {
  return splitName(name).some((word) =>
    /^(?:date|dt|datum|day|dob|dod|birth|birthdate|born|admit|admitted|discharge|discharged|visit|start|end|stop)$/.test(
      word,
    ),
  );
}

/** True when the name says the values are calendar years. */
export function isYearName(name: string): boolean {
  return splitName(name).some((word) => /^(?:year|yr|yob|jahr|birthyear)$/.test(word));
}

const QUASI =
  /^(?:age|ages|sex|gender|race|ethnicity|ethnic|zip|zipcode|postcode|postal|plz|city|town|county|state|country|region|fips|dob|dod|birth|birthdate|birthday|birthplace|born|yob|deathdate|marital|married|religion|language|nationality|citizenship|occupation|profession|job|education|lat|lon|latitude|longitude|admittime|dischtime)$/;
const SENSITIVE =
  /^(?:hiv|aids|std|sti|syphilis|suicide|suicidal|psychiatric|psychiatry|mental|ment|schizophrenia|depression|abortion|homo|homosexual|orientation|abuse|addiction|drugs|alcohol|alcoholism|hvyalcohol|genotype|genetic|diagnosis|diagnoses|salary|conviction)$/;

const PERSON_WORDS = /^(?:patient|pat|subject|person|participant|member|client|mrn|patientid|subjectid)$/;

/** True when the name is that of a person's key. */
export function isPersonName(name: string): boolean {
  return splitName(name).some((word) => PERSON_WORDS.test(word));
}

/** Whether the name is one by which a person could be singled out with other knowledge. */
export function isQuasiIdentifierName(name: string): boolean {
  return splitName(name).some((word) => QUASI.test(word));
}

/** Whether the name plainly speaks of something harmful if known about a person. */
export function isSensitiveName(name: string): boolean {
  return splitName(name).some((word) => SENSITIVE.test(word));
}

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
