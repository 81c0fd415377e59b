import { elementProbes } from './probes/elements';
import { journeyProbes } from './probes/journeys';
import type { Probe } from './probes/probe';
import { childRealtimeProbes, realtimeProbes } from './probes/realtime';
import { nestedScripts, pageScripts, serviceWorkerScripts, workerScripts } from './probes/scripts';
import type { ProbeSet } from './run-probes';

function makeSet(journeys: readonly Probe[]): ProbeSet {
  return [
    { context: 'page', probes: [...pageScripts, ...elementProbes, ...realtimeProbes, ...journeys] },
    { context: 'worker', probes: workerScripts },
    { context: 'nested worker', probes: nestedScripts },
    { context: 'service worker', probes: serviceWorkerScripts },
  ];
}

/** Every probe in every context that has it; those that may end their tab come last. */
export const allProbes: ProbeSet = makeSet([...journeyProbes, ...childRealtimeProbes]);

/** Of the probes that need a page of their own, one of each kind. */
const somePages: readonly string[] = [
  'new window',
  'script of an empty window',
  'link to a new window',
  'location by href',
  'link of a class',
  'drawn link by animation',
  'form by post',
  'meta refresh',
  'link clicked by hand',
  'link control-clicked by hand',
  'own page',
  'own cookie after a reload',
];

/** All probes that share an environment, and a few of those that need a page of their own. */
export const fastProbes: ProbeSet = makeSet(
  journeyProbes.filter(({ name, alone }) => !alone || somePages.includes(name)),
);
