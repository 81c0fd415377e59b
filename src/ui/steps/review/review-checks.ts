import type { CheckedPackage } from '../../../platform/check-package';
import { MEMBER } from '../../../release/package';
import { formatCount, formatItems } from '../../parts/NumberText';
import type { CountedTable } from '../../state/count-tables';

/** One thing that was worked out again on this device. */
export interface ReviewCheck {
  /** Null while it is at work, and where there was nothing to hold it against. */
  readonly holds: boolean | null;
  readonly sentence: string;
}

/** What was recomputed without the source, in the order in which a verifier works. */
export function listChecks(
  checked: CheckedPackage,
  tables: readonly CountedTable[] | null,
): readonly ReviewCheck[] {
  return [
    checkFiles(checked),
    checkSignatures(checked),
    checkLog(checked),
    checkFindings(checked),
    ...checkTables(tables),
  ];
}

function checkFiles({ verification, files }: CheckedPackage): ReviewCheck {
  const others: readonly string[] = [MEMBER.signOffs, MEMBER.log];
  const bad = verification.problems.some(
    ({ kind, member }) => (kind === 'altered' || kind === 'unreadable') && !others.includes(member),
  );
  return {
    holds: !bad,
    sentence: bad
      ? 'Files are not what the lists in the package, the signatures or other files say of them.'
      : `${formatItems(files.length, 'file')} ${files.length === 1 ? 'is' : 'are'} what the package lists and, where there are signatures, what was signed: the fingerprint of each (SHA-256, a number that any change alters) was worked out again.`,
  };
}

function checkSignatures({ verification, signOffs }: CheckedPackage): ReviewCheck {
  const n = verification.signers.length;
  if (signOffs.length === 0) return { holds: null, sentence: 'There is no signature yet.' };
  return {
    holds: n === signOffs.length,
    sentence: `${formatCount(n)} of ${formatItems(signOffs.length, 'signature')} ${n === 1 ? 'holds' : 'hold'}.`,
  };
}

function checkLog({ verification, log }: CheckedPackage): ReviewCheck {
  const bad =
    log === null ||
    verification.problems.some(({ kind, member }) => member === MEMBER.log && kind !== 'criteria');
  return {
    holds: !bad,
    sentence: bad
      ? 'The log is not what was written and signed.'
      : `The log is whole: ${formatItems(log.length, 'entry', 'entries')}, each with the fingerprint of the one before, so that none could be changed, taken out or put in between unseen.`,
  };
}

function checkFindings({ findings, dossier }: CheckedPackage): ReviewCheck {
  if (dossier === null)
    return { holds: false, sentence: 'The dossier cannot be read, so no finding could be worked out.' };
  const nSame = findings.filter(({ isSame }) => isSame).length;
  const isSame = nSame === findings.length && findings.length === dossier.findings.length;
  return {
    holds: isSame,
    sentence: isSame
      ? `${formatItems(findings.length, 'finding')} ${findings.length === 1 ? 'was' : 'were'} worked out again from evidence and criteria, with the same result.`
      : `Worked out again, ${formatCount(findings.length - nSame)} of ${formatItems(findings.length, 'finding')} come to something else than the dossier states.`,
  };
}

function checkTables(tables: readonly CountedTable[] | null): readonly ReviewCheck[] {
  if (tables === null) return [{ holds: null, sentence: 'Rows and columns are not counted.' }];
  return tables.flatMap(({ name, counts, problems, against }): readonly ReviewCheck[] => {
    if (problems.length > 0) return problems.map((sentence) => ({ holds: false, sentence }));
    if (counts === null) return [];
    const has = `${name} was read: ${formatItems(counts.nRows, 'row')} and ${formatItems(counts.nColumns, 'column')}`;
    if (against.length === 0)
      return [{ holds: null, sentence: `${has}; nothing is said of how many there should be.` }];
    return [
      {
        holds: true,
        sentence: `${has}, as ${against.join(' and ')} ${against.length === 1 ? 'says' : 'say'}.`,
      },
    ];
  });
}
