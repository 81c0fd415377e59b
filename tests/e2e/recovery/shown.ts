import type { Page } from 'playwright-core';

/** What stands on the screen at one instant. Null = not shown. */
export interface Shown {
  readonly step: string | null;
  readonly save: string | null;
  readonly table: string | null;
  readonly role: string | null;
  readonly doing: string | null;
  readonly trainStep: number | null;
  /** Step of the checkpoint that the page says is saved. */
  readonly keptStep: number | null;
  readonly runs: readonly string[];
  readonly quality: string | null;
}

/** Reads the screen in one go, so that all of it belongs together. Throws when the page is gone. */
export function readShown(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const text = (element: Element | null | undefined) =>
      element?.textContent?.replace(/\s+/g, ' ').trim() ?? null;
    const main = text(document.querySelector('main')) ?? '';
    const digits = (found: RegExpExecArray | null) =>
      found === null ? null : Number((found[1] ?? '').replace(/\D/g, ''));
    const rows = [...document.querySelectorAll('[aria-label="Runs of this project"] tbody tr')];
    const terms = [...document.querySelectorAll('dt')];
    const stepText = text(terms.find((term) => term.textContent === 'Step')?.nextElementSibling);
    const role = document.querySelector<HTMLSelectElement>('[aria-label="Role of smoker"]');
    const quality = text(rows[0]?.querySelector('td:nth-child(5)'));
    return {
      step: text(document.querySelector('h1')),
      save: text(
        [...document.querySelectorAll('header button')].find((one) => /^\s*(Sav|Only)/.test(one.textContent)),
      ),
      table: /(\S+ was read as \d+ rows)/.exec(main)?.[1] ?? null,
      role: role?.selectedOptions[0]?.textContent ?? null,
      doing: text(document.querySelector('main [role="progressbar"]')?.parentElement),
      trainStep: stepText === null ? null : digits(/^([\d\s]+) of/.exec(stepText)),
      keptStep: digits(/saved at step ([\d\s]+)\./.exec(main)),
      runs: rows.map((row) => text(row.querySelector('td.status')) ?? ''),
      quality: quality !== null && /^[01]\./.test(quality) ? quality : null,
    };
  });
}

/** The most that the page has ever shown as saved; what is found later must be at least this. */
export interface Safe {
  readonly table: string | null;
  readonly role: string | null;
  readonly keptStep: number;
  readonly nFinished: number;
  readonly quality: string | null;
}

export const NOTHING_SAFE: Safe = { table: null, role: null, keptStep: 0, nFinished: 0, quality: null };

/** What is safe after the screen has shown this. A checkpoint says by itself that it is saved. */
export function addShown(safe: Safe, shown: Shown): Safe {
  const keptStep = Math.max(safe.keptStep, shown.keptStep ?? 0);
  if (shown.save !== 'Saved on this device') return { ...safe, keptStep };
  return {
    table: shown.table ?? safe.table,
    role: shown.role ?? safe.role,
    keptStep,
    nFinished: Math.max(safe.nFinished, shown.runs.filter((run) => run.startsWith('finished')).length),
    quality: shown.quality ?? safe.quality,
  };
}

export function describeSafe({ table, role, keptStep, nFinished, quality }: Safe): string {
  const facts = [
    table === null ? null : 'table',
    role === null ? null : `role ${role}`,
    keptStep === 0 ? null : `checkpoint ${keptStep}`,
    nFinished === 0 ? null : 'run finished',
    quality === null ? null : `quality ${quality}`,
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? 'nothing' : facts.join(', ');
}
