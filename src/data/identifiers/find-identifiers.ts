import { formatShare } from '../format-share';
import { isPersonName } from '../identifier-names';
import { describeMeasurements } from '../measurement-text';
import { findDateOrAge, type DatedTable } from './dates-and-ages';
import type { ColumnEvidence } from './evidence';
import type { IdentifierFinding } from './finding';
import type { Generalisation } from './generalise/generalisation';
import { fitsName } from './fits-name';
import { KINDS, type IdentifierKind } from './kinds';
import { isNameOfThings, readNamedKind, type NamedKind } from './name-kinds';
import { proposeHandling } from './propose-handling';
import { findForms, rateForm, type FoundForm } from './read-values';

interface Judgement {
  readonly kind: IdentifierKind;
  readonly reason: string;
  readonly confidence: number;
  readonly by?: Generalisation | null;
}

/** Confidence in a name alone: one that says so plainly, and one with other meanings beside values that fit. */
const OF_SURE_NAME = 0.85;
const OF_LIKELY_NAME = 0.65;
/** Confidence in a column that inference takes for an identifier by its values alone. */
const OF_TYPE = 0.6;
/** Most that the form of values can give. */
const OF_VALUES = 0.97;

/**
 * Columns that hold one of the 18 identifiers of HIPAA Safe Harbor or its form elsewhere, in file order, each with its
 * reason and one proposed handling. At most one finding a column: the likeliest.
 */
export function findIdentifiers(columns: readonly ColumnEvidence[]): readonly IdentifierFinding[] {
  const personKey = findPersonKey(columns);
  return columns.flatMap((column) => {
    const judged = judgeColumn(column, { columns, personKey });
    if (judged === null) return [];
    const { kind, reason, confidence, by = null } = judged;
    const { letter, isDirect } = KINDS[kind];
    const proposal = proposeHandling(kind, by);
    return [{ column: column.name, kind, letter, reason, confidence, isDirect, proposal }];
  });
}

/** The identifier of persons whose rows repeat most; null when none does. */
function findPersonKey(columns: readonly ColumnEvidence[]): string | null {
  const keys = columns.filter(
    ({ name, type, texts, nPresent }) =>
      type === 'identifier' && isPersonName(name) && texts.length >= 2 && texts.length < nPresent,
  );
  const [key] = keys.sort((a, b) => a.texts.length - b.texts.length);
  return key?.name ?? null;
}

function judgeColumn(column: ColumnEvidence, table: DatedTable): Judgement | null {
  if (column.type === 'empty' || column.type === 'boolean' || column.texts.length === 0) return null;
  const dated = findDateOrAge(column, table);
  if (dated !== null || column.type === 'datetime') return dated;
  const claimed = readNamedKind(column.name);
  const named = claimed !== null && isClaimBelieved(column, claimed) ? claimed : null;
  const texts = column.type === 'continuous' ? [] : column.texts;
  const [form] = findForms(texts).filter((found) => isBelieved(found, column));
  const isRefuted = claimed !== null && named === null && column.texts.length < OWN_VALUE * column.nPresent;
  return joinEvidence(column.name, named, form ?? null) ?? (isRefuted ? null : judgeByType(column));
}

/** Share of rows with a value of their own below which a name that its values refute is all that made a type. */
const OWN_VALUE = 0.5;

function isClaimBelieved(column: ColumnEvidence, { kind, isSure }: NamedKind): boolean {
  const isOfThings = kind === 'other-code' && isNameOfThings(column.name);
  return !isOfThings && fitsName(column, kind, isSure);
}

/** Universal codes also name things; inference and the name know which. */
function isBelieved({ form }: FoundForm, { name, type }: ColumnEvidence): boolean {
  return form.kind !== 'other-code' || (type === 'identifier' && !isNameOfThings(name));
}

function joinEvidence(column: string, named: NamedKind | null, form: FoundForm | null): Judgement | null {
  if (named === null && form === null) return null;
  if (named === null) return form === null ? null : judgeByForm(column, form);
  const ofName = named.isSure ? OF_SURE_NAME : OF_LIKELY_NAME;
  const says = `The name says ${KINDS[named.kind].words} (“${named.word}”)`;
  const by = coarsen(column, named.kind);
  if (form === null) {
    const reason = `${says}, and the values could be such.`;
    return { kind: named.kind, reason, confidence: ofName, by };
  }
  const ofForm = OF_VALUES * rateForm(form);
  if (!isSameThing(named.kind, form.form.kind) && ofForm > ofName) return judgeByForm(column, form);
  const isConfirmed = isSameThing(named.kind, form.form.kind);
  const confidence = isConfirmed ? 1 - (1 - ofName) * (1 - ofForm) : ofName;
  const reason = isConfirmed ? `${says}, and ${describeForm(form)}.` : `${says}.`;
  return { kind: named.kind, reason, confidence, by };
}

function judgeByForm(column: string, found: FoundForm): Judgement {
  const text = describeForm(found);
  return {
    kind: found.form.kind,
    reason: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
    confidence: OF_VALUES * Math.max(0.5, rateForm(found)),
    by: coarsen(column, found.form.kind),
  };
}

function coarsen(column: string, kind: IdentifierKind): Generalisation | null {
  return kind === 'zip-code' ? { column, rule: 'zip3' } : null;
}

function describeForm({ form, nTexts, nFitting }: FoundForm): string {
  const share = nFitting === nTexts ? 'all' : formatShare(nFitting / nTexts);
  return `${share} of ${nTexts} different values have the form of ${form.what}`;
}

/** Kinds whose values cannot be told apart by form: the name then says which. */
const ALIKE: readonly (readonly IdentifierKind[])[] = [
  ['telephone', 'fax'],
  ['zip-code', 'postcode'],
  ['social-security-number', 'national-number', 'medical-record-number', 'health-plan-number'],
  [
    'medical-record-number',
    'health-plan-number',
    'device-number',
    'licence-number',
    'account-number',
    'other-code',
  ],
];

function isSameThing(a: IdentifierKind, b: IdentifierKind): boolean {
  return a === b || ALIKE.some((kinds) => kinds.includes(a) && kinds.includes(b));
}

/** What inference takes for an identifier or for free text, where neither name nor form says more. */
function judgeByType({ name, type, texts }: ColumnEvidence): Judgement | null {
  if (type === 'identifier') {
    if (isNameOfThings(name)) return null;
    const reason = 'Nearly every row, or every person, has a value of its own here.';
    return { kind: 'other-code', reason, confidence: OF_TYPE };
  }
  if (type !== 'text' || describeMeasurements(name, texts) !== null) return null;
  const reason = 'Wording that differs from row to row may name persons, places and dates.';
  return { kind: 'free-text', reason, confidence: OF_TYPE };
}
