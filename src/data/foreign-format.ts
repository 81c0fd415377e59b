/** What a file is that holds no table this program reads, by its first bytes, and what to do about it. */
export interface ForeignFormat {
  /** With its article, "a PDF document". */
  readonly name: string;
  /** What to do, an imperative without a full stop. */
  readonly advice: string;
}

interface Mark {
  readonly bytes: readonly number[];
  /** Where the bytes stand; 0 unless said. */
  readonly at?: number;
  /** Letters that a table might start with too: they count only where a byte follows that text has not. */
  readonly isText?: true;
  readonly format: ForeignFormat;
}

const SAVE_TABLE = 'save the table as CSV, Parquet or a workbook (.xlsx) and open that';
const UNPACK = 'unpack it and open the table inside';

const foreign = (name: string, advice = SAVE_TABLE): ForeignFormat => ({ name, advice });
const ascii = (text: string) => Array.from(text, (char) => char.charCodeAt(0));
const mark = (text: string, name: string, advice?: string): Mark => ({
  bytes: ascii(text),
  format: foreign(name, advice),
});
const lettered = (text: string, name: string, advice?: string): Mark => ({
  ...mark(text, name, advice),
  isText: true,
});
const marked = (bytes: readonly number[], name: string, advice?: string): Mark => ({
  bytes,
  format: foreign(name, advice),
});

const SAS = 'export the data set in SAS with PROC EXPORT, or in R with haven, as CSV and open that';
const STATA = 'write it in Stata with "export delimited", or in R with haven, as CSV and open that';
const SPSS = 'save it in SPSS as CSV, or write it in R with haven, and open that';
const R = 'write the table in R with write.csv and open that';

const MARKS: readonly Mark[] = [
  lettered('PARE', 'an encrypted Parquet file', 'write it without encryption and open that'),
  mark('%PDF', 'a PDF document', 'open the file that the table in it was made from'),
  marked([0x89, 0x50, 0x4e, 0x47], 'a picture'),
  marked([0xff, 0xd8, 0xff], 'a picture'),
  lettered('GIF8', 'a picture'),
  marked([0x49, 0x49, 0x2a, 0x00], 'a picture'),
  marked([0x4d, 0x4d, 0x00, 0x2a], 'a picture'),
  { bytes: ascii('DICM'), at: 128, format: foreign('a DICOM image', 'this program reads tables only') },
  mark('SQLite format 3\0', 'an SQLite database', 'export one table of it as CSV and open that'),
  marked(
    [0x00, 0x01, 0x00, 0x00, ...ascii('Standard ')],
    'an Access database',
    'export one table of it as CSV and open that',
  ),
  lettered('$FL2', 'an SPSS data file', SPSS),
  lettered('$FL3', 'an SPSS data file', SPSS),
  mark('<stata_dta>', 'a Stata data file', STATA),
  marked([...Array<number>(12).fill(0), 0xc2, 0xea, 0x81, 0x60], 'a SAS data set', SAS),
  mark('HEADER RECORD*******', 'a SAS transport file', SAS),
  lettered('RDX2\n', 'an R data file', R),
  lettered('RDX3\n', 'an R data file', R),
  lettered('RDA3\n', 'an R data file', R),
  mark('X\n\0\0', 'an R data file', R),
  lettered('FEA1', 'a Feather file', 'write it as Parquet and open that'),
  lettered('ARROW1', 'an Arrow (Feather) file', 'write it as Parquet and open that'),
  lettered('ORC', 'an ORC file', 'write it as Parquet and open that'),
  lettered('Obj\x01', 'an Avro file', 'write it as Parquet and open that'),
  marked([0x89, 0x48, 0x44, 0x46], 'an HDF5 file', 'write the table as Parquet and open that'),
  marked([0x93, ...ascii('NUMPY')], 'a NumPy array', 'write it as CSV and open that'),
  marked([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'a 7-Zip archive', UNPACK),
  lettered('Rar!', 'a RAR archive', UNPACK),
  marked([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 'packed with xz', UNPACK),
  marked([0x28, 0xb5, 0x2f, 0xfd], 'packed with Zstandard', UNPACK),
  marked([0x04, 0x22, 0x4d, 0x18], 'packed with LZ4', UNPACK),
  lettered('BZh', 'packed with bzip2', UNPACK),
  { bytes: ascii('ustar'), at: 257, format: foreign('a tar archive', UNPACK) },
  mark('{\\rtf', 'a text document (RTF)'),
];

const HTML: ForeignFormat = foreign(
  'a web page (HTML), as some programs save under the name .xls',
  'open it in a spreadsheet program, save it as .xlsx or CSV and open that',
);
const XML: ForeignFormat = foreign('an XML document');

/** The format these first bytes start (a few hundred suffice), or null where they may be a table. */
export function findForeignFormat(head: Uint8Array): ForeignFormat | null {
  const isBinary = head.some((byte) => byte < 9);
  const found = MARKS.find(
    ({ bytes, at = 0, isText = false }) =>
      (isBinary || !isText) && bytes.every((byte, i) => head[at + i] === byte),
  );
  if (found !== undefined) return found.format;
  if (isOldStata(head)) return foreign('a Stata data file', STATA);
  const start = String.fromCharCode(...head.subarray(0, 256)).replace(/^\u00ef\u00bb\u00bf/, '');
  if (/^\s*(?:<!doctype html|<html\b)/i.test(start)) return HTML;
  return /^\s*<\?xml\b/i.test(start) ? XML : null;
}

/** Releases 8 to 12: a release byte, a byte order, file type 1, a zero. */
function isOldStata(head: Uint8Array): boolean {
  const [release = 0, order = 0, type = 0, unused = 1] = head;
  return release >= 0x71 && release <= 0x73 && (order === 1 || order === 2) && type === 1 && unused === 0;
}

/** True when the bytes start a compound file: workbooks before 2007, and workbooks under a password. */
export function isCompoundFile(head: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => head[i] === byte);
}

/** What a compound file is, by the names of its streams (its directory's bytes, UTF-16). */
export function nameCompoundFile(directory: Uint8Array): ForeignFormat {
  const names = String.fromCharCode(...directory.subarray(0, 1 << 14).filter((byte) => byte !== 0));
  if (names.includes('EncryptedPackage')) {
    return foreign(
      'a workbook under a password',
      'open it in a spreadsheet program, save it without the password and open that',
    );
  }
  if (names.includes('Workbook') || names.includes('Book')) {
    return foreign(
      'an old Excel workbook (.xls)',
      'open it in a spreadsheet program, save it as .xlsx or CSV and open that',
    );
  }
  return foreign('an old Office document');
}
