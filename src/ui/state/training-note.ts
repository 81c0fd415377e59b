import { tellEdit, tellPatch } from '../../data/edits/tell-edit';
import { DEFAULT_HANDLING } from '../../data/handling';
import type { AccountedFinding } from '../../data/identifiers/account-findings';
import type { ModelConfig } from '../../models/synthesizer';
import type { RunBasis, RunRecord } from '../../platform/projects/types';
import { settingsOf } from '../steps/train/settings';
import type { AuditNote } from './audit-notes';
import { copyJson } from './copy-json';
import { writeMoment } from './write-moment';

/**
 * A run that ended, one way or another, with all that it was trained under: model, settings, seeds, split, handling and
 * backend. It names columns and no values.
 *
 * @param identifiers findings with what became of them in this run; null where they are not at hand
 */
export function noteTraining(run: RunRecord, identifiers: readonly AccountedFinding[] | null): AuditNote {
  const { basis, result } = run;
  const detail = {
    run: run.id,
    model: run.model,
    chosenBy: run.advice === null ? 'person' : 'program',
    seed: run.seed,
    status: run.status,
    failure: run.failure?.code ?? null,
    startedAt: writeMoment(run.startedAt),
    endedAt: run.endedAt === null ? null : writeMoment(run.endedAt),
    settings: result?.config ?? fillIn(run),
    changed: run.config,
    backend: { asked: run.backend, used: result?.backend ?? null },
    epochs: result?.epochs ?? null,
    steps: result?.steps ?? run.step,
    stopReason: result?.stopReason ?? null,
    nTrain: run.nTrain,
    nHoldout: run.nHoldout,
    split: { ...basis.split, isOwnFile: basis.holdoutFile !== null },
    handling: describeHandling(basis),
    identifiers: identifiers && identifiers.map(describeFinding),
    directIdentifiers: run.identifiers ?? null,
    source: basis.source.id,
    tournament: run.tournament,
  };
  return { act: 'training', detail: copyJson(detail) };
}

/** Settings of a run that did not end by itself: those that were asked for, and the defaults of the others. */
function fillIn({ model, config }: RunRecord): ModelConfig {
  const presets = settingsOf(model, config).map(({ key, preset }) => [key, preset] as const);
  return { ...Object.fromEntries(presets), ...config };
}

/**
 * Choices and the edits that led to them; null for a run that does not know its edits. No hash tells of what was typed: a
 * declared range is guessed too easily.
 */
function describeHandling({ edits, handling }: RunBasis): object {
  const isOwnLabel = handling.pooledLabel !== DEFAULT_HANDLING.pooledLabel;
  return {
    choices: isOwnLabel ? tellPatch(handling) : handling,
    changes: edits === undefined ? null : edits.map(tellEdit),
  };
}

function describeFinding({ column, kind, proposal, isHandled, isLearnt }: AccountedFinding): object {
  return { column, kind, proposal: proposal.action, isHandled, isLearnt };
}
