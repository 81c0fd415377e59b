/** Section of the dossier that a statement stands in, numbered as there. */
export interface StatementField {
  readonly item: number;
  readonly label: string;
  /** What to write, in one sentence. */
  readonly ask: string;
}

const field = (item: number, label: string, ask: string): StatementField => ({ item, label, ask });

/** Everything that only a person can say. A page asks for them in this order; nothing here has a default. */
export const STATEMENT_FIELDS = {
  purpose: field(1, 'Purpose in words', 'What will the records be used for?'),
  recipient: field(
    1,
    'Recipient',
    'Who receives them? For public release: where they are published, or “public”.',
  ),
  releaseModel: field(1, 'Release model', 'Internal, under an agreement, or public?'),
  legalBasis: field(1, 'Legal basis', 'On what legal basis were the source records used for this?'),
  owner: field(2, 'Owner of the source', 'Who answers for the source records?'),
  collection: field(
    2,
    'How the source was collected',
    'By whom, where and for what were the records written?',
  ),
  period: field(2, 'Period of the source', 'From when to when?'),
  consent: field(2, 'Consent and ethics', 'Which consent, approval or waiver covers this use?'),
  deidentification: field(
    3,
    'Basis of de-identification',
    'On what does it rest: Safe Harbor, Expert determination, or the standard of another law? Who says so, and where?',
  ),
  safeHarbor: field(
    3,
    'Safe Harbor checklist',
    'Which of the 18 identifiers of 45 CFR 164.514(b)(2) does the source hold, and what became of each?',
  ),
  expert: field(3, 'Expert determination', 'Who determined the risk, by what method, with what result?'),
  outliers: field(10, 'Small cells and outliers', 'What else was done about rare combinations?'),
  limits: field(11, 'Further limits', 'What else do the records not show?'),
  forbiddenUses: field(11, 'Further forbidden uses', 'What else must they not be used for?'),
  riskDecision: field(12, 'Residual risk', 'What risk remains, and why is it accepted?'),
  riskApprover: field(12, 'Accepted by', 'Name and office of the person who accepts it.'),
  riskDate: field(12, 'Date of the decision', 'When was it accepted?'),
  reassessment: field(12, 'To be assessed again', 'On what date or at what event?'),
  licence: field(13, 'Licence or agreement', 'Under which terms are they handed over?'),
  modelFile: field(14, 'The trained model', 'Is it deleted, kept under control, or handed over?'),
  contact: field(15, 'Contact', 'Whom may a recipient ask, and tell of errors?'),
  maintenance: field(15, 'Maintenance', 'Will there be newer versions, and where?'),
} as const satisfies Readonly<Record<string, StatementField>>;

export type StatementId = keyof typeof STATEMENT_FIELDS;

/** What a person has stated; whatever is missing or blank is listed in the dossier as not stated. */
export type Statements = Readonly<Partial<Record<StatementId, string>>>;

export const STATEMENT_IDS = Object.keys(STATEMENT_FIELDS) as readonly StatementId[];
