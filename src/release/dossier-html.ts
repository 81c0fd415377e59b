import { namePolicy } from './policy-name';
import { titleMeasure } from './measure-titles';
import { describePresetDifference } from './preset-difference';
import type { FinishedMeasure } from '../measure/measure';
import { NOT_STATED, type Dossier, type Fact, type Section } from './dossier';
import { DOSSIER_STYLE } from './dossier-style';
import { endSentence } from './end-sentence';
import { tellChange } from './policy-change-facts';
import { escapeHtml, writeTable } from './html';

/** Rows of one table, and items of one list; the rest stands in dossier.json, and the file stays under 2 MB. */
const MAX_ITEMS = 300;
/** Characters of one text, of one item of a list, and of one cell. */
const MAX_TEXT = 8000;
const MAX_ITEM = 800;
const MAX_CELL = 300;

/** The dossier as one HTML file that needs no script and nothing else, to be read, heard and printed. */
export function writeDossierHtml(dossier: Dossier): string {
  const { title, statement, writtenAt, program, methods, modelCard, datasheet, sections } = dossier;
  const name = escapeHtml(cut(title));
  const body = [
    '<header>',
    `<h1>${name}</h1>`,
    `<p class="synthetic">${escapeHtml(statement)}</p>`,
    `<p>Dossier of synthetic records, written ${escapeHtml(writtenAt)} by Understudy ${escapeHtml(program.version)}. The same in a form for machines, and complete, is dossier.json.</p>`,
    ...writeWarnings(dossier),
    '</header>',
    writeContents(sections),
    '<main>',
    writeFindings(dossier),
    ...sections.map((section) => writeSection(section, dossier)),
    `<section aria-labelledby="card"><h2 id="card">Model card</h2>\n${writeFacts(modelCard)}\n</section>`,
    `<section aria-labelledby="sheet"><h2 id="sheet">Datasheet</h2>\n${writeFacts(datasheet)}\n</section>`,
    `<section aria-labelledby="methods"><h2 id="methods">Methods, to paste into a paper</h2>\n<p>${escapeHtml(methods)}</p>\n</section>`,
    writeNotStated(dossier),
    '</main>',
  ];
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n<title>${name}: dossier of synthetic records</title>\n<style>${DOSSIER_STYLE}</style>\n</head>\n<body>\n${body.join('\n')}\n</body>\n</html>\n`;
}

function writeWarnings({ policy, policyHistory, policyChanges = [], findings }: Dossier): readonly string[] {
  const { events, overrides } = policyHistory;
  const nMissed = findings.filter(({ outcome }) => outcome !== 'pass').length;
  const late = events.filter(({ isAfterResults }) => isAfterResults);
  const told = new Set(policyChanges.map(({ entry }) => entry));
  return [
    ...(nMissed === 0 ? [] : [`${nMissed} of ${findings.length} criteria are not met.`]),
    ...(events.length === 0 ? ['The log holds no moment at which the criteria were fixed.'] : []),
    ...policyChanges.map(tellChange),
    ...late
      .filter(({ entry }) => !told.has(entry))
      .map(({ at, act }) =>
        act === 'policy-locked'
          ? `The criteria were fixed after results had been seen (${at}).`
          : `The criteria were changed after results had been seen (${at}).`,
      ),
    ...overrides.map(
      ({ at, reason }) => `Override (${at}): ${endSentence(reason ?? 'without a written reason')}`,
    ),
    ...describePresetDifference(policy),
  ].map((text) => `<p class="warning">${escapeHtml(cut(text))}</p>`);
}

function writeContents(sections: readonly Section[]): string {
  const items = sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`);
  return `<nav aria-label="Contents"><ol>\n${items.join('\n')}\n</ol></nav>`;
}

function writeFindings({ findings, policy }: Dossier): string {
  const rows = clip(findings).map(({ criterion, measure, outcome, sentence, threshold }) => [
    `${titleMeasure(measure)} (${criterion})`,
    outcome.replaceAll('-', ' '),
    sentence,
    policy.criteria.find(({ id }) => id === criterion)?.source ?? '',
    threshold === null ? 'the figure only' : show(threshold),
  ]);
  const heads = ['Criterion', 'Outcome', 'What was found', 'Source of the threshold', 'Threshold'];
  return `<section aria-labelledby="findings"><h2 id="findings">Criteria and findings</h2>\n${writeTable(`Criteria for ${namePolicy(policy)}`, heads, rows.map(cutAll))}${more(findings.length)}\n</section>`;
}

function writeSection(section: Section, dossier: Dossier): string {
  const { id, item, title, facts } = section;
  return `<section aria-labelledby="${id}"><h2 id="${id}">${item}. ${escapeHtml(title)}</h2>\n${writeFacts(facts)}\n${writeSectionTable(section, dossier)}</section>`;
}

function writeSectionTable({ id }: Section, { columns, evidence }: Dossier): string {
  if (id === 'columns') {
    const rows = clip(columns).map(({ name, type, role, treatment }) => [name, type, role, treatment]);
    return `${writeTable('Columns', ['Column', 'Type', 'Role', 'Treatment'], rows.map(cutAll))}${more(columns.length)}\n`;
  }
  const family = id === 'attacks' ? 'privacy' : id;
  const measures = evidence?.measures.filter((measure) => measure.family === family) ?? [];
  return measures.length === 0 ? '' : `${writeMeasures(measures)}${more(measures.length)}\n`;
}

function writeMeasures(measures: readonly FinishedMeasure[]): string {
  const rows = clip(measures).map(({ id, value, interval, floor, ceiling, n, attack, isDiagnostic }) => [
    `${titleMeasure(id)} (${id}${isDiagnostic === true ? ', diagnostic only' : ''})`,
    show(value),
    `${show(interval.low)} to ${show(interval.high)}`,
    show(floor),
    show(ceiling),
    attack === undefined ? '' : show(attack.control.value),
    String(n),
  ]);
  const heads = ['Measure', 'Value', '95 % interval', 'Floor', 'Ceiling', 'Control', 'n'];
  return writeTable('Figures', heads, rows.map(cutAll));
}

function writeNotStated({ notStated }: Dossier): string {
  const items = notStated.map(({ item, label }) => `<li>${item}. ${escapeHtml(label)}</li>`);
  const list =
    items.length === 0 ? '<p>Everything asked for was stated.</p>' : `<ul>\n${items.join('\n')}\n</ul>`;
  return `<section aria-labelledby="unstated"><h2 id="unstated">What is not stated</h2>\n${list}\n</section>`;
}

function writeFacts(facts: readonly Fact[]): string {
  const items = facts.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${writeValue(value)}</dd>`);
  return `<dl>\n${items.join('\n')}\n</dl>`;
}

function writeValue(value: Fact['value']): string {
  if (value === null) return `<span class="unstated">${NOT_STATED}</span>`;
  if (typeof value === 'string') return escapeHtml(cut(value));
  if (value.length === 0) return 'none';
  return `<ul>${clip(value)
    .map((item) => `<li>${escapeHtml(cut(item, MAX_ITEM))}</li>`)
    .join('')}</ul>${more(value.length)}`;
}

function clip<T>(items: readonly T[]): readonly T[] {
  return items.slice(0, MAX_ITEMS);
}

function more(n: number): string {
  return n <= MAX_ITEMS ? '' : `<p>And ${n - MAX_ITEMS} more, in dossier.json.</p>`;
}

function cut(text: string, max = MAX_TEXT): string {
  return text.length <= max ? text : `${text.slice(0, max)} … (cut here; dossier.json has all of it)`;
}

function cutAll(cells: readonly string[]): readonly string[] {
  return cells.map((cell) => cut(cell, MAX_CELL));
}

function show(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4)));
}
