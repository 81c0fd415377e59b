import { parseDefinitions, type DefinitionEntry } from './definition-text';

/** The definitions that ship in the page and the one being shown. */
export class Definitions {
  shown = $state.raw<DefinitionEntry | null>(null);
  private readonly entries: ReadonlyMap<string, DefinitionEntry>;

  constructor(markdown: string) {
    this.entries = parseDefinitions(markdown);
  }

  has(id: string): boolean {
    return this.entries.has(id);
  }

  show(id: string): void {
    this.shown = this.entries.get(id) ?? null;
  }

  hide(): void {
    this.shown = null;
  }
}
