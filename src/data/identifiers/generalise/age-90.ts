import type { RawColumn } from '../../raw-column';
import type { ReadingRules } from '../../tally';
import { isNumberText, parseNumber } from '../../number-text';
import { rewriteLevels, type Rewritten } from './rewrite-levels';

const OLDEST = 89;

/**
 * Ages over 89 to 90, 45 CFR 164.514(b)(2)(i)(C); a number, so that the column stays one, and so also for 89.5. Texts
 * that are no numbers (`90+`) stay.
 */
export function generaliseAge(raw: RawColumn, rules: ReadingRules): Rewritten {
  return rewriteLevels(raw, rules.missingTokens, (text) => {
    const isOld = isNumberText(text, rules) && parseNumber(text, rules) > OLDEST;
    return isOld ? '90' : text;
  });
}
