/**
 * The one class taken from Papa Parse. Its published types pull Node's in, which the pure folders must not see.
 */
declare module 'papaparse/papaparse.js' {
  export interface ParserResult {
    readonly data: string[][];
    /** `row` counts rows of this call, complete or not. */
    readonly errors: readonly { readonly type: string; readonly code: string; readonly row?: number }[];
    readonly meta: { readonly cursor: number };
  }
  const Papa: {
    readonly Parser: new (config: {
      readonly delimiter: string;
      readonly newline: '\n' | '\r';
      readonly quoteChar: string;
      readonly fastMode?: boolean;
      readonly preview?: number;
    }) => { parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult };
  };
  export default Papa;
}
