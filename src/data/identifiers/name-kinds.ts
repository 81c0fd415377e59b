import { foldWord, isClassificationName, splitName } from '../column-names';
import { CONTACT_NAMES, FILE_NUMBERS, NAME_WORDS, PERSON_NUMBERS } from '../identifier-words';
import { isPersonName, judgeIdentifierName } from '../identifier-names';
import type { IdentifierKind } from './kinds';

/** What a column's name says of it. */
export interface NamedKind {
  readonly kind: IdentifierKind;
  /** The word or words of the name that say so. */
  readonly word: string;
  /** False for words with other meanings, which count only beside values that fit. */
  readonly isSure: boolean;
}

interface Rule {
  readonly kind: IdentifierKind;
  readonly isSure: boolean;
  /** Any one word of the name. */
  readonly word?: RegExp;
  /** A run of words joined by `_`. */
  readonly run?: RegExp;
  /** The whole name joined by `_`. */
  readonly whole?: RegExp;
}

const sure = (kind: IdentifierKind, at: Omit<Rule, 'kind' | 'isSure'>): Rule => ({
  kind,
  isSure: true,
  ...at,
});
const likely = (kind: IdentifierKind, at: Omit<Rule, 'kind' | 'isSure'>): Rule => ({
  kind,
  isSure: false,
  ...at,
});

const NUMBER = '(?:id|ids|no|nr|num|number|nummer|numero|code)';
const PERSON =
  '(?:patient|person|user|doctor|physician|provider|surgeon|nurse|clinician|consultant|owner|guardian|mother|father|parent|spouse|wife|husband|child|kin|relative|contact|employer|employee|staff|caregiver|carer|gp|pcp|legal|display|full|first|last|middle|given|family|maiden|birth|nick|preferred|previous|former)';

/** In English, German, French, Spanish, Italian and Dutch; accents folded. The first rule that fits decides. */
const RULES: readonly Rule[] = [
  sure('fax', { word: /^(?:fax|telefax|faxno|faxnr|telecopie|faxnummer)$/ }),
  sure('email', {
    word: /^(?:email|mailadresse|emailadresse|courriel|emailaddress)$/,
    run: /\b(?:e_?mail|mail_addr|correo_electronico|posta_elettronica|adresse_mail)/,
  }),
  likely('email', { whole: /^(?:mail|correo)$/ }),
  sure('network-address', {
    word: /^(?:ipaddress|ipaddr|ipv4|ipv6)$/,
    run: /(?:^|_)ip_(?:addr|address|adresse|number)/,
  }),
  likely('network-address', { whole: /^(?:ip|client_ip|host_ip|last_ip|login_ip)$/ }),
  sure('device-number', {
    word: /^(?:imei|imsi|udi|macaddress|serialno|serialnumber)$/,
    run: new RegExp(
      `(?:^|_)(?:mac_addr|mac_address|serial_${NUMBER}|device_(?:serial|uid|${NUMBER})|implant_(?:serial|${NUMBER})|pacemaker_(?:serial|${NUMBER})|seriennummer)`,
    ),
  }),
  likely('device-number', { whole: /^(?:serial|seriennr|device|deviceid)$/ }),
  sure('vehicle-number', {
    word: /^(?:vin|kennzeichen|licenseplate|licenceplate|numberplate)$/,
    run: new RegExp(
      `(?:^|_)(?:licen[cs]e_plate|number_plate|plate_${NUMBER}|vehicle_(?:${NUMBER}|reg\\w*|plate)|immatriculation|matricula|targa|kenteken)(?:_|$)`,
    ),
  }),
  likely('vehicle-number', { whole: /^(?:plates?|number_plate|registration)$/ }),
  sure('social-security-number', {
    word: /^(?:ssn|socialsecurity|socialsecuritynumber)$/,
    run: /(?:^|_)(?:social_security|soc_sec)/,
  }),
  sure('health-plan-number', {
    word: /^(?:hicn|mbi|medicare|medicaid|kvnr|kvnummer|memberid|beneficiaryid|subscriberid)$|^(?:krankenversicherungs|versicherten)(?:nr|nummer)$/,
    run: new RegExp(
      `(?:^|_)(?:(?:hic|member|beneficiary|subscriber|insurance|insured|policy|plan|health_card|ohip|kv|versicherten|versicherungs)_${NUMBER}|tarjeta_sanitaria|tessera_sanitaria)(?:_|$)`,
    ),
  }),
  likely('health-plan-number', {
    whole:
      /^(?:policy|insurance|hcn|versicherungs(?:nr|nummer)|policennummer|polisnummer|numero_poli[zs]z?a|nuhsa|codice_sanitario)$/,
  }),
  sure('account-number', {
    word: /^(?:iban|accountno|acctno|kontonummer|kontonr|ccnumber|ccn|creditcard|cardnumber)$/,
    run: new RegExp(
      `(?:^|_)(?:(?:account|acct|card|cc|bank|konto|compte|cuenta|conto|rekening|billing)_${NUMBER}|credit_card|debit_card|numero_de_compte)(?:_|$)`,
    ),
  }),
  likely('account-number', { whole: /^(?:account|acct|card)$/ }),
  sure('licence-number', {
    word: /^(?:passport|npi|driverslicen[cs]e|passnummer|reisepass|passeport|pasaporte|passaporto|paspoort)$/,
    run: new RegExp(
      `(?:^|_)(?:visa_${NUMBER}|drivers?(?:_?licen[cs]e)?|licen[cs]e(?:_${NUMBER})?|dea(?:_${NUMBER})?|certificate_${NUMBER}|registration_${NUMBER}|gmc_${NUMBER}|permis_de_conduire)(?:_|$)`,
    ),
  }),
  sure('national-number', {
    word: /^(?:nhs|nhsno|nhsnumber|nino|bsn|burgerservicenummer|nir|dni|nie|nif|personnummer|cpr|pesel|cpf|aadhaar|sin|ahvnr|svnr|rvnr|sozialversicherungsnummer|steuernummer|nationalid|codicefiscale)$/,
    run: new RegExp(
      `(?:^|_)(?:national_(?:insurance_)?${NUMBER}|identity_(?:card|${NUMBER})|(?:chi|nhi|ahv|sv|rv|ihi|pps|tax)_${NUMBER}|steuer_id|codice_fiscale|numero_(?:de_)?securite_sociale)(?:_|$)`,
    ),
  }),
  likely('national-number', { whole: /^(?:chi|nhi|nss|ahv|pps)$/ }),
  sure('telephone', {
    word: /^(?:phones?\d?|telephone|cellphone|phoneno|phonenumber|telefon\w*|telefono|telefoon\w*|handynr|handynummer|mobilnr|mobilnummer|mobiltelefon|cellulare)$/,
    run: new RegExp(
      `(?:^|_)(?:(?:mobile|cell|tel|contact|pager|handy|mobil)_(?:${NUMBER}|privat|home|work)|cell_phone)(?:_|$)`,
    ),
  }),
  likely('telephone', {
    whole:
      /^(?:(?:home|work|private|privat|patient|emergency)_)?(?:mobile|tel|cell|handy|mobil|movil|celular|portable|mobiel|gsm|pager|contact)$/,
  }),
  sure('photograph', {
    word: /^(?:photo|photos|photograph|portrait|headshot|selfie|mugshot|avatar|passfoto|foto)$/,
  }),
  likely('photograph', { word: /^(?:image|picture|img|bild)$/ }),
  sure('biometric', {
    word: /^(?:biometric|biometrics|fingerprint|fingerprints|voiceprint|faceprint|retinascan|irisscan|fingerabdruck)$/,
    run: /(?:^|_)(?:finger_print|voice_(?:print|sample|record\w*)|(?:retina|iris|palm)_(?:scan|print))(?:_|$)/,
  }),
  sure('web-address', {
    word: /^(?:url|urls|website|homepage|webseite)$/,
    run: /(?:^|_)web_(?:site|page|address)(?:_|$)/,
  }),
  likely('web-address', { word: /^(?:domain|uri|hostname|link|sitio)$/ }),
  sure('coordinates', {
    word: /^(?:latitude|longitude|geolocation|geocode|breitengrad|langengrad|latlon|latlng)$/,
  }),
  likely('coordinates', {
    word: /^(?:lat|lon|lng|coordinates?|coords|easting|northing|gps)$/,
    whole: /^long$/,
  }),
  sure('zip-code', { word: /^(?:zip|zip[345]|zipcode|zipcode[345])$/ }),
  likely('zip-code', { whole: /^(?:(?:patient|home|mailing)_)?postal(?:_?code)?$/ }),
  sure('postcode', {
    word: /^(?:postcode|plz|postleitzahl|postalcode|eircode)$/,
    run: /(?:^|_)(?:post_code|postal_code|code_postal|codigo_postal|codice_postale)(?:_|$)/,
  }),
  likely('postcode', { whole: /^(?:cp|cap|pincode|pin_code)$/ }),
  sure('medical-record-number', {
    word: /^(?:mrn|empi|usubjid|subjid|patid)$/,
    run: new RegExp(`(?:^|_)(?:patient|subject|participant|accession|hosp|specimen|sample)_${NUMBER}(?:_|$)`),
  }),
  likely('medical-record-number', {
    whole: new RegExp(
      `^(?:participant|accession|(?:case|visit|study|screening|randomi[sz]ation|enrol\\w*)_${NUMBER})$`,
    ),
  }),
  sure('other-code', {
    word: /^(?:password|passwort|username|login|uuid|guid|barcode)$/,
    run: /(?:^|_)(?:user_name|log_in|access_token)(?:_|$)/,
  }),
  likely('other-code', { word: /^uid$/ }),
  sure('person-name', {
    run: new RegExp(`(?:^|_)${PERSON}_?names?(?:_|$)`),
    word: new RegExp(
      `^(?:${NAME_WORDS.join('|')}|maiden|fullname|patientname|givenname|familyname|maidenname|nachname|pn[ao]m)$`,
    ),
  }),
  sure('person-name', {
    whole:
      /^(?:name|names|first|last|middle|maiden|middle_initial|patientenname|naam|cognome|nom|nombres?(?:_completo)?|nome|contactpersoon|next_of_kin|nok|emergency_contact|(?:primer|segundo)_apellido|nom_\w+)$/,
  }),
  likely('person-name', {
    whole:
      /^(?:gp|employer|hausarzt|huisarts|arbeitgeber|werkgever|employeur|empleador|medecin_traitant|medico_\w+|datore_di_lavoro|ange?ho[e]?rige[r]?|notfallkontakt|surgeon|physician|doctor|attending|consultant|referring_physician|mother|father|spouse|guardian|owner|signature|(?:referring|attending|ordering|treating|admitting)_(?:md|provider|physician|doctor|surgeon|clinician))$/,
  }),
  sure('street-address', {
    word: /^(?:address|addr\d?|address\d|addressline\d?|street|streetaddress|anschrift|hausnummer|hausnr|huisnummer|strassenname|domicilio|direccion|indirizzo|straatnaam|adres)$/,
  }),
  likely('street-address', { word: /^(?:adresse|strasse|str|straat|rue|calle|residence)$/ }),
  sure('place', {
    word: /^(?:city|town|village|county|fips|municipality|birthplace|suburb|neighbou?rhood|parish|zcta|wohnort|geburtsort|gemeinde|stadt|ville|commune|ciudad|municipio|citta|comune|woonplaats|geboorteplaats|gemeente)$/,
    run: /(?:^|_)(?:census_(?:tract|block)|place_of_(?:birth|death)|birth_place|lieu_de_naissance|lugar_de_nacimiento|luogo_di_nascita)(?:_|$)/,
  }),
  likely('place', {
    whole: /^(?:tract|borough|precinct|ort|provincia|landkreis|departement|arrondissement|lsoa|msoa)$/,
  }),
];

/** The kind of identifier that a name claims; null when it claims none. Keys are told by {@link judgeIdentifierName}. */
export function readNamedKind(name: string): NamedKind | null {
  const words = splitName(name).map(foldWord);
  const joined = words.join('_');
  for (const { kind, isSure, word, run, whole } of RULES) {
    const found =
      (word && words.find((candidate) => word.test(candidate))) ??
      run?.exec(joined)?.[0].replace(/^_|_$/g, '') ??
      whole?.exec(joined)?.[0];
    if (found !== undefined) return { kind, word: found.replaceAll('_', ' '), isSure };
  }
  return readKey(name, joined);
}

const persons = new Set(PERSON_NUMBERS);
const files = new Set(FILE_NUMBERS);
const contacts = new Set(CONTACT_NAMES);

function readKey(name: string, joined: string): NamedKind | null {
  const judged = judgeIdentifierName(name);
  const word = joined.replaceAll('_', ' ');
  if (judged === null || judged === 'generic') return null;
  if (judged === 'record' || persons.has(joined) || files.has(joined))
    return { kind: 'medical-record-number', word, isSure: judged !== 'likely' };
  return { kind: 'other-code', word, isSure: judged === 'direct' && !contacts.has(joined) };
}

const THINGS =
  /^(?:organi[sz]ations?|payers?|facility|hospital|clinic|department|dept|ward|unit|vendor|manufacturer|site|centers?|centres?|items?|itemid|product|drug|concept|test|procedure)$/;

/** True for names of what is no person and no record of one: organisations, wards, things and their codes. */
export function isNameOfThings(name: string): boolean {
  if (isPersonName(name)) return false;
  return isClassificationName(name) || splitName(name).some((word) => THINGS.test(foldWord(word)));
}
