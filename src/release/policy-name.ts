import { PURPOSES } from '../data/purpose';
import type { Policy } from './policy';
import { presetPolicy } from './policy-presets';

type Named = Pick<Policy, 'name' | 'purpose'>;

/** The name of a policy as it is shown to anyone: one that is not that of its purpose is followed by the purpose. */
export function namePolicy({ name, purpose }: Named): string {
  const own = presetPolicy(purpose).name;
  return isSameName(name, own) ? own : `${name} (${own.toLowerCase()})`;
}

/** Why a policy cannot be called so, as an item of a list of problems: a name must not be that of another purpose. */
export function findNameProblems({ name, purpose }: Named): readonly string[] {
  const other = PURPOSES.find((each) => each !== purpose && isSameName(name, presetPolicy(each).name));
  if (other === undefined) return [];
  const own = presetPolicy(purpose).name;
  return [`its name "${name}" is that of another purpose, while its purpose is ${own.toLowerCase()}`];
}

function isSameName(one: string, other: string): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return bare(one) === bare(other);
}
