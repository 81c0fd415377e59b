import type { TextLayout } from './types';

/** How the table of a source that is no text would be written as one; `what` starts the sentences, "A Parquet file". */
export function describeAsText(what: string): TextLayout {
  const none = (name: string) => `${what} has no ${name}; this is how its table is written as text.`;
  return {
    encoding: { value: 'utf-8', reason: none('text encoding of its own') },
    byteOrderMark: { value: false, reason: none('byte order mark') },
    newline: { value: '\n', reason: none('line ends') },
    delimiter: { value: ',', reason: none('delimiter') },
    header: { value: true, reason: `${what} names its columns.` },
    quoting: { value: 'needed', reason: none('quotes') },
    comment: { value: null, reason: none('comment lines') },
  };
}
