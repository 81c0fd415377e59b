import { listOffered } from '../../data/source-risk/offered';
import type { SourceRisk, SourceRiskRequest } from '../../data/source-risk/source-risk';
import type { Failure } from '../../data/failure';
import type { SourceState } from './source.svelte';
import type { ProjectAccess, Workbench } from './workbench';

/** How unique the people of the source are, measured anew whenever what it hangs on changes. */
export class SourceRiskState {
  /** Null where no column is a quasi-identifier, or it was not measured yet. */
  risk = $state.raw<SourceRisk | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  private key = '';
  private measuring: Promise<void> = Promise.resolve();

  constructor(
    private readonly bench: Pick<Workbench, 'ingest'>,
    private readonly project: ProjectAccess,
    private readonly source: SourceState,
  ) {}

  /** Measures where anything changed since; answers the figures in force. */
  async measure(): Promise<SourceRisk | null> {
    const request = this.describeRequest();
    if (request === null) return null;
    const key = JSON.stringify([this.project.record.source?.id, reduce(request)]);
    if (key === this.key) {
      await this.measuring;
      return this.risk;
    }
    this.key = key;
    this.busy = true;
    this.measuring = this.ask(request, key);
    await this.measuring;
    return this.risk;
  }

  private async ask(request: SourceRiskRequest, key: string): Promise<void> {
    const asked = await this.bench.ingest.measureRisk(request);
    if (this.key !== key) return;
    this.busy = false;
    this.risk = asked.ok ? asked.value : null;
    this.failure = asked.ok ? null : asked.failure;
    if (!asked.ok) this.key = '';
  }

  private describeRequest(): SourceRiskRequest | null {
    const { schema, split, dialect } = this.project.record;
    if (schema === null || this.source.opened === null) return null;
    const offered = listOffered(this.source.profile?.identifiers ?? []);
    return { schema, split, generalise: dialect.generalise ?? [], offered };
  }
}

/** What the figures hang on. */
function reduce({ schema, split: { groupBy }, generalise, offered }: SourceRiskRequest): unknown {
  const columns = schema.columns.map(({ name, type, role, format, included }) => [
    name,
    type,
    role,
    format,
    included,
  ]);
  return [columns, groupBy, generalise, offered];
}
