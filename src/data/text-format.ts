/** How delimited text is laid out, as the scanner needs it. */
export interface TextFormat {
  /** One character or a few, none of them a quote or a line end. */
  readonly delimiter: string;
  /** `mixed`: CR, LF and CRLF all end a row; `lf`: a CR alone is part of its cell. */
  readonly lineEnds: 'lf' | 'mixed';
  /** Around cells that hold delimiters or line ends; null = no cell is quoted. */
  readonly quote: '"' | "'" | null;
  /** What takes a quote inside a quoted cell literally: the quote doubled, or a backslash before it. */
  readonly escape: 'double' | 'backslash';
  /** What a line starts with that is no row; null = none. */
  readonly comment: string | null;
  /** True where spaces may stand between a delimiter and an opening quote. */
  readonly spaceBeforeQuote: boolean;
}

/** RFC 4180 with a delimiter of choice. */
export function plainFormat(delimiter: string): TextFormat {
  return {
    delimiter,
    lineEnds: 'lf',
    quote: '"',
    escape: 'double',
    comment: null,
    spaceBeforeQuote: false,
  };
}

/** Longest delimiter, in UTF-16 units. */
const MAX_DELIMITER = 8;

/** A delimiter is one to eight characters without quote, line end or byte order mark, and not only zeros or letters. */
export function isDelimiter(text: string): boolean {
  return text.length >= 1 && text.length <= MAX_DELIMITER && !/["\r\n\ufeff\ufffd]/.test(text);
}
