import type { AccountedFinding } from '../data/identifiers/account-findings';
import type { Schema } from '../data/schema';
import type { Evaluation } from '../measure/evaluate';
import type { AuditEntry } from './audit-log';
import type { Json } from './canonical-json';
import type { ColumnAccount, Fact, FileDigest } from './dossier';
import type { Finding } from './findings';
import type { Policy } from './policy';
import type { PolicyChange } from './policy-changes';
import type { PolicyHistory } from './policy-history';
import type { RunAccount } from './run-account';
import type { SourceCommitment } from './source-commitment';
import type { Statements } from './statements';

/** What a dossier is made of. */
export interface DossierInput {
  readonly title: string;
  /** ISO 8601 in UTC. */
  readonly writtenAt: string;
  /** What run.json holds of the run whose records are released. */
  readonly run: RunAccount;
  /** The schema as it is handed out with the records. */
  readonly schema: Schema;
  /** Words for columns that were handled in a way of their own, by name. */
  readonly treatments?: Readonly<Record<string, string>>;
  /** Identifier findings of the source under the schema of the run; null or absent where they are not at hand. */
  readonly identifiers?: readonly AccountedFinding[] | null;
  readonly evaluation: Evaluation | null;
  readonly policy: Policy;
  readonly log: readonly AuditEntry[];
  /** Null = no differential privacy. */
  readonly ledger: Json;
  readonly commitment: SourceCommitment | null;
  readonly outputs: readonly FileDigest[];
  readonly statements: Statements;
}

/** The same with what follows from it. */
export interface DossierBasis extends Omit<DossierInput, 'schema' | 'treatments' | 'log'> {
  readonly columns: readonly ColumnAccount[];
  readonly history: PolicyHistory;
  readonly changes: readonly PolicyChange[];
  readonly findings: readonly Finding[];
  /** What the log says of the risk of the source. */
  readonly sourceRisk: readonly Fact[];
  /** Training runs in the log. */
  readonly nRuns: number;
}
