import { ACCOUNT_AND_DEVICE_NUMBERS } from './account-and-device-numbers';
import { ADDRESS_FORMS } from './address-forms';
import { CONTACT_FORMS } from './contact-forms';
import { ENGLISH_NUMBERS } from './english-numbers';
import { EUROPEAN_NUMBERS } from './european-numbers';
import { IMAGE_FORMS } from './image-forms';
import { NAME_FORMS } from './name-forms';
import type { ValueForm } from './value-form';

/** A form that values of a column were found to have. */
export interface FoundForm {
  readonly form: ValueForm;
  /** Different texts looked at, and how many of them have the form. */
  readonly nTexts: number;
  readonly nFitting: number;
}

/** Every form, the more particular before those it contains. */
export const VALUE_FORMS: readonly ValueForm[] = [
  ...CONTACT_FORMS.slice(0, 1),
  ...IMAGE_FORMS,
  ...ACCOUNT_AND_DEVICE_NUMBERS,
  ...ENGLISH_NUMBERS,
  ...EUROPEAN_NUMBERS,
  ...ADDRESS_FORMS,
  ...CONTACT_FORMS.slice(1),
  ...NAME_FORMS,
];

/** Different texts of a column that are looked at, so that a long column costs no more than a short one. */
const SAMPLE = 500;

/**
 * Forms that enough of the different texts have, the best first: by how much more often they fit than by chance, then
 * in the order of the list. Texts are taken evenly over the column.
 */
export function findForms(texts: readonly string[]): FoundForm[] {
  const sample = takeEvenly(texts, SAMPLE);
  const found = VALUE_FORMS.flatMap((form): FoundForm[] => {
    const nFitting = sample.reduce((n, text) => (form.test(text) ? n + 1 : n), 0);
    const isEnough = nFitting >= form.fewest && nFitting >= form.share * sample.length;
    return isEnough && nFitting > 0 ? [{ form, nTexts: sample.length, nFitting }] : [];
  });
  return found.sort((a, b) => rateForm(b) - rateForm(a));
}

/** 0–1: the share of values that fit, above what chance would give. */
export function rateForm({ form, nTexts, nFitting }: FoundForm): number {
  return Math.max(0, (nFitting / nTexts - form.chance) / (1 - form.chance)) * (1 - form.chance / 2);
}

function takeEvenly(texts: readonly string[], n: number): readonly string[] {
  if (texts.length <= n) return texts;
  return Array.from({ length: n }, (_, i) => texts[Math.floor((i * texts.length) / n)] ?? '');
}
