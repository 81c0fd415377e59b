/** Said where no ledger was kept. */
export const NO_FORMAL_GUARANTEE =
  'None. No differential privacy was applied, so there is no bound on what an attacker can learn; item 9 says what the attacks that were tried have reached.';

/** What holds of all records that this program draws. */
export const KNOWN_LIMITS: readonly string[] = [
  'A model keeps what it learned and loses the rest: relations among three and more columns, rare combinations and the tails of distributions are the first to go.',
  'Intervals tell of the chance in the samples compared, not of the chance in training; another run of the same model gives somewhat other figures.',
  'Attacks give a lower bound: one that was not tried, or an attacker who knows more, may reach further.',
  'What was biased or wrong in the source is so in these records.',
  'The log is that of one project. Results that were seen elsewhere before the criteria were fixed, in another project of the same source or on the command line, are not in it.',
  'Times in the log are those of the device that wrote it: they are asserted, and not proven. Two keys do not prove two people.',
];

/** What such records must not be used for, whoever receives them. */
export const FORBIDDEN_USES: readonly string[] = [
  'Decisions about individual people.',
  'Conclusions about rare diseases, small groups or single rows.',
  'Tests, p-values and intervals reported as if the rows had been observed, without a correction for synthesis.',
  'Any attempt to recognise a person, or to link rows to other records.',
];
