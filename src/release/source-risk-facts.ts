import type { AuditEntry } from './audit-log';
import type { Fact } from './dossier';
import { knownFact, showCount, showShare } from './facts';
import { isRecord } from './plain-json';

/**
 * What the log says of the source's risk on its quasi-identifiers, as it was when a run last began; facts without a value
 * where no column was one.
 */
export function describeSourceRisk(log: readonly AuditEntry[]): readonly Fact[] {
  const found = [...log]
    .reverse()
    .map(({ act, detail }) => (act === 'handling' && isRecord(detail) ? detail : {}))
    .find((detail) => detail['of'] === 'source-risk');
  if (found === undefined)
    return [knownFact('sourceRisk', 'Risk of the source on its quasi-identifiers', 'not measured')];
  const number = (name: string) => (typeof found[name] === 'number' ? found[name] : 0);
  const names = Array.isArray(found['columns']) ? found['columns'].map(String) : [];
  const counted = typeof found['countedBy'] === 'string' ? `values of ${found['countedBy']}` : 'rows';
  const [nUnique, nPersons] = [number('nUnique'), number('nPersons')];
  return [
    knownFact('quasiIdentifiers', 'Quasi-identifiers of the source', names),
    knownFact(
      'sourceK',
      'Smallest group that is alike in all of them (k), in the source',
      `${showCount(number('k'))} (${counted})`,
    ),
    knownFact(
      'sourceUnique',
      'Unique by all of them, in the source',
      `${showCount(nUnique)} of ${showCount(nPersons)} (${showShare(nPersons === 0 ? 0 : nUnique / nPersons)}); of the source, and not of the synthetic records`,
    ),
  ];
}
