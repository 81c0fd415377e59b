import type { OutputFormat } from '../../api/ingest';
import { changeEnding } from './file-ending';

/** What a person has asked for in the Export step; null fields follow the run. */
export class ExportOrder {
  rows = $state<string | null>(null);
  seed = $state<string | null>(null);
  format = $state<OutputFormat>('csv');
  fileName = $state('synthetic.csv');
  /** Why records are exported although their criteria are not met. */
  override = $state('');

  /** Takes another format; the name of the file ends as it should. */
  choose(format: OutputFormat): void {
    this.format = format;
    this.fileName = changeEnding(this.fileName, format);
  }
}
