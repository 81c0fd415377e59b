import type { Evaluation } from '../measure/evaluate';
import type { Json } from './canonical-json';
import type { Finding } from './findings';
import type { Policy } from './policy';
import type { PolicyChange } from './policy-changes';
import type { PolicyHistory } from './policy-history';
import type { RunAccount } from './run-account';
import type { SourceCommitment } from './source-commitment';

/** Layout of a dossier (docs/release-package.md); one of a greater version is refused. */
export const DOSSIER_VERSION = 3;
export const DOSSIER_FORMAT = 'understudy-dossier';

/** Said at the head of everything that leaves. */
export const SYNTHETIC_STATEMENT =
  'These records are synthetic: a model drew every row, and none stands for a person of the source. That alone does not make them safe to share; what was tested, and what was found, stands below.';

/** Written where a person has said nothing. */
export const NOT_STATED = 'not stated';

/** One thing that is known, or that a person should have said. */
export interface Fact {
  /** Unique within its section or card. */
  readonly id: string;
  readonly label: string;
  /** Null: not stated. A list is shown as one. */
  readonly value: string | readonly string[] | null;
  readonly by: 'person' | 'program';
}

/** One of the sixteen items that a release has to answer. */
export interface Section {
  /** 1 to 16, in the order of the dossier. */
  readonly item: number;
  readonly id: SectionId;
  readonly title: string;
  readonly facts: readonly Fact[];
}

export const SECTION_IDS = [
  'purpose',
  'source',
  'columns',
  'split',
  'model',
  'formal-privacy',
  'fidelity',
  'utility',
  'attacks',
  'small-cells',
  'limits',
  'residual-risk',
  'licence',
  'model-file',
  'provenance',
  'reproducibility',
] as const;

export type SectionId = (typeof SECTION_IDS)[number];

/** What became of a column on its way from the source. */
export interface ColumnAccount {
  readonly name: string;
  readonly type: string;
  readonly role: string;
  readonly treatment: string;
}

/** A file, as its checksum names it. */
export interface FileDigest {
  readonly name: string;
  readonly nBytes: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
}

/** What was unanswered when the dossier was written. */
export interface NotStated {
  readonly item: number;
  readonly id: string;
  readonly label: string;
}

/** Everything that a recipient has to know of synthetic records. Plain JSON; its canonical form is dossier.json. */
export interface Dossier {
  readonly format: typeof DOSSIER_FORMAT;
  /**
   * 1: from before direct identifiers and statements that a purpose needs were asked for; 2: from before the basis of
   * de-identification was one of them.
   */
  readonly version: 1 | 2 | typeof DOSSIER_VERSION;
  readonly statement: typeof SYNTHETIC_STATEMENT;
  readonly title: string;
  /** ISO 8601 in UTC, by the clock of the device. */
  readonly writtenAt: string;
  readonly program: {
    readonly name: 'Understudy';
    readonly version: string;
    /** SHA-256 over the files of the build. */
    readonly buildHash: string;
    /** Version of TensorFlow.js. */
    readonly tfjs: string;
    readonly browser: string;
  };
  readonly sections: readonly Section[];
  /** After Mitchell et al., Model Cards for Model Reporting (2019). */
  readonly modelCard: readonly Fact[];
  /** After Gebru et al., Datasheets for Datasets (2021). */
  readonly datasheet: readonly Fact[];
  /** To paste into a paper. */
  readonly methods: string;
  readonly columns: readonly ColumnAccount[];
  /** What run.json holds, but for what {@link withholdFromRun} withholds. */
  readonly run: RunAccount;
  /** What was spent of a formal guarantee; null = no differential privacy. */
  readonly ledger: Json;
  /** What evaluation.json holds; null where nothing was measured. */
  readonly evidence: Evaluation | null;
  readonly policy: Policy;
  readonly policyHistory: PolicyHistory;
  /** Why and how the criteria were changed after their lock; absent where they were not, and in older dossiers. */
  readonly policyChanges?: readonly PolicyChange[];
  readonly findings: readonly Finding[];
  /** What nobody may miss, where a refusal was set aside for this run; it marks every member that can hold a text. Else absent. */
  readonly marks?: readonly string[];
  readonly sourceCommitment: SourceCommitment | null;
  /** The synthetic files that this dossier is about. */
  readonly outputs: readonly FileDigest[];
  readonly notStated: readonly NotStated[];
}
