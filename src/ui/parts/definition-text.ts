/** A run of text; `strong` and `code` as marked in the document. */
export interface TextRun {
  readonly text: string;
  readonly style: 'plain' | 'strong' | 'code';
}

/** One entry of docs/measures.md: paragraphs and list items as runs of text, to be set as text nodes. */
export interface DefinitionEntry {
  readonly id: string;
  readonly paragraphs: readonly { readonly item: boolean; readonly runs: readonly TextRun[] }[];
}

/** Entries of the document by id: each starts at a line `## <id>`. */
export function parseDefinitions(markdown: string): ReadonlyMap<string, DefinitionEntry> {
  const sections = markdown.split(/^## +/m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const id = heading.trim();
      return [id, { id, paragraphs: parseParagraphs(lines.join('\n')) }];
    }),
  );
}

function parseParagraphs(text: string): DefinitionEntry['paragraphs'] {
  return text
    .split(/\n\s*\n|\n(?=- )/)
    .map((block) => block.replace(/\s+/g, ' ').trim())
    .filter((block) => block !== '')
    .map((block) => ({
      item: block.startsWith('- '),
      runs: parseRuns(block.replace(/^- /, '')),
    }));
}

function parseRuns(text: string): readonly TextRun[] {
  return text
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (piece.startsWith('**')) return { text: piece.slice(2, -2), style: 'strong' };
      if (piece.startsWith('`')) return { text: piece.slice(1, -1), style: 'code' };
      return { text: piece, style: 'plain' };
    });
}
