import type { JourneyStep } from '../../platform/projects/types';
import type { AppState } from '../state/app.svelte';
import { STEPS } from '../state/journey.svelte';

/** The step a fragment names; null for the start page, undefined for fragments of another kind (the skip link's). */
export function readStep(fragment: string): JourneyStep | null | undefined {
  const name = fragment.replace(/^#/, '');
  return name === '' ? null : STEPS.find((step) => step === name);
}

/**
 * Lets the browser's Back and Forward walk the steps. The step is kept in the fragment of the address, which no browser
 * sends anywhere and which names no project. Call while a component is being set up.
 *
 * @param askToLeave called instead of leaving a project in which a model is being trained
 */
export function followHistory(app: AppState, askToLeave: () => void): void {
  const step = $derived(app.journey?.record.step ?? null);
  let latest = app.journey?.record.id ?? null;
  let begun = false;

  $effect(() => {
    latest = app.journey?.record.id ?? latest;
    if (readStep(location.hash) !== step) {
      if (begun) location.hash = step ?? '';
      else location.replace(`#${step ?? ''}`);
    }
    begun = true;
  });

  async function follow(): Promise<void> {
    const target = readStep(location.hash);
    if (target === undefined || target === step) return;
    if (target === null) return leave();
    if (app.journey === null && latest !== null) await app.open(latest);
    if (app.journey?.canGo(target)) app.journey.go(target);
    else location.replace(`#${step ?? ''}`);
  }

  async function leave(): Promise<void> {
    if (!app.journey?.training.busy) return app.close();
    location.hash = step ?? '';
    askToLeave();
  }

  $effect(() => {
    const onChange = () => void follow();
    window.addEventListener('hashchange', onChange);
    return () => {
      window.removeEventListener('hashchange', onChange);
    };
  });
}
