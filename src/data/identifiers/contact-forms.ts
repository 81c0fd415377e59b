import {
  hasEmail,
  isNetworkAddress,
  isObjectIdentifier,
  isTelephone,
  isUuid,
  isWebAddress,
} from '../structured-values';
import { sureForm, type ValueForm } from './value-form';

const PHONE_MARKS = /^[+(\d][\d ().\-/+]*\d(?: ?(?:x|ext\.?|#) ?\d{1,6})?$/i;
/** Forms that are as long but never telephone numbers. */
const NOT_PHONE =
  /^(?:\d{3}-\d{2}-\d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?: .*)?|\d+(?:\.\d+)?|(?:\d{1,3}\.){3}\d{1,3}|\d{1,3}(?:[ .]\d{3})+|(?:\d{4}[ -]){3}\d{1,7}|\d{5}-\d{4}|\d+\.\d+ ?- ?\d+\.\d+)$/;

/** A telephone number written with marks: seven to fifteen digits, in groups (ITU-T E.123 and what people write). */
export function isWrittenTelephone(text: string): boolean {
  if (text.length > 32) return false;
  if (isTelephone(text)) return true;
  if (!PHONE_MARKS.test(text) || NOT_PHONE.test(text)) return false;
  const groups = text.replace(/(?:x|ext\.?|#).*$/i, '').match(/\d+/g) ?? [];
  const nDigits = groups.join('').length;
  return nDigits >= 7 && nDigits <= 15 && groups.every((group) => group.length <= 8);
}

const DOMAIN = /^(?:https?:\/\/)?(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,24}(?:[/?#:]\S*)?$/i;
const FILE_END = /\.(?:csv|txt|jpe?g|png|gif|tiff?|bmp|dcm|pdf|docx?|xlsx?|wav|mp3|zip|xml|json)$/i;

/** A web address with or without its scheme, or the name of a host. */
export function isHost(text: string): boolean {
  return isWebAddress(text) || (DOMAIN.test(text) && !FILE_END.test(text) && !text.includes('@'));
}

/** An IPv6 address, RFC 4291: up to eight groups, one run of zeros left out. */
export function isIpv6(text: string): boolean {
  if (!/^[0-9a-f:]{2,39}$/i.test(text) || !text.includes(':')) return false;
  const groups = text.split(':');
  const isShortened = text.includes('::');
  if (text.split('::').length > 2 || groups.some((group) => group.length > 4)) return false;
  const nFilled = groups.filter((group) => group !== '').length;
  return isShortened ? nFilled <= 7 && nFilled >= 2 : nFilled === 8 && groups.length === 8;
}

/** Ways to reach a person or a machine, and universal codes. */
export const CONTACT_FORMS: readonly ValueForm[] = [
  sureForm('email', 'an e-mail address', hasEmail, { fewest: 1, share: 0 }),
  sureForm('network-address', 'a network address', (text) => isNetworkAddress(text) || isIpv6(text)),
  sureForm('web-address', 'a web address', isWebAddress),
  sureForm('web-address', 'the name of an internet host', isHost, { share: 0.6 }),
  sureForm('telephone', 'a telephone number', isWrittenTelephone, { share: 0.3 }),
  sureForm('other-code', 'a universally unique identifier (UUID)', isUuid, { share: 0.3 }),
  sureForm('other-code', 'an object identifier (OID)', isObjectIdentifier, { share: 0.9 }),
];
