import type { IdentifierFinding, ProposedHandling } from './finding';
import type { GeneraliseRule } from './generalise/generalisation';
import { KINDS } from './kinds';

const rules: Readonly<Record<GeneraliseRule, string>> = {
  zip3: 'Keep three digits, 000 for small areas',
  year: 'Keep the year',
  'days-since-first': 'Count days from the person’s first date',
  'age-90': 'Write ages over 89 as 90',
};

/** What a proposal would do, in words for its button's row. */
export function describeProposal(proposal: ProposedHandling): string {
  switch (proposal.action) {
    case 'drop':
      return 'Leave out';
    case 'regenerate':
      return 'Keep out of training, write surrogates';
    case 'quasi-identifier':
      return 'Learn it as a quasi-identifier';
    case 'generalise':
      return rules[proposal.by.rule];
  }
}

/** The kind of a finding with its item of Safe Harbor: `Street addresses (B)`. */
export function describeKind({ kind, letter }: IdentifierFinding): string {
  const { words } = KINDS[kind];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${letter})`;
}
