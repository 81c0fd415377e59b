import { parseJson } from './parse-json';
import { SplitError, ValueSplitter, type SplitMode, type ValueText } from './split-values';

/** The beginning of an object with a key: no line of a delimited file starts so. */
const OBJECT = /^(?:\[\s*)?\{\s*"(?:[^"\\]|\\.)*"\s*:/;

/**
 * How the values of a JSON text are to be cut out, or null where the text is no JSON: `sample` is its beginning,
 * `isWhole` whether that is all of it. A delimited file whose first cell looks like JSON is no JSON: what stands after
 * the value tells.
 */
export function sniffJson(sample: string, isWhole: boolean): SplitMode | null {
  const text = sample.trimStart();
  const first = text[0];
  if (first !== '[' && first !== '{') return null;
  const mode = first === '[' ? 'elements' : 'roots';
  const [root] = take('roots', text);
  if (root !== undefined && parses(root.text)) {
    const rest = text.slice(root.text.length);
    if (rest.trim() === '') return mode;
    if (/^\s*[[{]/.test(rest)) return 'roots';
    return OBJECT.test(text) && /^[ \t]*[\r\n]/.test(rest) ? mode : null;
  }
  if (OBJECT.test(text)) return mode;
  if (first === '{' || root !== undefined) return null;
  const [element] = take('elements', text);
  if (element === undefined) return isWhole || !/^\[\s*[[{"]/.test(text) ? null : mode;
  return /^[[{]/.test(element.text) && parses(element.text) ? mode : null;
}

/** Values that end within the text, two at most, up to the first character that has no place there. */
function take(mode: SplitMode, text: string): readonly ValueText[] {
  const splitter = new ValueSplitter(mode, Infinity);
  const values: ValueText[] = [];
  try {
    // In slices, so that the values before a stray character are not lost with it.
    for (let at = 0; at < text.length && values.length < 2; at += 64) {
      values.push(...splitter.push(text.slice(at, at + 64)));
    }
  } catch (thrown) {
    if (!(thrown instanceof SplitError)) throw thrown;
  }
  return values;
}

function parses(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}
