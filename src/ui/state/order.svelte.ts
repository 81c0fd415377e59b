/** What a person has asked for in the Export step; null fields follow the run. */
export class ExportOrder {
  rows = $state<string | null>(null);
  seed = $state<string | null>(null);
  fileName = $state('synthetic.csv');
}
