/** The second half of a verifier written from docs/release-package.md alone: what evidence and criteria come to. */
import { canon, unzip, type Value } from './independent-verifier';

/** What a criterion comes to by the figures of a dossier; `not-evaluated` for what has none. */
export function judge({ measure, bound, threshold }: Value, { evidence, run }: Value): string {
  const { found, saidToBeNone } = run.identifiers ?? {};
  const none = saidToBeNone?.map(({ column, kind }: Value) => canon([column, kind]));
  const isOpen = (one: Value) => one.fate === 'as-it-is' && !none.includes(canon([one.column, one.kind]));
  const nOpen = found?.filter(isOpen).length;
  const count = found && { interval: { low: nOpen, high: nOpen }, ceiling: null };
  const measured = evidence?.measures.find(({ id }: Value) => id === measure);
  const figure = measure === 'direct-identifiers' ? count : measured;
  if (!figure || (threshold?.of && figure.ceiling === null)) return 'not-evaluated';
  if (threshold === null) return 'pass';
  const limit = threshold.of ? threshold.times * figure.ceiling + threshold.plus : threshold;
  const { low, high } = figure.interval;
  if (bound === 'at-most' ? high <= limit : low >= limit) return 'pass';
  return (bound === 'at-most' ? low > limit : high < limit) ? 'fail' : 'inconclusive';
}

/** What does not hold of findings, and of the gate that rests on them; nothing for a release of which all does. */
export function judgeIndependently(file: Buffer): string[] {
  const members = new Map(unzip(file));
  const read = (name: string): Value => JSON.parse(String(members.get(name)));
  const [dossier, { entries }] = [read('dossier.json'), read('audit-log.json')];
  const { policy, findings } = dossier;
  const outcomes = policy.criteria.map((each: Value) => [each.id, judge(each, dossier)]);
  const told = findings.map(({ criterion, outcome }: Value) => [criterion, outcome]);
  const isReasoned = ({ act, detail }: Value) => act === 'override' && /\S/.test(detail?.reason ?? '');
  const isMet = policy.purpose === 'testing' || outcomes.every(([, outcome]: Value) => outcome === 'pass');
  return [
    ...(canon(outcomes) === canon(told) ? [] : ['findings']),
    ...(isMet || entries.some(isReasoned) ? [] : ['gate']),
  ];
}
