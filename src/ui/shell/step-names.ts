import type { JourneyStep } from '../../platform/projects/types';

/** What the steps are called. */
export const stepNames: Readonly<Record<JourneyStep, string>> = {
  data: 'Data',
  schema: 'Schema',
  train: 'Train',
  synthetic: 'Synthetic data',
  evidence: 'Evidence',
  export: 'Export',
  release: 'Release',
};

/**
 * Title of the window. It ends up in the browser's history, which may be synchronised, so it names the step and never the
 * project, whose name comes from a file's.
 */
export function titlePage(step: JourneyStep | null): string {
  return step === null ? 'Understudy' : `${stepNames[step]} · Understudy`;
}

const opensWith: Readonly<Record<JourneyStep, string>> = {
  data: '',
  schema: 'a file has been read',
  train: 'a file has been read',
  synthetic: 'a model has been trained',
  evidence: 'a model has been trained',
  export: 'a model has been trained',
  release: 'a model has been trained',
};

/** One sentence for all closed steps that wait for the same. */
export interface ClosedSteps {
  readonly steps: readonly JourneyStep[];
  readonly sentence: string;
}

/** Why steps are closed: `Synthetic data and Export open when a model has been trained.` */
export function explainClosed(closed: readonly JourneyStep[]): readonly ClosedSteps[] {
  return [...new Set(closed.map((step) => opensWith[step]))].map((what) => {
    const steps = closed.filter((step) => opensWith[step] === what);
    const verb = steps.length === 1 ? 'opens' : 'open';
    return { steps, sentence: `${listNames(steps.map((step) => stepNames[step]))} ${verb} when ${what}.` };
  });
}

/** `a`, `a and b`, `a, b and c`. */
function listNames(names: readonly string[]): string {
  const last = names.slice(-1);
  const rest = names.slice(0, -1).join(', ');
  return rest === '' ? last.join('') : `${rest} and ${last.join('')}`;
}
