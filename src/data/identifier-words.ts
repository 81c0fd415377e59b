/**
 * Names of columns that identify a person, in English, German, French, Spanish, Italian and Dutch; lower case, accents
 * folded, words joined by `_`.
 */

/** A person's name wherever the word stands in a header. */
export const NAME_WORDS: readonly string[] = [
  ...['surname', 'forename', 'firstname', 'lastname', 'initials'],
  ...[
    'nachname',
    'familienname',
    'zuname',
    'vorname',
    'rufname',
    'geburtsname',
    'madchenname',
    'maedchenname',
  ],
  ...['prenom', 'prenoms', 'apellido', 'apellidos', 'cognome'],
  ...['achternaam', 'voornaam', 'roepnaam', 'geboortenaam', 'meisjesnaam'],
];

/** Whole headers of contacts, places and names, each of which may also mean something else. */
export const CONTACT_NAMES: readonly string[] = [
  ...['contact', 'contact_details', 'next_of_kin', 'nok', 'nok_name', 'emergency_contact'],
  ...['gp', 'gp_name', 'employer', 'employer_name', 'street_address', 'home_address', 'postal_address'],
  ...[
    'mobile',
    'mobile_no',
    'mobile_number',
    'tel',
    'tel_no',
    'cellphone',
    'cell_phone',
    'mail',
    'mail_address',
  ],
  ...['barcode', 'specimen_barcode', 'sample_barcode', 'policy', 'ip', 'ip_address', 'ip_addr'],
  ...['anschrift', 'adresse', 'strasse', 'strasse_nr', 'strasse_hausnummer', 'strassenname', 'str'],
  ...['telefon', 'telefon_privat', 'telefon_nr', 'telefonnr', 'telefonnummer', 'tel_nr', 'tel_privat'],
  ...[
    'handy',
    'handy_nr',
    'handynr',
    'handynummer',
    'mobil',
    'mobil_nr',
    'mobilnr',
    'mobilnummer',
    'mobiltelefon',
  ],
  ...[
    'kontakt',
    'kontaktdaten',
    'notfallkontakt',
    'angehorige',
    'angehoerige',
    'angehoriger',
    'angehoeriger',
  ],
  ...['hausarzt', 'hausarzt_name', 'arbeitgeber', 'patientenname', 'mailadresse', 'emailadresse'],
  ...[
    'nom',
    'nom_de_naissance',
    'nom_naissance',
    'nom_de_famille',
    'nom_usage',
    'nom_d_usage',
    'nom_patient',
  ],
  ...['rue', 'telephone_portable', 'portable', 'courriel', 'adresse_mail', 'employeur', 'medecin_traitant'],
  ...[
    'nombre',
    'nombres',
    'nombre_completo',
    'primer_apellido',
    'segundo_apellido',
    'direccion',
    'domicilio',
  ],
  ...['calle', 'telefono', 'movil', 'telefono_movil', 'celular', 'correo', 'correo_electronico', 'empleador'],
  ...['medico_de_cabecera', 'nome', 'indirizzo', 'cellulare', 'posta_elettronica', 'datore_di_lavoro'],
  ...[
    'medico_curante',
    'medico_di_base',
    'naam',
    'adres',
    'straat',
    'straatnaam',
    'telefoon',
    'telefoonnummer',
  ],
  ...['mobiel', 'mobiele_telefoon', 'gsm', 'huisarts', 'werkgever', 'contactpersoon'],
];

/** Whole headers of a person's own number: those of hospitals, insurers and states. */
export const PERSON_NUMBERS: readonly string[] = [
  ...['mrn', 'medical_record_no', 'medical_record_number', 'hospital_no', 'hospital_num', 'hospital_number'],
  ...[
    'nhs',
    'nhs_no',
    'nhs_num',
    'nhs_number',
    'nhsno',
    'nhsnumber',
    'chi_no',
    'chi_number',
    'ur_no',
    'urno',
  ],
  ...['ssn', 'chart_no', 'chart_number', 'pid', 'patientno', 'patno'],
  ...['kvnr', 'kv_nr', 'kvnummer', 'kv_nummer', 'versichertennr', 'versichertennummer', 'versicherten_nr'],
  ...['versicherungsnr', 'versicherungsnummer', 'versicherungs_nr', 'krankenversicherungsnummer', 'rvnr'],
  ...['patientennr', 'patientennummer', 'patienten_nr', 'patienten_id', 'patientenid', 'pat_nr', 'patnr'],
  ...[
    'sozialversicherungsnummer',
    'svnr',
    'sv_nr',
    'ahv_nr',
    'ahvnr',
    'ahv_nummer',
    'steuer_id',
    'steuernummer',
  ],
  ...[
    'ipp',
    'nir',
    'nss',
    'numero_securite_sociale',
    'numero_de_securite_sociale',
    'numero_patient',
    'num_patient',
  ],
  ...[
    'dni',
    'nhc',
    'numero_historia_clinica',
    'numero_de_historia',
    'num_historia',
    'tarjeta_sanitaria',
    'nuhsa',
  ],
  ...[
    'codice_fiscale',
    'codice_sanitario',
    'tessera_sanitaria',
    'bsn',
    'burgerservicenummer',
    'patientnummer',
  ],
];

/** Whole headers of a file's, stay's or contract's number. */
export const FILE_NUMBERS: readonly string[] = [
  ...['casenote', 'casenotes', 'case_note', 'casenote_no', 'casenote_number', 'file_no', 'file_number'],
  ...['policy_no', 'policy_number', 'policy_nr'],
  ...[
    'aktenzeichen',
    'akten_nr',
    'aktennr',
    'aktennummer',
    'fallnr',
    'fall_nr',
    'fallnummer',
    'fallid',
    'fall_id',
  ],
  ...['aufnahmenr', 'aufnahmenummer', 'auftragsnr', 'auftragsnummer', 'policennummer'],
  ...['dossier', 'numero_dossier', 'num_dossier', 'numero_de_dossier', 'numero_expediente', 'expediente'],
  ...['numero_poliza', 'numero_pratica', 'numero_polizza', 'dossiernummer', 'polisnummer', 'opnamenummer'],
];

/** What may stand before or after a whole header without changing what it names. */
export const QUALIFIERS: readonly string[] = [
  ...['patient', 'pat', 'patients', 'home', 'work', 'private', 'privat', 'emergency', '1', '2'],
];
